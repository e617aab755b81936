import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode, recorded, type Recorded } from '#decider';
import { civilDate, covers, endMs, FOREVER_MS, startMs } from '#time';
import {
  basisInForce,
  consentInForce,
  majorityOf,
  objectionsInForce,
  oppositionInForce,
  refusalsInForce,
} from './in-force.js';
import type { PersonEvent } from './person.events.js';
import { personFold } from './person.js';
import type { Act, ActivePerson } from './person.state.js';
import type { Passing, Recipient, Scope } from './recipient.js';
import {
  aConsent,
  CCAS,
  granted,
  henri,
  id,
  objected,
  representedBy,
  SOCIAL_WORKER,
  SSIAD,
} from './testing.js';
import type { ConsentData, Speaker } from './will.events.js';

const HOUR_MS = 3_600_000;
const ITEMS = [id('Item', 1), id('Item', 2)];
const IMPACT = asCode<'Category'>('functional-impact');
const [CARE, FOLLOW_UP] = [asCode<'Purpose'>('care-coordination'), asCode<'Purpose'>('social-follow-up')];
const noel: Recipient = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS };
const nurse: Recipient = { kind: 'mandate', mandate: id('Mandate', 1), institution: SSIAD };
const SCOPES: Scope['recipients'] = [
  noel,
  nurse,
  { kind: 'institution', institution: CCAS },
] as Scope['recipients'];
const himself: Speaker = { kind: 'person' };
const mother: Speaker = { kind: 'representative', representative: id('Representative', 1) };
const guardian: Speaker = { kind: 'representative', representative: id('Representative', 2) };

/** Born so that majority falls on 15 January 2026. */
const BORN: readonly PersonEvent[] = [
  {
    type: 'PersonRegistered',
    data: {
      person: id('Person', 1),
      familyName: 'A.',
      givenName: 'Noa',
      birthDate: '2008-01-15',
      distinctFrom: [],
    },
  },
  representedBy(1, { kind: 'parental-authority', validFrom: civilDate('2008-01-15') }),
  representedBy(2, { kind: 'representation' }),
];

interface Said {
  readonly kind: 'refusal' | 'objection' | 'withdrawal';
  readonly by: Speaker;
  readonly day: number;
  readonly liftedDay: number | undefined;
  readonly scope: Scope;
}
interface Story {
  readonly consent: ConsentData;
  readonly grantedDay: number;
  readonly before: readonly Said[];
  readonly after: readonly Said[];
  readonly passing: Passing;
}

const january = (day: number) => civilDate(`2026-01-${String(day).padStart(2, '0')}`);
/** Winter: Paris is one hour ahead of UTC. */
const midnightMs = (day: number) => Date.UTC(2026, 0, day) - HOUR_MS;

/** Few days, so that words of one day meet; majority lies among them. */
const days = fc.integer({ min: 12, max: 17 });
const EVERYTHING: Scope = { items: [], categories: [], recipients: [], purposes: [] };
const speakers = fc.constantFrom(himself, mother, guardian);
const scopes = (minLength: number) =>
  fc.record({
    items: fc.subarray(ITEMS, { minLength }),
    categories: fc.subarray([IMPACT]),
    recipients: fc.subarray([...SCOPES], { minLength }),
    purposes: fc.subarray([CARE, FOLLOW_UP], { minLength }),
  });
const words = fc.array(
  fc.record<Said>({
    kind: fc.constantFrom('refusal', 'objection', 'withdrawal'),
    by: speakers,
    day: days,
    liftedDay: fc.option(days, { nil: undefined }),
    scope: fc.oneof(fc.constant(EVERYTHING), scopes(0)),
  }),
  { maxLength: 3 },
);
const stories = fc.record<Story>({
  consent: fc
    .tuple(scopes(1), speakers, fc.integer({ min: 1, max: 14 }), fc.integer({ min: 13, max: 31 }))
    .map(([scope, by, from, until]) =>
      aConsent({ ...scope, by, validFrom: january(from), validUntil: january(until) }),
    ),
  grantedDay: days,
  before: words,
  after: words,
  passing: fc.record({
    item: fc.constantFrom(...ITEMS),
    category: fc.constantFrom(IMPACT, undefined),
    recipient: fc.constantFrom<Recipient>(noel, nurse, { kind: 'unknown' }),
    purpose: fc.constantFrom(CARE, FOLLOW_UP, undefined),
  }),
});

