import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode, type Effective } from '#decider';
import {
  comparePlaces,
  holderKey,
  personTesting,
  type Holder,
  type Holding,
  type PersonEvent,
  type Place,
} from '#person';
import { civilDate, covers, endMs, interval, NEVER, startMs, union } from '#time';
import { tellingsOf, type Telling } from './tellings.js';
import { ItemWays } from './ways.js';

const { CCAS, described, henri, id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;
const nurse: Holder = { kind: 'mandate', mandate: NURSE, institution: SSIAD };
const worker: Holder = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS };
const third: Holder = { kind: 'mandate', mandate: id('Mandate', 3), institution: CCAS };
const ITEM = id('Item', 1);

interface Told {
  readonly on?: string;
  readonly more?: object;
}

/** Reported disclosure number n: it rests on nothing that the person says. */
function told(
  n: number,
  discloser: Holder | undefined,
  recipients: readonly Holder[],
  { on = '2026-01-10', more }: Told = {},
) {
  return {
    type: 'DisclosureReported',
    data: {
      disclosure: id('Disclosure', n),
      ...(discloser ? { discloser } : {}),
      items: [{ item: ITEM }],
      recipients,
      purpose: asCode('care-coordination'),
      basis: { provision: asCode('casf-l226-2-1'), consents: [], restsOn: 'provision' },
      reporter: NURSE,
      source: 'note',
      certainty: 'certain',
      ...more,
    },
    effectiveAt: civilDate(on),
  } as PersonEvent;
}

const corrected = (n: number, more: object): PersonEvent => ({
  type: 'DisclosureCorrected',
  data: { disclosure: id('Disclosure', n), changes: {}, reason: 'relecture', ...more },
});

const objection: PersonEvent = {
  type: 'ObjectionRaised',
  data: {
    objection: id('Objection', 1),
    by: { kind: 'person' },
    items: [],
    categories: [],
    recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
    purposes: [],
    means: 'oral',
  },
  effectiveAt: civilDate('2026-04-20'),
};
const ABSENCE_OF_OBJECTION = {
  provision: asCode('csp-l1110-4-ii-exchange'),
  consents: [],
  restsOn: 'absence-of-objection',
};

const waysIn = (...events: readonly PersonEvent[]) => ItemWays.of(henri(described(), ...events), ITEM);
const carriedIn = (...events: readonly PersonEvent[]) => {
  const ways = waysIn(...events);
  return { get: (holder: string) => carriedTo(ways, holder) };
};
const carriedTo = (ways: ItemWays, holder: string) =>
  ways.of(holder).reduce((all, way) => union(all, way.carried), NEVER);
const from = (day: string) => interval(startMs(civilDate(day)));

