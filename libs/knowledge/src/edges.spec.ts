import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode } from '#decider';
import { holderKey, personTesting, type Holder, type PersonEvent } from '#person';
import { civilDate, covers, interval, NEVER, startMs, type Intervals } from '#time';
import { carriedBy, edgesOf, originsOf, supportOf, type Edge } from './edges.js';

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

const carriedIn = (...events: readonly PersonEvent[]) => {
  const person = henri(described(), ...events);
  return carriedBy(originsOf(person, ITEM), edgesOf(person, ITEM));
};
const from = (day: string) => interval(startMs(civilDate(day)));

describe('the passings of an item', () => {
  test('are one for each recipient of each act', () => {
    const person = henri(described(), told(1, nurse, [worker, third]), told(2, worker, [third]));
    const edges = edgesOf(person, ITEM).map((edge) => [edge.from, edge.to]);
    expect(edges).toEqual([
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
    expect(edgesOf(person, ITEM)).toEqual([]);
    expect(edgesOf(person, id('Item', 2))).toHaveLength(1);
  });

  test('take somebody unknown for somebody else in every act', () => {
    const unknown: Holder = { kind: 'unknown' };
    const person = henri(described(), told(1, nurse, [unknown]), told(2, unknown, [worker]));
    const [one, other] = edgesOf(person, ITEM);
    expect(one!.to).not.toBe(other!.from);
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

  test('is never a circle: acts of one day do not carry each other', () => {
    const carried = carriedIn(told(1, worker, [third]), told(2, third, [worker]));
    expect(carried.get(holderKey(worker))).toBeUndefined();
    expect(carried.get(holderKey(third))).toBeUndefined();
  });

  test('is a circle that somebody entered without saying how they knew', () => {
    const carried = carriedIn(
      told(1, worker, [third], { on: '2026-04-10' }),
      told(2, third, [worker], { on: '2026-04-11' }),
      told(3, nurse, [third], { on: '2026-04-12' }),
    );
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-10'));
  });

  test('is a discloser of whom nobody knows how they knew, and an act without a discloser', () => {
    const carried = carriedIn(told(1, worker, [third], { on: '2026-04-10' }), told(2, undefined, [nurse]));
    expect(carried.get(holderKey(worker))).toEqual(from('2026-04-10'));
    expect(carried.get(holderKey(third))).toEqual(from('2026-04-10'));
  });

  test('ends with the basis of any act on the way', () => {
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
    const basis = {
      provision: asCode('csp-l1110-4-ii-exchange'),
      consents: [],
      restsOn: 'absence-of-objection',
    };
    const carried = carriedIn(
      told(1, nurse, [worker], { on: '2026-04-10', more: { basis } }),
      told(2, worker, [third], { on: '2026-04-12' }),
      objection,
    );
    const end = startMs(civilDate('2026-04-20'));
    expect(carried.get(holderKey(worker))).toEqual(interval(startMs(civilDate('2026-04-10')), end));
    expect(carried.get(holderKey(third))).toEqual(interval(startMs(civilDate('2026-04-12')), end));
  });
});

const HOLDERS = ['a', 'b', 'c', 'd'];
const stretch = fc
  .tuple(fc.nat(20), fc.nat(20))
  .map(([start, length]): Intervals => interval(start, start + length));
const passings = fc
  .array(
    fc.record({
      from: fc.option(fc.constantFrom(...HOLDERS), { freq: 9 }),
      to: fc.constantFrom(...HOLDERS),
      basis: stretch,
    }),
    {
      maxLength: 10,
    },
  )
  .map((drawn) =>
    drawn.map(
      (one, i) =>
        ({
          ...one,
          act: one.from ? { discloser: third } : {},
          from: one.from ?? undefined,
          atMs: one.basis[0]?.[0] ?? i,
        }) as unknown as Edge,
    ),
  );

/** At one moment: whom an origin reaches over acts whose bases hold then. */
function reachedAt(edges: readonly Edge[], ms: number): ReadonlySet<string> {
  const unexplained = edges.filter(
    (edge) => edge.from && !edges.some((other) => other.to === edge.from && other.atMs <= edge.atMs),
  );
  const reached = new Set(unexplained.filter((edge) => edge.atMs <= ms).map((edge) => edge.from!));
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const edge of edges)
      if (covers(edge.basis, ms) && (edge.from === undefined || reached.has(edge.from))) reached.add(edge.to);
  }
  return reached;
}

describe('what is carried over all of time', () => {
  test('is at each moment what can be reached at that moment, circles included', () => {
    fc.assert(
      fc.property(passings, (edges) => {
        const carried = carriedBy([], edges);
        for (let ms = 0; ms <= 41; ms++) {
          const now = HOLDERS.filter((holder) => covers(carried.get(holder) ?? NEVER, ms));
          expect(new Set(now)).toEqual(reachedAt(edges, ms));
          for (const edge of edges) if (covers(supportOf(edge, carried), ms)) expect(now).toContain(edge.to);
        }
      }),
      { numRuns: 300 },
    );
  });
});