function eventsOf(said: Said, n: number): PersonEvent[] {
  const word = { ...said.scope, by: said.by, means: 'oral' } as const;
  const effectiveAt = january(said.day);
  switch (said.kind) {
    case 'refusal':
      return [{ type: 'ConsentRefused', data: { ...word, refusal: id('Consent', 10 + n) }, effectiveAt }];
    case 'withdrawal': {
      const { by, means, ...excluded } = word;
      const data = { consent: id('Consent', 1), by, means, excluded };
      return [{ type: 'ConsentWithdrawn', data, effectiveAt }];
    }
    case 'objection': {
      const objection = id('Objection', n);
      const raised: PersonEvent = { type: 'ObjectionRaised', data: { ...word, objection }, effectiveAt };
      if (said.liftedDay === undefined) return [raised];
      const data = { objection, by: said.by, means: 'oral' } as const;
      return [raised, { type: 'ObjectionLifted', data, effectiveAt: january(said.liftedDay) }];
    }
  }
}

function lived({ consent, grantedDay, before, after }: Story): ActivePerson {
  const history = [
    ...BORN,
    ...before.flatMap((said, i) => eventsOf(said, i)),
    { type: 'ConsentGranted', data: consent, effectiveAt: january(grantedDay) } as PersonEvent,
    ...after.flatMap((said, i) => eventsOf(said, 100 + i)),
  ];
  const person = history
    .map((event, i) => recorded(event, i) as Recorded<PersonEvent>)
    .reduce((state, event) => personFold.evolve(state, event), personFold.initial);
  if (person.status !== 'active') throw new Error('The person is not there.');
  return person;
}

/** The rules read one by one, for one instant, from the story itself. */
function holdsAt(story: Story, ms: number): boolean {
  const { consent, grantedDay, passing } = story;
  const from = Number((consent.validFrom as { date: string }).date.slice(8));
  const until = Number((consent.validUntil as { date: string }).date.slice(8));
  const named = isNamed(consent, passing);
  const running = midnightMs(from) <= ms && midnightMs(grantedDay) <= ms && ms < midnightMs(until + 1);
  const ofAge = consent.by === mother && ms >= midnightMs(15);
  const against = [
    ...story.before.map((said) => ({ said, recordedLater: false })),
    ...story.after.map((said) => ({ said, recordedLater: true })),
  ];
  return named && running && !ofAge && !against.some((word) => endsIt(story, word, ms));
}

function endsIt(
  { consent, grantedDay, passing }: Story,
  { said, recordedLater }: { said: Said; recordedLater: boolean },
  ms: number,
): boolean {
  if (!isNamed(said.scope, passing) || ms < midnightMs(said.day)) return false;
  // A withdrawal of a consent that is not on record yet withdraws nothing.
  if (said.kind === 'withdrawal') return recordedLater;
  if (said.by !== himself && said.by !== consent.by) return false;
  if (said.day < grantedDay || (said.day === grantedDay && !recordedLater)) return false;
  if (said.kind === 'refusal' || said.liftedDay === undefined) return true;
  return ms < midnightMs(said.liftedDay);
}

function isNamed({ items, categories, recipients, purposes }: Scope, passing: Passing): boolean {
  const what =
    items.length + categories.length === 0 ||
    items.some((item) => item === passing.item) ||
    categories.some((category) => category === passing.category);
  const { recipient } = passing;
  const whom =
    recipients.length === 0 ||
    (recipient.kind === 'mandate' &&
      recipients.some((scope) =>
        scope.kind === 'institution'
          ? scope.institution === recipient.institution
          : scope.kind === 'mandate' && scope.mandate === recipient.mandate,
      ));
  const why = purposes.length === 0 || purposes.some((purpose) => purpose === passing.purpose);
  return what && whom && why;
}

/** Six hours apart, and the moments just before and at each midnight. */
const INSTANTS = Array.from({ length: 36 }, (_, day) => midnightMs(day - 1)).flatMap((ms) => [
  ms - 1,
  ms,
  ms + 6 * HOUR_MS,
  ms + 12 * HOUR_MS,
]);

describe('a consent in force', () => {
  test('is, at each instant, what the rules say when they are read one by one', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const person = lived(story);
        const consent = person.consents.get(id('Consent', 1))!;
        const inForce = consentInForce(person, consent, story.passing);
        for (const ms of INSTANTS) expect([ms, covers(inForce, ms)]).toEqual([ms, holdsAt(story, ms)]);
      }),
      { numRuns: 400 },
    );
  });

  test('ends when somebody comes of age, if a holder of parental authority agreed', () => {
    const story = (by: Speaker): Story => ({
      consent: aConsent({ by, validFrom: january(1), validUntil: january(31) }),
      grantedDay: 1,
      before: [],
      after: [],
      passing: passingTo(noel),
    });
    const lastDay = (by: Speaker) => {
      const person = lived(story(by));
      return consentInForce(person, person.consents.get(id('Consent', 1))!, passingTo(noel)).at(-1)![1];
    };
    expect([mother, guardian, himself].map(lastDay)).toEqual([
      midnightMs(15),
      midnightMs(32),
      midnightMs(32),
    ]);
  });
});