describe('the passings of an item', () => {
  test('are one for each recipient of each act', () => {
    const person = henri(described(), told(1, nurse, [worker, third]), told(2, worker, [third]));
    const passings = tellingsOf(person, ITEM).flatMap((one) =>
      one.recipients.map(({ to }) => [one.from, to]),
    );
    expect(passings).toEqual([
      [holderKey(nurse), holderKey(worker)],
      [holderKey(nurse), holderKey(third)],
      [holderKey(worker), holderKey(third)],
    ]);
  });

  test('leave out acts that were retracted, told twice, or turned out to be about something else', () => {
    const acts = [told(1, nurse, [worker]), told(2, nurse, [worker]), told(3, nurse, [worker])];
    const person = henri(
      described(),
      described(2),
      ...acts,
      corrected(1, { retracted: true }),
      corrected(2, { duplicateOf: id('Disclosure', 3) }),
      corrected(3, { changes: { items: [{ item: id('Item', 2) }] } }),
    );
    expect(tellingsOf(person, ITEM)).toEqual([]);
    expect(tellingsOf(person, id('Item', 2))).toHaveLength(1);
  });

  test('are those of a copy once its original is retracted, and of the first of records in a circle', () => {
    const copied = [
      told(1, nurse, [worker]),
      told(2, nurse, [worker]),
      corrected(2, { duplicateOf: id('Disclosure', 1) }),
    ];
    const actsIn = (...events: readonly PersonEvent[]) =>
      tellingsOf(henri(described(), ...copied, ...events), ITEM).map(({ act }) => act.disclosure);
    expect(actsIn()).toEqual([id('Disclosure', 1)]);
    expect(actsIn(corrected(1, { retracted: true }))).toEqual([id('Disclosure', 2)]);
    expect(actsIn(corrected(1, { duplicateOf: id('Disclosure', 2) }))).toEqual([id('Disclosure', 1)]);
  });

  test('rest on a consent to the category that the item had when it was told', () => {
    const category = asCode<'Category'>('functional-impact');
    const basis = { consents: [id('Consent', 1)], restsOn: 'consent' };
    const recipients = [{ kind: 'institution', institution: CCAS }] as const;
    const requalified: PersonEvent = {
      type: 'InformationRequalified',
      data: { item: ITEM, category: asCode('housing'), reason: 'relecture' },
      effectiveAt: civilDate('2026-02-15'),
    };
    const person = henri(
      described(),
      personTesting.granted({ items: [], categories: [category], recipients }),
      told(1, nurse, [worker], { on: '2026-02-01', more: { basis } }),
      requalified,
      told(2, nurse, [worker], { on: '2026-02-10', more: { basis } }),
      told(3, nurse, [worker], { on: '2026-02-20', more: { basis } }),
    );
    const covered = tellingsOf(person, ITEM).map((one) => one.recipients[0]!.basis.length > 0);
    expect(covered).toEqual([true, true, false]);
  });

  test('take somebody unknown for somebody else in every act', () => {
    const unknown: Holder = { kind: 'unknown' };
    const person = henri(described(), told(1, nurse, [unknown]), told(2, unknown, [worker]));
    const [one, other] = tellingsOf(person, ITEM);
    expect(one!.recipients[0]!.to).not.toBe(other!.from);
  });
});

describe('what carries knowledge', () => {
  test('is a chain of acts from an origin, each from the day on which it took effect', () => {
    const carried = carriedIn(
      told(1, nurse, [worker], { on: '2026-04-10' }),
      told(2, worker, [third], { on: '2026-04-12' }),
    );
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-12'));
  });

  test('begins with an act of which nobody knows how its discloser knew, whatever is learnt later about them', () => {
    const carried = carriedIn(
      told(1, worker, [third], { on: '2026-04-10' }),
      told(2, nurse, [worker], { on: '2026-04-12' }),
    );
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
  });

  test('begins, among acts of one day that lead in a circle, with the one that was recorded first', () => {
    const ways = waysIn(told(1, worker, [third]), told(2, third, [worker]));
    expect(
      ways.of(holderKey(worker)).map(({ source, telling }) => source ?? telling!.act.disclosure),
    ).toEqual(['unknown', id('Disclosure', 2)]);
    expect(carriedTo(ways, holderKey(third))).toEqual(from('2026-01-10'));
  });

  test('never comes from what the discloser learnt after the act', () => {
    const withdrawn: PersonEvent = { ...objection, effectiveAt: civilDate('2026-04-15') };
    const carried = carriedIn(
      told(1, nurse, [worker], { on: '2026-04-10', more: { basis: ABSENCE_OF_OBJECTION } }),
      told(2, worker, [third], { on: '2026-04-11' }),
      told(3, nurse, [worker], { on: '2026-04-12' }),
      withdrawn,
    );
    const end = startMs(civilDate('2026-04-15'));
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(third))).toEqual(interval(startMs(civilDate('2026-04-11')), end));
  });

  test('counts from the first day of what is told by month only, also for what came within it', () => {
    const month = { date: '2026-04-01', zone: 'Europe/Paris', precision: 'month' };
    const monthly = { ...told(2, worker, [third]), effectiveAt: month } as PersonEvent;
    const carried = carriedIn(told(1, nurse, [worker], { on: '2026-04-10' }), monthly);
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-01'));
  });

  test.each(['2026-04-10', '2026-04-01 month'])(
    'begins at what its discloser learnt by themselves at an hour of %s, and counts from the beginning of it',
    (named) => {
      const [date, precision = 'day'] = named.split(' ') as [string, ('day' | 'month')?];
      const effectiveAt: Effective = { date, zone: 'Europe/Paris', precision };
      const act = { ...told(1, nurse, [worker]), effectiveAt };
      const learnt = { ...described(), effectiveAt: '2026-04-10T12:00:00.000Z' as Effective } as PersonEvent;
      const ways = ItemWays.of(henri(learnt, act), ITEM);
      expect(ways.of(holderKey(nurse)).map(({ source }) => source)).toEqual(['observation']);
      expect(ways.ofBefore(holderKey(nurse), id('Disclosure', 1))).toEqual(ways.of(holderKey(nurse)));
      expect(carriedTo(ways, holderKey(nurse))).toEqual(interval(Date.parse('2026-04-10T12:00:00.000Z')));
      expect(carriedTo(ways, holderKey(worker))).toEqual(from(date));
    },
  );

  test('is a discloser of whom nobody knows how they knew, and an act without a discloser', () => {
    const carried = carriedIn(told(1, worker, [third], { on: '2026-04-10' }), told(2, undefined, [nurse]));
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-10'));
  });

  test('ends with the basis of any act on the way', () => {
    const carried = carriedIn(
      told(1, nurse, [worker], { on: '2026-04-10', more: { basis: ABSENCE_OF_OBJECTION } }),
      told(2, worker, [third], { on: '2026-04-12' }),
      objection,
    );
    const end = startMs(civilDate('2026-04-20'));
    expect(carried.get(holderKey(worker))).toEqual(interval(startMs(civilDate('2026-04-10')), end));
    expect(carried.get(holderKey(third))).toEqual(interval(startMs(civilDate('2026-04-12')), end));
  });
});

