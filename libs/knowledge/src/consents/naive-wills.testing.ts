import type { Recorded } from '#decider';
import { personTesting, type PersonEvent, type Recipient } from '#person';
import { HOLDERS, ITEMS } from '../who-knows/history-parts.testing.js';
import { readFacts, type NaiveFacts, type Said } from '../who-knows/naive-facts.testing.js';
import { inside, isLater } from '../who-knows/naive-rules.testing.js';

/**
 * How everything said stands on one day, by a reader with time on their hands: every passing there can be is looked
 * at one by one. Somebody whom nobody named, and an item that nobody described yet, are among them.
 */
export interface NaiveWill {
  readonly id: string;
  readonly state: string;
  readonly overtakenBy: readonly string[];
}

interface Passing {
  readonly item: string;
  readonly category: string;
  readonly recipient: Recipient;
  readonly purpose: string;
  readonly giver: Recipient;
}

const { id } = personTesting;
const PARTIES: readonly Recipient[] = [
  ...HOLDERS,
  ...[1, 2, 3].map((n) => ({
    kind: 'mandate' as const,
    mandate: id('Mandate', 90),
    institution: id('Institution', n),
  })),
  { kind: 'outsider', outsider: id('Outsider', 1) },
];
const PURPOSES = ['care-coordination', 'social-follow-up', 'another'];

export function naiveWills(
  events: readonly Recorded<PersonEvent>[],
  day: string,
  knownAt: string,
): NaiveWill[] {
  const facts = readFacts(events.filter((event) => event.recordedAt <= knownAt));
  const all = passingsOf(facts);
  const rows = [
    ...[...facts.consents.values()].filter((c) => c.day <= day).map((c) => consentOn(facts, c, all, day)),
    ...facts.refusals.filter((r) => r.day <= day).map((r) => refusalOn(facts, r, all, day)),
    ...[...facts.objections.values()]
      .filter((o) => o.day <= day)
      .map((o) => ({ id: o.id, state: isLifted(o, day) ? 'lifted' : 'standing', overtakenBy: [] })),
  ];
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function passingsOf(facts: NaiveFacts): readonly Passing[] {
  const described = ITEMS.flatMap((item) => {
    const category = facts.categories.get(item)?.at(-1)?.category;
    return category === undefined ? [] : [{ item: item as string, category }];
  });
  const items = [
    ...described,
    ...['functional-impact', 'housing', 'other'].map((category) => ({ item: '', category })),
  ];
  return items.flatMap((item) =>
    PARTIES.flatMap((recipient) =>
      PURPOSES.flatMap((purpose) => PARTIES.map((giver) => ({ ...item, recipient, purpose, giver }))),
    ),
  );
}

const within = (said: Pick<Said, 'scope'>, { item, category, recipient, purpose }: Passing) =>
  inside(said.scope, item, category, recipient, purpose);
const isLifted = (o: Said, day: string) => o.liftedOn !== undefined && o.liftedOn <= day;

/** Also what those who received it under the consent may pass on. */
function agreed(consent: Said, passing: Passing): boolean {
  if (within(consent, passing)) return true;
  const onward = { scope: { ...consent.scope, recipients: consent.onward } };
  return (
    consent.onward.length > 0 &&
    within(consent, { ...passing, recipient: passing.giver }) &&
    within(onward, passing)
  );
}

function consentOn(facts: NaiveFacts, consent: Said, all: readonly Passing[], day: string): NaiveWill {
  const covered = all.filter((passing) => agreed(consent, passing));
  const lastDay = day > consent.until ? consent.until : day;
  const cut = (passing: Passing) => consent.cuts.some((c) => c.day <= lastDay && within(c, passing));
  const against = [
    ...facts.refusals.filter((r) => r.day <= day && isLater(r, consent)),
    ...[...facts.objections.values()].filter((o) => o.day <= day && isLater(o, consent) && !isLifted(o, day)),
  ].filter((said) => covered.some((passing) => within(said, passing)));
  const gone = covered.filter((passing) => cut(passing) || against.some((said) => within(said, passing)));
  return {
    id: consent.id,
    state: covered.every(cut)
      ? 'withdrawn'
      : day > consent.until
        ? 'expired'
        : day < consent.from
          ? 'not-yet'
          : left(covered, gone, 'in-force'),
    overtakenBy: against.map((said) => said.id).sort(),
  };
}

function refusalOn(facts: NaiveFacts, refusal: Said, all: readonly Passing[], day: string): NaiveWill {
  const refused = all.filter((passing) => within(refusal, passing));
  const since = [...facts.consents.values()].filter(
    (c) =>
      isLater(c, refusal) && c.from <= day && c.day <= day && refused.some((passing) => agreed(c, passing)),
  );
  const gone = refused.filter((passing) => since.some((c) => agreed(c, passing)));
  return {
    id: refusal.id,
    state: left(refused, gone, 'standing'),
    overtakenBy: since.map((c) => c.id).sort(),
  };
}

function left(all: readonly Passing[], gone: readonly Passing[], whole: string): string {
  if (gone.length === 0) return whole;
  return gone.length === all.length ? 'overtaken' : 'narrowed';
}
