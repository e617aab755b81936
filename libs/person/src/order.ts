import type { Effective } from '#decider';
import { endMs, startMs } from '#time';

/** When something took effect, and its place in the record of its stream. */
export interface Dated {
  readonly effectiveAt: Effective;
  readonly revision: number;
}

/**
 * Whether one fact comes after another: by date; where the dates leave it open (the same day, a day and an hour in
 * it), by the order of the record. Two facts that both name their hour are told apart by it.
 */
export function comesAfter(fact: Dated, than: Dated): boolean {
  if (startMs(fact.effectiveAt) >= endMs(than.effectiveAt)) return true;
  if (startMs(than.effectiveAt) >= endMs(fact.effectiveAt)) return false;
  return fact.revision > than.revision;
}

/**
 * Epoch ms from which something said bears on an act. What was said first bears on the whole of the act, what was
 * said afterwards leaves its first moment alone, whatever the hours that nobody told.
 */
export function bearsFromMs(said: Dated, act: Dated): number {
  const [saidMs, actMs] = [startMs(said.effectiveAt), startMs(act.effectiveAt)];
  return comesAfter(said, act) ? Math.max(saidMs, actMs + 1) : Math.min(saidMs, actMs);
}
