import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode, type Effective } from '#decider';
import { civilDate, endMs, PARIS, startMs } from '#time';
import { fencesOn, type Fences } from './fences.js';
import type { Source } from './item.events.js';
import type { PersonEvent } from './person.events.js';
import { CCAS, described, henri, id } from './testing.js';

/** Who knows which sessions bind an item, by a reader who goes back from each act to whatever may have led to it. */

const ITEM = id('Item', 1);
/** Whoever described the item is none of them. */
const HOLDERS = [2, 3, 4, 5].map((n) => ({
  kind: 'mandate' as const,
  mandate: id<'Mandate'>('Mandate', n),
  institution: CCAS,
}));
const SESSIONS = [id('Session', 1), id('Session', 2)];

interface Drawn {
  readonly n: number;
  readonly when: Effective;
  /** Nobody: it is said to be known by itself. */
  readonly from: number | undefined;
  readonly to: number;
  readonly session: string | undefined;
}

const dates = fc
  .record({ day: fc.nat(3), hour: fc.nat(9), precision: fc.constantFrom('hour', 'hour', 'day', 'month') })
  .map(({ day, hour, precision }) => {
    const date = `2026-01-1${day}`;
    if (precision === 'month') return { date: '2026-01-01', zone: PARIS, precision };
    return precision === 'day' ? civilDate(date) : `${date}T1${hour}:00:00.000Z`;
  }) as fc.Arbitrary<Effective>;
const stories: fc.Arbitrary<readonly Drawn[]> = fc
  .array(
    fc.record({
      when: dates,
      from: fc.option(fc.nat(3), { freq: 3, nil: undefined }),
      to: fc.nat(3),
      session: fc.option(fc.constantFrom(...SESSIONS), { freq: 2, nil: undefined }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) => all.map((one, n) => ({ ...one, n })));

function eventOf({ n, when, from, to, session }: Drawn): PersonEvent {
  const purpose = asCode<'Purpose'>('care-coordination');
  const holder = HOLDERS[to]!;
  const source: Source = session ? { kind: 'session', session } : { kind: 'observation' };
  if (from === undefined)
    return { type: 'HoldingDeclared', data: { item: ITEM, holder, purpose, source }, effectiveAt: when };
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure: id('Disclosure', n),
      discloser: HOLDERS[from]!,
      items: [{ item: ITEM }],
      recipients: [holder],
      purpose,
      basis: { consents: [], restsOn: 'provision' },
      frame: 'exchange',
      channel: 'phone',
      cites: [],
      ...(session ? { session } : {}),
    },
    effectiveAt: when,
  };
}

/** Acts in their order: by date; what names no hour stands behind what was recorded before it, within its date. */
function inOrder(acts: readonly Drawn[]): readonly Drawn[] {
  const stands = new Map<Drawn, number>();
  for (const act of acts) {
    const within = [...stands.values()].filter((ms) => ms < endMs(act.when));
    stands.set(act, Math.max(startMs(act.when), ...within));
  }
  return acts.toSorted((a, b) => stands.get(a)! - stands.get(b)! || a.n - b.n);
}

/** Over before the other begins. */
function isEarlierDate(one: Effective, other: Effective): boolean {
  return endMs(one) <= startMs(other);
}

function naive(story: readonly Drawn[]) {
  const acts = inOrder(story.filter(({ from }) => from !== undefined));
  const words = story.filter(({ from }) => from === undefined);
  const told = [...acts, ...words.filter(({ session }) => session !== undefined)];
  const counted = words.filter(
    (word) =>
      word.session !== undefined ||
      !told.some((one) => one.to === word.to && (one.n < word.n || isEarlierDate(one.when, word.when))),
  );
  const through = (act: Drawn): Fences => {
    if (act.session !== undefined) return { sessions: [act.session], free: false };
    const heard = acts.slice(0, acts.indexOf(act)).filter(({ to }) => to === act.from);
    const own = counted.filter(({ to, when }) => to === act.from && !isEarlierDate(act.when, when));
    return all([...heard.map(through), ...own.map(word)]) ?? { sessions: [], free: true };
  };
  const of = (holder: number) =>
    all([
      ...acts.filter(({ to }) => to === holder).map(through),
      ...counted.filter(({ to }) => to === holder).map(word),
    ]);
  return { acts, through, of };
}

function word({ session }: Drawn): Fences {
  return session === undefined ? { sessions: [], free: true } : { sessions: [session], free: false };
}

function all(fences: readonly Fences[]): Fences | undefined {
  if (fences.length === 0) return undefined;
  return {
    sessions: [...new Set(fences.flatMap(({ sessions }) => sessions))].sort(),
    free: fences.some(({ free }) => free),
  };
}

const told = (fences: Fences | undefined) => fences && all([fences]);

describe('the fences of a random history', () => {
  test('are those that going back from each act finds, by days, months and hours', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const fences = fencesOn(henri(described(), ...story.map(eventOf)), ITEM);
        // Where nothing is fenced nobody asks by which way it went.
        fc.pre(fences.bind);
        const { acts, through, of } = naive(story);
        for (const act of acts)
          expect(told(fences.through(id('Disclosure', act.n)))).toEqual(told(through(act)));
        for (const [n, holder] of HOLDERS.entries()) expect(told(fences.of(holder))).toEqual(told(of(n)));
      }),
      { numRuns: 500 },
    );
  });
});