const HOLDERS = [
  nurse,
  worker,
  third,
  { kind: 'mandate', mandate: id('Mandate', 4), institution: CCAS } as Holder,
];
const hour = (n: number) =>
  `2026-01-${10 + Math.floor(n / 24)}T${String(n % 24).padStart(2, '0')}:00:00.000Z`;
const month = (n: number) => ({ date: `2026-0${1 + (n % 2)}-01`, zone: 'Europe/Paris', precision: 'month' });
const dates = fc.oneof(
  fc.nat(4).map((n) => civilDate(`2026-01-1${n}`)),
  fc.nat(119).map(hour),
  fc.nat(1).map(month),
) as fc.Arbitrary<Effective>;
const drawn = fc.array(
  fc.record({
    from: fc.option(fc.constantFrom(...HOLDERS), { freq: 9 }),
    to: fc.subarray(HOLDERS, { minLength: 1, maxLength: 2 }),
    effectiveAt: dates,
    until: fc.option(fc.nat(6), { freq: 2 }),
  }),
  { maxLength: 12 },
);

/** Acts in the order in which they were recorded; some have a basis that ends. */
const tellings = drawn.map((acts) =>
  acts.map(({ from: discloser, to, effectiveAt, until }, revision): Telling => {
    const atMs = startMs(effectiveAt);
    const basis = interval(atMs, until === null ? undefined : startMs(civilDate(`2026-01-1${until}`)));
    return {
      act: { ...(discloser ? { discloser } : {}), effectiveAt, origin: { revision } } as Telling['act'],
      atMs,
      from: discloser ? holderKey(discloser) : undefined,
      recipients: to.map((holder) => ({ to: holderKey(holder), holder, basis })),
    };
  }),
);
/** What some hold by themselves. */
const holdings = fc
  .array(fc.record({ holder: fc.constantFrom(...HOLDERS), effectiveAt: dates }), { maxLength: 4 })
  .map((all) =>
    all.map(({ holder, effectiveAt }): Holding => {
      const origin = { effectiveAt } as Holding['origin'];
      return { item: ITEM, holder, purpose: asCode('care-coordination'), source: { kind: 'person' }, origin };
    }),
  );