function passingTo(recipient: Recipient): Passing {
  return { item: id('Item', 1), category: IMPACT, recipient, purpose: CARE };
}

describe('what a disclosure rests on', () => {
  const act: Act = {
    disclosure: id('Disclosure', 1),
    reported: false,
    items: [{ item: id('Item', 1) }],
    recipients: [noel],
    onward: [],
    effectiveAt: civilDate('2026-01-10'),
    contests: [],
    effects: [],
    retracted: false,
    origin: recorded({ type: 'DisclosureRecorded', data: {} }, 0) as never,
  };
  const person = henri(granted(), objected());
  const atMs = startMs(civilDate('2026-01-10'));
  const objectionMs = startMs(civilDate('2026-02-20'));

  test.each([
    ['a provision: for ever', { consents: [], restsOn: 'provision' as const }, Infinity],
    [
      'that nobody objects: until somebody does',
      { consents: [], restsOn: 'absence-of-objection' as const },
      objectionMs,
    ],
    [
      'a consent: as long as it is in force',
      { consents: [id('Consent', 1)], restsOn: 'consent' as const },
      objectionMs,
    ],
    ['a consent that nobody gave: never', { consents: [], restsOn: 'consent' as const }, -Infinity],
  ])('%s', (_, basis, until) => {
    const held = basisInForce(person, { ...act, basis }, passingTo(noel));
    expect(covers(held, atMs)).toBe(until > atMs);
    expect(covers(held, objectionMs)).toBe(until > objectionMs);
    expect(covers(held, atMs - 1)).toBe(false);
  });

  test('is the act itself where nobody knows a basis', () => {
    expect(covers(basisInForce(person, act, passingTo(noel)), objectionMs)).toBe(true);
  });
});

const refused = (by: Speaker = himself): PersonEvent => ({
  type: 'ConsentRefused',
  data: { ...EVERYTHING, refusal: id('Consent', 2), by, means: 'oral' },
  effectiveAt: january(5),
});

describe('refusals and objections in force', () => {
  test('a refusal stands until a later consent over the same', () => {
    const standing = refusalsInForce(henri(refused(), granted()), passingTo(noel));
    expect(standing).toEqual([[startMs(civilDate('2026-01-05')), startMs(civilDate('2026-01-09'))]]);
    expect(refusalsInForce(henri(refused(), granted()), passingTo(nurse))).toHaveLength(1);
    expect(covers(refusalsInForce(henri(refused(), granted()), passingTo(nurse)), startMs(january(20)))).toBe(
      true,
    );
  });

  test('a refusal stands until the consent that was said later begins, and is its own for good', () => {
    const later = granted({ validFrom: january(20), validUntil: january(25) });
    expect(refusalsInForce(henri(refused(), later), passingTo(noel))).toEqual([
      [startMs(january(5)), startMs(january(20))],
    ]);
  });

  test('a refusal of the person is not ended by what a representative agrees to', () => {
    const theirs = granted({ by: guardian });
    expect(covers(refusalsInForce(henri(refused(), theirs), passingTo(noel)), startMs(january(20)))).toBe(
      true,
    );
    expect(
      covers(refusalsInForce(henri(refused(guardian), theirs), passingTo(noel)), startMs(january(20))),
    ).toBe(false);
  });

  test('opposition is an objection or a refusal', () => {
    const opposed = oppositionInForce(henri(refused(), granted(), objected()), passingTo(noel));
    expect(opposed).toEqual([
      [startMs(january(5)), startMs(january(9))],
      [startMs(civilDate('2026-02-20')), FOREVER_MS],
    ]);
  });

  test('an objection stands until it is lifted', () => {
    const lifted: PersonEvent = {
      type: 'ObjectionLifted',
      data: { objection: id('Objection', 1), by: himself, means: 'oral' },
      effectiveAt: civilDate('2026-02-25'),
    };
    expect(objectionsInForce(henri(objected(), lifted), passingTo(noel))).toEqual([
      [startMs(civilDate('2026-02-20')), startMs(civilDate('2026-02-25'))],
    ]);
    expect(objectionsInForce(henri(objected()), passingTo(nurse))).toEqual([]);
  });
});

test('majority is the eighteenth birthday, unknown with the birth date', () => {
  expect(majorityOf('2008-01-15')).toEqual(civilDate('2026-01-15'));
  expect(endMs(majorityOf('2008-02-29')!)).toBe(endMs(civilDate('2026-02-28')));
  expect(majorityOf(undefined)).toBeUndefined();
});
