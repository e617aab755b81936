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

/** When the log had which size: `size` is the index of the map entry that says so, `prev` of the one before it. */
export type LogTime = Pick<MapEntry, 'size' | 'at' | 'prev'>;

/**
 * That each event was recorded when the log says it was: between the map entries next to it, which name each other,
 * and never before the event it follows.
 */
export function checkTimes({ stream, events }: StreamProof, times: readonly LogTime[]): readonly Check[] {
  let late: number | undefined;
  let last = '';
  for (const [n, { event, index }] of events.entries()) {
    const recordedAt = strictInstant(event.recordedAt);
    const [after, before] = neighbours(times, index);
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

/** With no map entry between the two next to an event, nothing but these two dates what lies between them. */
function promptness({ stream, events }: Pick<StreamProof, 'stream' | 'events'>, late?: number): Check {
  const name = 'logged-promptly';
  if (late === undefined) return passed(name, stream, 'Each event reached the log within minutes.');
  const { recordedAt } = (events[late] as ProvedEvent).event;
  const sentence = `Event ${late} says ${recordedAt}, and the log counted it minutes later: it is back-dated, or the log stood still.`;
  return failed(name, stream, sentence);
}

/** When the map entries before and after the entry were made, where the later one says that none is between. */
function neighbours(times: readonly LogTime[], index: number): [after?: Instant, before?: Instant] {
  const next = times.find(({ size, prev }) => prev !== undefined && prev < index && index < size);
  return [times.find(({ size }) => size === next?.prev)?.at, next?.at];
}
