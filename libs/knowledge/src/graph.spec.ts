import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { disclosuresOf, shortestChains, type EdgeView } from './graph.js';
import { walk, type TrailStart } from './trail/walk.js';

const NODES = ['a', 'b', 'c', 'd', 'e'];

/** Act `n` of the record on day `day`, or within the `days` from it on; an origin where it is said to be one. */
function edge(
  n: number,
  item: string,
  from: string | null,
  to: string,
  { day = n, days = 1, isOrigin = false } = {},
): EdgeView {
  return {
    item,
    disclosure: isOrigin ? null : `act-${n}`,
    from: isOrigin ? null : from,
    to,
    place: { ms: day, n: isOrigin ? -1 : n, endMs: day + days },
    row: n,
  };
}
const origin = (n: number, item: string, to: string) => edge(n, item, null, to, { isOrigin: true });

/** Passings of up to two items, circles and unknown disclosers included, and a few origins. */
const graphs = (items: readonly string[]): fc.Arbitrary<readonly EdgeView[]> =>
  fc
    .array(
      fc.record({
        item: fc.constantFrom(...items),
        from: fc.option(fc.constantFrom(...NODES), { freq: 8 }),
        to: fc.constantFrom(...NODES),
        day: fc.nat(6),
        days: fc.constantFrom(1, 1, 2, 5),
        isOrigin: fc.nat(3).map((n) => n === 0),
      }),
      { maxLength: 14 },
    )
    .map((drawn) => drawn.map(({ item, from, to, ...when }, n) => edge(n, item, from, to, when)));

const isAct = (one: EdgeView) => one.disclosure !== null;

/** The rule of time, read from the days: a later day, or on the same day later in the record; an origin by the last day. */
function isAfter(one: EdgeView, other: EdgeView): boolean {
  if (!isAct(other)) return other.place.ms <= one.place.endMs - 1;
  if (one.place.ms !== other.place.ms) return one.place.ms > other.place.ms;
  return Number(one.disclosure!.slice(4)) > Number(other.disclosure!.slice(4));
}

const follows = (next: EdgeView, one: EdgeView) =>
  isAct(next) && next.item === one.item && next.from === one.to && isAfter(next, one);

/** Every path of acts that never goes back in time, found by trying all; those that begin where nothing came before. */
function naivePaths(edges: readonly EdgeView[]): readonly (readonly EdgeView[])[] {
  const longer = (path: readonly EdgeView[]): (readonly EdgeView[])[] => [
    path,
    ...edges.filter((next) => follows(next, path.at(-1)!)).flatMap((next) => longer([...path, next])),
  ];
  return edges
    .filter((one) => !edges.some((before) => follows(one, before)))
    .flatMap((first) => longer([first]));
}

