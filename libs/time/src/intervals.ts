import { FOREVER_MS } from './instants.js';

/** Half-open `[from, to)` in epoch ms. */
export type Interval = readonly [from: number, to: number];
/** Sorted, disjoint, never touching, never empty. */
export type Intervals = readonly Interval[];

export const NEVER: Intervals = [];
export const ALWAYS: Intervals = [[-FOREVER_MS, FOREVER_MS]];

export function interval(from: number, to: number = FOREVER_MS): Intervals {
  return from < to ? [[from, to]] : NEVER;
}

export function union(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const sorted = [...a, ...b].sort((x, y) => x[0] - y[0]);
  const result: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  const result: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [x, y] = [a[i]!, b[j]!];
    const [from, to] = [Math.max(x[0], y[0]), Math.min(x[1], y[1])];
    if (from < to) result.push([from, to]);
    if (x[1] < y[1]) i++;
    else j++;
  }
  return result;
}

export function complement(a: Intervals): Intervals {
  const result: Interval[] = [];
  let from = -FOREVER_MS;
  for (const [start, end] of a) {
    if (from < start) result.push([from, start]);
    from = end;
  }
  if (from < FOREVER_MS) result.push([from, FOREVER_MS]);
  return result;
}

export function subtract(a: Intervals, b: Intervals): Intervals {
  return b.length === 0 ? a : intersect(a, complement(b));
}

export function covers(a: Intervals, ms: number): boolean {
  return a.some(([from, to]) => from <= ms && ms < to);
}

export function sameIntervals(a: Intervals, b: Intervals): boolean {
  return a.length === b.length && a.every(([from, to], i) => from === b[i]![0] && to === b[i]![1]);
}
