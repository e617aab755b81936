import { ableToDecide, ageAt, assessedAble, byTheDayOf } from './dates.js';
import type { Cell } from './cell.js';
import type { Information, Speaker } from './facts.js';
import { inCareTeam } from './relation.js';
import { informationCovers } from './scope.js';
import { holdersOf } from './standing.js';

export interface Informed {
  /** `partly`: somebody who must be told was, and somebody was not. */
  readonly kind: 'informed' | 'partly' | 'not';
  readonly by: readonly Information[];
}

/**
 * Whether those who must be told were, before the act, about this item, recipient and purpose: an adult; for a
 * minor each known holder of parental authority, and the child when assessed able to understand; for an item kept
 * from the holders, the minor alone.
 */
export function informedAbout(cell: Cell): Informed {
  const { facts, at, item, recipient, request } = cell;
  const passing = { item, recipient, purpose: request.purpose };
  const team = inCareTeam(recipient, cell);
  const by = facts.informations.filter(
    (info) => informationCovers(info, passing, team) && byTheDayOf(info.at, at),
  );
  const told = (speaker: Speaker) => by.some((info) => sameSpeaker(info.to, speaker));
  const [all, any] = whoMustBeTold(cell);
  const heard = [...all, ...any].filter(told);
  if (heard.length === 0) return { kind: 'not', by: [] };
  const complete = all.length > 0 ? all.every(told) : any.some(told);
  return { kind: complete ? 'informed' : 'partly', by };
}

function sameSpeaker(a: Speaker, b: Speaker): boolean {
  if (a.kind === 'person' || b.kind === 'person') return a.kind === b.kind;
  return a.representative === b.representative;
}

const PERSON: Speaker = { kind: 'person' };

/** Those of whom each must be told; else those of whom one is enough. */
function whoMustBeTold({
  facts,
  at,
  item,
}: Cell): readonly [all: readonly Speaker[], any: readonly Speaker[]] {
  const holders = holdersOf(facts, at).map(({ representative }): Speaker => ({
    kind: 'representative',
    representative,
  }));
  switch (ageAt(facts.person, at)) {
    case 'minor':
      if (item.keptFromParents) return [[PERSON], []];
      if (holders.length === 0) return [[], [PERSON]];
      return [ableToDecide(facts.person, at) ? [...holders, PERSON] : holders, []];
    case 'adult':
      return assessedAble(facts.person, at) === false ? [[], [PERSON, ...holders]] : [[PERSON], []];
    case 'unknown':
      return [[], [PERSON, ...holders]];
  }
}
