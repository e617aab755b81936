import { endMs, startMs } from '#time';
import type { Effective } from '#decider';
import { placeNumber } from './deferral/placed.js';

/**
 * Where something stands in time among what happened to an item. One order for everything that follows paths: an act
 * can only pass on what came before it (see `comesBefore`).
 *
 * By date; where the dates leave it open (the same day, a month and a day in it), what was recorded first came first,
 * unless both name their hour.
 */
export interface Place {
  readonly ms: number;
  /** Tells apart what has the same `ms`: holdings, then acts in the order of the record. */
  readonly n: number;
  /** Epoch ms of the first moment after its date. */
  readonly endMs: number;
}

const HOLDING = -1;

export function isHolding({ n }: Place): boolean {
  return n === HOLDING;
}

export function comparePlaces(a: Place, b: Place): number {
  return a.ms - b.ms || a.n - b.n;
}

/**
 * Whether somebody had learnt something by the time at which they passed it on. What they hold by themselves comes
 * before every act of theirs whose date is not over when it begins, whenever it was declared: nobody tells what they do
 * not know. Circles cannot come of it, since a holding depends on nothing. All else follows the order of places.
 */
export function comesBefore(learnt: Place, act: Place): boolean {
  return isHolding(learnt) ? learnt.ms < act.endMs : comparePlaces(learnt, act) < 0;
}

export function placeOfHolding(effectiveAt: Effective): Place {
  return { ms: startMs(effectiveAt), n: HOLDING, endMs: endMs(effectiveAt) };
}

/**
 * @param moments ascending, of the acts recorded before: one that lies within this act's date pushes it behind itself
 * @param revision of the act in its stream
 */
export function placeOfAct(effectiveAt: Effective, revision: number, moments: readonly number[]): Place {
  const overMs = endMs(effectiveAt);
  const last = moments[firstFrom(moments, overMs) - 1] ?? -Infinity;
  return { ms: Math.max(startMs(effectiveAt), last), n: 2 * placeNumber(revision) + 1, endMs: overMs };
}

/** Just before an act: where its discloser is taken to know what nobody said how they learnt. */
export function placeBefore(act: Place): Place {
  return { ...act, n: act.n - 1 };
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
