import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FOREVER_MS } from './instants.js';
import {
  ALWAYS,
  complement,
  covers,
  intersect,
  interval,
  NEVER,
  sameIntervals,
  subtract,
  union,
  type Intervals,
} from './intervals.js';

/** A naive set: the moments 0 … 19, and one far out on each side for the ends of time. */
const MOMENTS = [-FOREVER_MS, ...Array.from({ length: 20 }, (_, i) => i), FOREVER_MS - 1];
const momentsOf = (a: Intervals) => MOMENTS.filter((ms) => a.some(([from, to]) => ms >= from && ms < to));

const bound = fc.oneof(fc.integer({ min: 0, max: 19 }), fc.constantFrom(-FOREVER_MS, FOREVER_MS));
const anyIntervals = fc
  .array(fc.tuple(bound, bound), { maxLength: 5 })
  .map((pairs) => pairs.reduce<Intervals>((all, [from, to]) => union(all, interval(from, to)), NEVER));

function expectNormal(a: Intervals): void {
  a.forEach(([from, to], i) => {
    expect(from).toBeLessThan(to);
    if (i > 0) expect(a[i - 1]![1]).toBeLessThan(from);
  });
}

function agrees(
  name: string,
  operation: (a: Intervals, b: Intervals) => Intervals,
  member: (inA: boolean, inB: boolean) => boolean,
): void {
  it(`${name} holds exactly the moments that a naive set holds, and stays in order`, () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (a, b) => {
        const [inA, inB] = [new Set(momentsOf(a)), new Set(momentsOf(b))];
        const result = operation(a, b);
        expect(momentsOf(result)).toEqual(MOMENTS.filter((ms) => member(inA.has(ms), inB.has(ms))));
        expectNormal(result);
      }),
      { numRuns: 500 },
    );
  });
}

describe('intervals', () => {
  agrees('a union', union, (inA, inB) => inA || inB);
  agrees('an intersection', intersect, (inA, inB) => inA && inB);
  agrees('a difference', subtract, (inA, inB) => inA && !inB);
  agrees('a complement', complement, (inA) => !inA);

  it('have one form for one set: equal sets are the same intervals', () => {
    fc.assert(
      fc.property(anyIntervals, anyIntervals, (a, b) => {
        const equal = JSON.stringify(momentsOf(a)) === JSON.stringify(momentsOf(b));
        expect(sameIntervals(a, b)).toBe(equal);
        expect(sameIntervals(complement(complement(a)), a)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('cover a moment from their start up to, not including, their end', () => {
    const a = union(interval(2, 5), interval(7, 8));
    expect([1, 2, 4, 5, 6, 7, 8].filter((ms) => covers(a, ms))).toEqual([2, 4, 7]);
    expect(covers(interval(2), FOREVER_MS - 1)).toBe(true);
  });

  it('join where they touch, and are nothing where they end before they start', () => {
    expect(union(interval(1, 3), interval(3, 4))).toEqual([[1, 4]]);
    expect(interval(3, 3)).toEqual(NEVER);
    expect(interval(4, 3)).toEqual(NEVER);
  });

  it('leave what they were made of untouched', () => {
    const a = interval(1, 3);
    union(a, interval(2, 9));
    expect(a).toEqual([[1, 3]]);
  });

  it('know always and never', () => {
    expect(complement(NEVER)).toEqual(ALWAYS);
    expect(complement(ALWAYS)).toEqual(NEVER);
    expect(subtract(ALWAYS, interval(0, 10))).toEqual([
      [-FOREVER_MS, 0],
      [10, FOREVER_MS],
    ]);
  });
});
