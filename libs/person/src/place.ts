import { endMs, startMs } from '#time';
import type { Effective } from '#decider';
import { placeNumber } from './deferral/placed.js';

/**
 * Where something stands in time among what happened to an item. One order for everything that follows paths: an act
 * can only pass on what came before it.
 *
 * By date; where the dates leave it open (the same day, a month and a day in it), what was recorded first came first,
 * unless both name their hour. A holding explains its holder's acts of the same date, whenever it was declared.
 */
export interface Place {
  readonly ms: number;
  /** Tells apart what has the same `ms`: holdings, then acts in the order of the record. */
  readonly n: number;
}

export function comparePlaces(a: Place, b: Place): number {
  return a.ms - b.ms || a.n - b.n;
}

export function placeOfHolding(effectiveAt: Effective): Place {
  return { ms: startMs(effectiveAt), n: -1 };
}

/**
 * @param moments ascending, of the acts recorded before: one that lies within this act's date pushes it behind itself
 * @param revision of the act in its stream
 */
export function placeOfAct(effectiveAt: Effective, revision: number, moments: readonly number[]): Place {
  const last = moments[firstFrom(moments, endMs(effectiveAt)) - 1] ?? -Infinity;
  return { ms: Math.max(startMs(effectiveAt), last), n: 2 * placeNumber(revision) + 1 };
}

/** Just before an act: where its discloser is taken to know what nobody said how they learnt. */
export function placeBefore({ ms, n }: Place): Place {
  return { ms, n: n - 1 };
}

/** Index of the first that is not below; the length where all are. */
export function firstFrom(ascending: readonly number[], ms: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