describe('the shortest chain', () => {
  test('that ends with a passing is as short as any, and never goes back in time', () => {
    fc.assert(
      fc.property(graphs(['x']), (edges) => {
        const paths = naivePaths(edges).map((path) => ({
          end: path.at(-1)!,
          acts: path.filter(isAct).map((one) => one.disclosure!),
        }));
        const chains = shortestChains(edges);
        expect(new Set(chains.keys())).toEqual(new Set(edges));
        for (const [end, chain] of chains) {
          const there = paths.filter((path) => path.end === end).map(({ acts }) => acts);
          expect(there).toContainEqual(disclosuresOf(chain));
          expect(chain).toHaveLength(Math.min(...there.map((acts) => acts.length)));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('leaves out what its discloser learnt afterwards', () => {
    const edges = [origin(0, 'x', 'a'), edge(2, 'x', 'b', 'c'), edge(3, 'x', 'a', 'b')];
    expect(disclosuresOf(shortestChains(edges).get(edges[1]!)!)).toEqual(['act-2']);
  });

  test('begins at what its discloser learnt by themselves within the date of the act', () => {
    const edges = [
      edge(1, 'x', 'a', 'b'),
      edge(2, 'x', 'b', 'c', { day: 2, days: 7 }),
      edge(3, 'x', 'b', 'd', { day: 3 }),
      origin(5, 'x', 'b'),
    ];
    const chains = shortestChains(edges);
    expect(edges.map((one) => disclosuresOf(chains.get(one)!))).toEqual([
      ['act-1'],
      ['act-2'],
      ['act-1', 'act-3'],
      [],
    ]);
  });

  test('takes acts of one day in the order of the record', () => {
    const oneDay = { day: 1 };
    const edges = [
      edge(2, 'x', 'b', 'c', oneDay),
      edge(3, 'x', 'c', 'd', oneDay),
      edge(1, 'x', 'd', 'b', oneDay),
    ];
    expect(edges.map((one) => disclosuresOf(shortestChains(edges).get(one)!))).toEqual([
      ['act-1', 'act-2'],
      ['act-1', 'act-2', 'act-3'],
      ['act-1'],
    ]);
  });

  test('takes an unknown discloser for somebody else in every act', () => {
    const edges = [edge(1, 'x', null, 'b'), edge(2, 'x', null, 'c')];
    expect(edges.map((one) => shortestChains(edges).get(one)!.length)).toEqual([1, 1]);
  });
});

/** Everything that can be reached from these, by asking for every edge again and again. */
function naiveReach(edges: readonly EdgeView[], starts: readonly EdgeView[], backward: boolean) {
  const reached = new Set(starts);
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const one of edges)
      if ([...reached].some((other) => (backward ? follows(other, one) : follows(one, other))))
        reached.add(one);
  }
  return reached;
}

describe('a trail', () => {
  const startedAt = fc.record({ edges: graphs(['x', 'y']), n: fc.nat(13), backward: fc.boolean() });

  test('from a disclosure reaches what a naive walk reaches, each passing once, nearest first', () => {
    fc.assert(
      fc.property(startedAt, ({ edges, n, backward }) => {
        const disclosure = `act-${n}`;
        const direction = backward ? 'backward' : 'forward';
        const hops = walk(edges, { disclosure, direction });
        const starts = edges.filter((one) => one.disclosure === disclosure);
        expect(new Set(hops.map((hop) => hop.edge))).toEqual(naiveReach(edges, starts, backward));
        expect(hops).toHaveLength(new Set(hops.map((hop) => hop.edge)).size);
        for (const { hop, edge: one } of hops.filter(({ hop: n_ }) => n_ > 1)) {
          const nearer = hops.filter(({ edge: two }) => (backward ? follows(two, one) : follows(one, two)));
          expect(Math.min(...nearer.map((other) => other.hop))).toBe(hop - 1);
        }
        const far = hops.map(({ hop }) => hop);
        expect(far).toEqual(far.toSorted((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });

  test('from an item reaches every passing of it, forward and backward', () => {
    fc.assert(
      fc.property(graphs(['x']), fc.constantFrom('forward', 'backward'), (edges, direction) => {
        const hops = walk(edges, { item: 'x', direction });
        expect(new Set(hops.map((hop) => hop.edge))).toEqual(new Set(edges));
        expect(hops).toHaveLength(edges.length);
        for (const { edge: one } of hops.filter(({ hop }) => hop === 1))
          expect(edges.some((two) => (direction === 'forward' ? follows(one, two) : follows(two, one)))).toBe(
            false,
          );
      }),
      { numRuns: 500 },
    );
  });

  test('passes from what a holder learnt by themselves to all they told on that date, and back', () => {
    const edges = [edge(1, 'x', 'a', 'b', { day: 1, days: 3 }), edge(2, 'x', 'a', 'c'), origin(3, 'x', 'a')];
    const hops = (start: TrailStart) => walk(edges, start).map(({ hop, edge: one }) => [hop, one.disclosure]);
    expect(hops({ disclosure: 'act-1', direction: 'backward' })).toEqual([
      [1, 'act-1'],
      [2, null],
    ]);
    expect(hops({ disclosure: 'act-2', direction: 'backward' })).toEqual([[1, 'act-2']]);
    expect(hops({ item: 'x', direction: 'forward' })).toEqual([
      [1, 'act-2'],
      [1, null],
      [2, 'act-1'],
    ]);
    expect(hops({ item: 'x', direction: 'backward' })).toEqual([
      [1, 'act-1'],
      [1, 'act-2'],
      [2, null],
    ]);
  });

  test('does not list what came after as a source, nor what came before as a consequence', () => {
    const [told, learntLater] = [edge(1, 'x', 'b', 'c'), edge(2, 'x', 'a', 'b')];
    const acts = (disclosure: string, direction: 'forward' | 'backward') =>
      walk([told, learntLater], { disclosure, direction }).map((hop) => hop.edge.disclosure);
    expect(acts('act-1', 'backward')).toEqual(['act-1']);
    expect(acts('act-2', 'forward')).toEqual(['act-2']);
  });

  test('backward from an item begins at those who passed it to nobody afterwards', () => {
    const edges = [origin(0, 'x', 'a'), edge(1, 'x', 'a', 'b'), edge(2, 'x', 'a', 'c')];
    const hops = walk(edges, { item: 'x', direction: 'backward' });
    expect(hops.map(({ hop, edge: one }) => [hop, one.disclosure])).toEqual([
      [1, 'act-1'],
      [1, 'act-2'],
      [2, null],
    ]);
  });

  test('comes back to a holder that it passed, and goes on from what they learnt last', () => {
    const edges = [
      origin(0, 'x', 'a'),
      edge(1, 'x', 'a', 'b'),
      edge(2, 'x', 'b', 'a'),
      edge(3, 'x', 'a', 'c'),
    ];
    const hops = walk(edges, { disclosure: 'act-2', direction: 'forward' });
    expect(hops.map((hop) => hop.edge.disclosure)).toEqual(['act-2', 'act-3']);
  });

  test('stays with the item that was passed', () => {
    const edges = [edge(1, 'x', 'a', 'b'), edge(2, 'y', 'b', 'c')];
    expect(walk(edges, { disclosure: 'act-1', direction: 'forward' })).toHaveLength(1);
  });
});