const shown = (ways: ItemWays) =>
  HOLDERS.map((holder) =>
    ways
      .of(holderKey(holder))
      .map(({ telling, source, place, atMs, carried }) => [
        telling?.act.origin.revision,
        source,
        place,
        atMs,
        carried,
      ]),
  );

describe('an act that is added', () => {
  test('leaves what reading all of them at once tells, and says whose ways differ', () => {
    fc.assert(
      fc.property(holdings, tellings, (held, acts) => {
        const grown = new ItemWays(held, []);
        for (const [n, telling] of acts.entries()) {
          const before = shown(grown);
          const { holders } = grown.add(telling);
          const after = shown(grown);
          expect(after).toEqual(shown(new ItemWays(held, acts.slice(0, n + 1))));
          const differ = HOLDERS.filter((_, i) => JSON.stringify(before[i]) !== JSON.stringify(after[i]));
          expect([...holders]).toEqual(expect.arrayContaining(differ.map(holderKey)));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('comes after what was recorded before it, unless its date says otherwise', () => {
    fc.assert(
      fc.property(holdings, tellings, (held, acts) => {
        const ways = new ItemWays(held, acts);
        const places = acts.map(
          ({ act, recipients }) =>
            ways.of(recipients[0]!.to).find((way) => way.telling?.act.origin === act.origin)!.place,
        );
        for (const [n, later] of acts.entries())
          for (let m = 0; m < n; m++)
            if (endMs(later.act.effectiveAt) > places[m]!.ms)
              expect(comparePlaces(places[m]!, places[n]!)).toBeLessThan(0);
            else expect(comparePlaces(places[n]!, places[m]!)).toBeLessThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

/** At one moment: whether an act still carries, asked back along what came before it. */
function carries(
  held: readonly Holding[],
  acts: readonly Telling[],
  placeOf: (telling: Telling) => Place,
  telling: Telling,
  ms: number,
): boolean {
  const { from: giver, recipients, atMs } = telling;
  if (!covers(recipients[0]!.basis, ms)) return false;
  if (giver === undefined) return true;
  const earlier = acts.filter((one) => comparePlaces(placeOf(one), placeOf(telling)) < 0);
  const brought = earlier.filter((one) => one.recipients.some(({ to }) => to === giver));
  const isTheirsBy = ({ act }: Telling) =>
    held.some(
      ({ holder, origin }) =>
        holderKey(holder) === giver && startMs(origin.effectiveAt) <= endMs(act.effectiveAt) - 1,
    );
  if (isTheirsBy(telling)) return true;
  const toldUnexplained = (one: Telling) =>
    one.from === giver &&
    !isTheirsBy(one) &&
    !brought.some((other) => comparePlaces(placeOf(other), placeOf(one)) < 0);
  const at = ms >= atMs && ms < placeOf(telling).ms ? [ms, placeOf(telling).ms] : [ms];
  const isRootBy = (moment: number) => (one: Telling) => toldUnexplained(one) && one.atMs <= moment;
  if (at.some((moment) => [...earlier, telling].some(isRootBy(moment)))) return true;
  return at.some((moment) => brought.some((one) => carries(held, acts, placeOf, one, moment)));
}

describe('what is carried over all of time', () => {
  test('is at each moment what a chain of earlier acts carries at that moment', () => {
    fc.assert(
      fc.property(holdings, tellings, (held, acts) => {
        const ways = new ItemWays(held, acts);
        const all = HOLDERS.flatMap((holder) => ways.of(holderKey(holder)));
        const placeOf = (telling: Telling) => all.find((way) => way.telling === telling)!.place;
        const moments = acts.flatMap(({ atMs, recipients }) => [atMs, ...recipients[0]!.basis.flat()]);
        for (const ms of new Set(moments))
          for (const { telling, carried } of all)
            if (telling) expect(covers(carried, ms)).toBe(carries(held, acts, placeOf, telling, ms));
      }),
      { numRuns: 300 },
    );
  });
});
