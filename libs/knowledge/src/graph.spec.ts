import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fromOf, outgoingOf, rootsOf, shortestChains, type EdgeView } from './graph.js';
import { walk } from './trail/trail.query.js';

const NODES = ['a', 'b', 'c', 'd', 'e'];

function edge(n: number, item: string, from: string | null, to: string, isOrigin = false): EdgeView {
  return {
    item,
    disclosure: isOrigin ? null : `act-${n}`,
    from: isOrigin ? null : from,
    to,
    effectiveMs: n,
    purpose: null,
    basis: null,
    restsOn: null,
    frame: null,
    channel: null,
    untilMs: null,
    reported: false,
    source: isOrigin ? 'person' : null,
  };
}

/** Passings of up to two items, circles and unknown disclosers included, and a few origins. */
const graphs = (items: readonly string[]): fc.Arbitrary<readonly EdgeView[]> =>
  fc
    .array(
      fc.record({
        item: fc.constantFrom(...items),
        from: fc.option(fc.constantFrom(...NODES), { freq: 8 }),
        to: fc.constantFrom(...NODES),
        isOrigin: fc.nat(5).map((n) => n === 0),
      }),
      { maxLength: 14 },
    )
    .map((drawn) => drawn.map(({ item, from, to, isOrigin }, n) => edge(n, item, from, to, isOrigin)));

const isAct = (one: EdgeView) => one.disclosure !== null;

/** Every chain without a repeated act, found by trying all: shortest length to each holder. */
function naiveDistances(edges: readonly EdgeView[]): Map<string, number> {
  const best = new Map<string, number>();
  const go = (node: string, length: number) => {
    if ((best.get(node) ?? Infinity) <= length) return;
    best.set(node, length);
    for (const next of edges.filter((one) => isAct(one) && fromOf(one) === node)) go(next.to, length + 1);
  };
  const learnt = edges.filter((one) => !isAct(one)).map(({ to }) => to);
  const given = new Set(edges.map(({ to }) => to));
  for (const root of [
    ...learnt,
    ...edges
      .filter(isAct)
      .map(fromOf)
      .filter((node) => !given.has(node)),
  ])
    go(root, 0);
  return best;
}

describe('the shortest chain', () => {
  test('to each holder is as short as any, and leads there from an origin', () => {
    fc.assert(
      fc.property(graphs(['x']), (edges) => {
        const chains = shortestChains(edges);
        const distances = naiveDistances(edges);
        expect(new Set(chains.keys())).toEqual(new Set(distances.keys()));
        const roots = rootsOf(edges);
        for (const [holder, chain] of chains) {
          expect(chain).toHaveLength(distances.get(holder)!);
          const acts = chain.map((id) => edges.find((one) => one.disclosure === id)!);
          const stops = [...acts.map(fromOf), holder];
          expect(roots).toContain(stops[0]);
          for (const [i, act] of acts.entries()) expect(act.to).toBe(stops[i + 1]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('leads nowhere in a circle that nobody entered', () => {
    expect(shortestChains([edge(1, 'x', 'a', 'b'), edge(2, 'x', 'b', 'a')])).toEqual(new Map());
  });

  test('begins at a discloser of whom nobody knows how they knew', () => {
    const chains = shortestChains([edge(1, 'x', 'a', 'b'), edge(2, 'x', 'b', 'c')]);
    expect(chains).toEqual(
      new Map([
        ['a', []],
        ['b', ['act-1']],
        ['c', ['act-1', 'act-2']],
      ]),
    );
  });

  test('takes an unknown discloser for somebody else in every act', () => {
    const edges = [edge(1, 'x', null, 'b'), edge(2, 'x', null, 'c')];
    expect(rootsOf(edges)).toEqual(['unknown-discloser:act-1', 'unknown-discloser:act-2']);
    expect(shortestChains(edges).get('c')).toEqual(['act-2']);
  });
});

/** Everything that can be reached from these, by asking for every edge again and again. */
function naiveReach(edges: readonly EdgeView[], starts: readonly EdgeView[], backward: boolean) {
  const reached = new Set(starts);
  const follows = (one: EdgeView, after: EdgeView) =>
    after.item === one.item && (backward ? after.to === fromOf(one) : fromOf(after) === one.to);
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const one of reached) for (const after of edges) if (follows(one, after)) reached.add(after);
  }
  return reached;
}

describe('a walk', () => {
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
        const far = hops.map(({ hop }) => hop);
        expect(far).toEqual(far.toSorted((a, b) => a - b));
        expect(far.every((hop, i) => hop === 1 || far.slice(0, i).includes(hop - 1))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('forward from an item reaches every passing that a chain leads to', () => {
    fc.assert(
      fc.property(graphs(['x']), (edges) => {
        const hops = walk(edges, { item: 'x', direction: 'forward' });
        const chains = shortestChains(edges);
        const led = edges.filter((one) => !isAct(one) || chains.has(fromOf(one)));
        expect(new Set(hops.map((hop) => hop.edge))).toEqual(new Set(led));
        expect(hops).toHaveLength(led.length);
      }),
      { numRuns: 500 },
    );
  });

  test('backward from an item begins at those who passed it to nobody', () => {
    const edges = [edge(0, 'x', null, 'a', true), edge(1, 'x', 'a', 'b'), edge(2, 'x', 'a', 'c')];
    const hops = walk(edges, { item: 'x', direction: 'backward' });
    expect(hops.map(({ hop, edge: one }) => [hop, one.disclosure])).toEqual([
      [1, 'act-1'],
      [1, 'act-2'],
      [2, null],
    ]);
  });

  test('goes round a circle once', () => {
    const edges = [edge(0, 'x', null, 'a', true), edge(1, 'x', 'a', 'b'), edge(2, 'x', 'b', 'a')];
    for (const direction of ['forward', 'backward'] as const)
      expect(walk(edges, { disclosure: 'act-2', direction })).toHaveLength(
        3 - (direction === 'forward' ? 1 : 0),
      );
  });

  test('stays with the item that was passed', () => {
    const edges = [edge(1, 'x', 'a', 'b'), edge(2, 'y', 'b', 'c')];
    expect(walk(edges, { disclosure: 'act-1', direction: 'forward' })).toHaveLength(1);
  });
});

describe('passings by whoever gave them', () => {
  test('are all there, in their order', () => {
    fc.assert(
      fc.property(graphs(['x', 'y']), (edges) => {
        const outgoing = outgoingOf(edges);
        for (const [from, list] of outgoing)
          expect(list).toEqual(edges.filter((one) => fromOf(one) === from));
        expect([...outgoing.values()].flat()).toHaveLength(edges.length);
      }),
    );
  });
});
