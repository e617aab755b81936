import type { Instant } from '#decider';
import { epochMs } from '#time';
import type { MapEntry } from '../log/entry.js';
import { strictInstant } from '../log/parse-entry.js';
import type { Check, ProvedEvent, StreamProof } from './bundle.js';
import { failed, passed } from './stream-checks.js';

/** Clocks of nodes may differ by this much; beyond it a node says so on `/health`. */
const TOLERANCE_MS = 120_000;
/** A checkpoint is at most this old while there are new entries. */
const CHECKPOINT_MS = 60_000;

/** When the log had which size: `size` is the index of the map entry that says so. */
export type LogTime = Pick<MapEntry, 'size' | 'at'>;

/**
 * That each event was recorded when the log says it was: between the last map entry before it and the first after
 * it, and never before the event it follows. The tightest bounds that the map entries at hand allow are used.
 */
export function checkTimes({ stream, events }: StreamProof, times: readonly LogTime[]): readonly Check[] {
  let late: number | undefined;
  let last = '';
  for (const [n, { event, index }] of events.entries()) {
    const recordedAt = strictInstant(event.recordedAt);
    const [after, before] = bounds(times, index);
    if (recordedAt === undefined)
      return [failed('recorded-times', stream, `Event ${n} has no time in UTC with milliseconds.`)];
    if (after === undefined || before === undefined)
      return [failed('recorded-times', stream, `The file lacks the map entries around event ${n}.`)];
    if (epochMs(recordedAt) < epochMs(after) - TOLERANCE_MS)
      return [failed('recorded-times', stream, `Event ${n} is back-dated: it was logged after ${after}.`)];
    if (epochMs(recordedAt) > epochMs(before) + TOLERANCE_MS)
      return [failed('recorded-times', stream, `Event ${n} is dated ahead: it was logged before ${before}.`)];
    if (recordedAt < last)
      return [failed('recorded-times', stream, `Event ${n} is dated before the event it follows.`)];
    if (epochMs(before) - epochMs(recordedAt) > CHECKPOINT_MS + TOLERANCE_MS) late ??= n;
    last = recordedAt;
  }
  const sentence = 'Each event was logged when it says it was recorded.';
  return [passed('recorded-times', stream, sentence), promptness({ stream, events }, late)];
}

function promptness({ stream, events }: Pick<StreamProof, 'stream' | 'events'>, late?: number): Check {
  const name = 'logged-promptly';
  if (late === undefined) return passed(name, stream, 'Each event reached the log within minutes.');
  const { recordedAt } = (events[late] as ProvedEvent).event;
  const sentence = `Event ${late} says ${recordedAt}, and nothing shows that it was logged so early.`;
  return { name, stream, verdict: 'warned', sentence };
}

/** The latest time known before the entry and the earliest known after it. */
function bounds(times: readonly LogTime[], index: number): [after?: Instant, before?: Instant] {
  let after: Instant | undefined;
  let before: Instant | undefined;
  for (const { size, at } of times) {
    if (size < index && (after === undefined || at > after)) after = at;
    if (size > index && (before === undefined || at < before)) before = at;
  }
  return [after, before];
}
