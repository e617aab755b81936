import type { Effective } from '#decider';
import type { Act } from './cell.js';
import type { ItemFacts, PartyFacts, PersonFacts, Representative } from './facts.js';
import { isInOfficeFor } from './standing.js';

/**
 * Telling the person, or a verified representative within their scope, is information and no disclosure: nothing
 * is asked of it. What is kept from the representative or deferred stays outside; so do trusted persons, who are
 * recipients, and assistance in personal matters, which the adult must agree to (CSP L1111-2).
 */
export function isTellingThePerson(
  item: ItemFacts,
  { party, representative }: PartyFacts,
  act: Act,
): boolean {
  if (item.deferred) return false;
  if (party.kind === 'person') return true;
  const { person, representatives } = act.facts;
  return (
    representative !== undefined &&
    representatives.some(
      (r) => r.representative === representative && isToldLikeThePerson(r, item, person, act.at),
    )
  );
}

/** Whether somebody who speaks for the person may be told this as they may themselves, at that moment. */
export function isToldLikeThePerson(
  representative: Representative,
  item: Topic,
  person: PersonFacts,
  at: Effective,
): boolean {
  return isInOfficeFor(representative, person, at) && isInScope(representative, item);
}

/** What somebody is told about; without a category: no item in particular. */
export type Topic = Pick<ItemFacts, 'category' | 'keptFromParents'>;

function isInScope({ kind, domain }: Representative, item: Topic): boolean {
  const money = item.category === 'resources-debt';
  switch (kind) {
    case 'parental-authority':
      return item.keptFromParents !== true;
    case 'representation':
      return (domain !== 'property' && item.keptFromParents !== true) || money;
    case 'assistance':
      return domain !== 'personal' && money;
    case 'trusted-person':
      return false;
  }
}
