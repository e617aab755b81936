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

/** Two map entries that name each other, and when they were made: what lies between them, was logged between. */
interface Span {
  readonly after: Instant;
  readonly before: Instant;
  readonly afterMs: number;
  readonly beforeMs: number;
}

/**
 * That each event was recorded when the log says it was: between the map entries next to it, which name each other,
 * and never before the event it follows. `vouched`: no replaying witness of the policy refused the times of the map.
 */
export function checkTimes(
  { stream, events }: StreamProof,
  times: LogTimes,
  vouched: boolean,
): readonly Check[] {
  const gaps = new Map<Span, number[]>();
  let last = '';
  for (const [n, { event, index }] of events.entries()) {
    const recordedAt = strictInstant(event.recordedAt);
    const span = times.around(index);
    if (recordedAt === undefined)
      return [failed('recorded-times', stream, `Event ${n} has no time in UTC with milliseconds.`)];
    if (span === undefined)
      return [failed('recorded-times', stream, `The file lacks the map entries around event ${n}.`)];
    const recordedMs = epochMs(recordedAt);
    const problem = outside(n, recordedMs, span);
    if (problem !== undefined) return [failed('recorded-times', stream, problem)];
    if (recordedAt < last)
      return [failed('recorded-times', stream, `Event ${n} is dated before the event it follows.`)];
    if (span.beforeMs - recordedMs > CHECKPOINT_MS + TOLERANCE_MS)
      gaps.set(span, [...(gaps.get(span) ?? []), n]);
    last = recordedAt;
  }
  const sentence = 'Each event was logged when it says it was recorded.';
  return [passed('recorded-times', stream, sentence), ...promptness({ stream, events }, gaps, vouched)];
}

function outside(
  n: number,
  recordedMs: number,
  { after, before, afterMs, beforeMs }: Span,
): string | undefined {
  if (recordedMs < afterMs - TOLERANCE_MS) return `Event ${n} is back-dated: it was logged after ${after}.`;
  if (recordedMs > beforeMs + TOLERANCE_MS)
    return `Event ${n} is dated ahead: it was logged before ${before}.`;
  return undefined;
}

/**
 * One check for each gap: with no map entry between the two next to an event, nothing but these two dates what lies
 * between them. A log that stood still leaves such a gap, so it is told, not accused; but where a witness that replays
 * was to vouch for the times of the map and did not, nobody says that the gap was one.
 */
function promptness(
  { stream, events }: Pick<StreamProof, 'stream' | 'events'>,
  gaps: ReadonlyMap<Span, readonly number[]>,
  vouched: boolean,
): readonly Check[] {
  const name = 'logged-promptly';
  if (gaps.size === 0) return [passed(name, stream, 'Each event reached the log within minutes.')];
  return [...gaps].map(([{ after, before }, [first, ...more]]) => {
    const { recordedAt } = (events[first!] as ProvedEvent).event;
    const others = more.length === 0 ? '' : ` So with ${more.length} more.`;
    const sentence = `Event ${first!} says ${recordedAt}, and the log counted nothing from ${after} to ${before}: it stood still, or the event is back-dated.${others}`;
    return { name, stream, verdict: vouched ? 'warned' : 'failed', sentence };
  });
}

/** The map entries of a file that are in the log, by their place. */
export class LogTimes {
  private readonly bySize: ReadonlyMap<number, LogTime>;
  private readonly sizes: readonly number[];
  private readonly spans = new Map<number, Span>();

  /** Of two at the same place the later one counts. */
  constructor(times: readonly LogTime[]) {
    this.bySize = new Map(times.map((time) => [time.size, time]));
    this.sizes = [...this.bySize.keys()].sort((a, b) => a - b);
  }

  /** The map entries next to that place: the closest one behind it, and the one which that names, if it is shown. */
  around(index: number): Span | undefined {
    const next = this.bySize.get(this.sizes[this.firstAbove(index)] ?? -1);
    if (next?.prev === undefined) return undefined;
    const known = this.spans.get(next.size);
    const after = this.bySize.get(next.prev)?.at;
    if (known || after === undefined) return known;
    const span = { after, before: next.at, afterMs: epochMs(after), beforeMs: epochMs(next.at) };
    this.spans.set(next.size, span);
    return span;
  }

  private firstAbove(index: number): number {
    let [low, high] = [0, this.sizes.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.sizes[middle]! > index) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
