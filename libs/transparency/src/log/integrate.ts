import { uuid8, type EventId, type StreamName } from '#decider';
import { sha256, type Hash } from '../crypto.js';
import { entryBundle } from '../merkle/bundle.js';
import { leafHash } from '../merkle/hashes.js';
import { fail, ok, type Result } from '../result.js';
import { encodeEntry } from './encode-entry.js';
import { NO_PREVIOUS, type DeferralMark } from './entry.js';
import { labelOf, type Label, type LabelHead } from './label.js';

/** The stream that holds the log itself, the only one that is not logged. */
export const LOG_STREAM = 'log';
/** The stream whose events name the labels that were erased. */
export const ERASURES_STREAM = 'erasures';
/** In base64 inside a JSON payload this stays under the server's 1 MiB for one append. */
const MAX_BATCH_BYTES = 700_000;

/** An event as any node of the ledger stores it; needs no keys. Given in ledger order. */
export interface StoredEvent {
  readonly stream: StreamName;
  readonly revision: number;
  readonly commitment: Hash;
  /** iv ‖ ciphertext ‖ tag, or `storedBody` in a clear stream. */
  readonly stored: Uint8Array;
  /** Of a deferral's first event, its reviews and its end. */
  readonly deferral?: DeferralMark;
  /** The label that an `ErasureCompleted` names; its `erasure` entry follows the event's own. */
  readonly erased?: Label;
}

export interface Integration {
  /** The bytes to append to the log, in this order. */
  readonly entries: readonly Uint8Array[];
  /** Where the labels stand once they are appended. */
  readonly heads: ReadonlyMap<Label, LabelHead>;
}

/**
 * The next entries of the log. `head` answers from the log so far, undefined for a label without entries. Refuses
 * the whole batch when a revision is not its label's count: an event missed or given twice.
 */
export function integrate(
  events: readonly StoredEvent[],
  head: (label: Label) => LabelHead | undefined,
): Result<Integration> {
  const entries: Uint8Array[] = [];
  const heads = new Map<Label, LabelHead>();
  for (const event of events) {
    if (event.stream === LOG_STREAM) return fail('the log does not log itself');
    const label = labelOf(event.stream);
    const { count, last } = heads.get(label) ?? head(label) ?? { count: 0, last: NO_PREVIOUS };
    if (event.revision !== count)
      return fail(`revision ${event.revision} of ${event.stream} came where ${count} was due`);
    const entry = eventEntry(event, label, last);
    entries.push(entry);
    heads.set(label, { count: count + 1, last: leafHash(entry) });
    if (event.erased) entries.push(encodeEntry({ kind: 'erasure', label: event.erased }));
  }
  return ok({ entries, heads });
}

function eventEntry(event: StoredEvent, label: Label, previous: Hash): Uint8Array {
  const { revision: n, commitment, deferral } = event;
  const stored = sha256(event.stored);
  return encodeEntry({
    kind: 'event',
    commitment,
    stored,
    label,
    n,
    previous,
    ...(deferral && { deferral }),
  });
}

/** Cuts entries into batches for the `log` stream: each an entry bundle below 1 MiB even in base64. */
export function batchesOf(entries: readonly Uint8Array[]): readonly Uint8Array[] {
  const batches: Uint8Array[][] = [];
  let bytes = Infinity;
  for (const entry of entries) {
    bytes += entry.length + 2;
    if (bytes > MAX_BATCH_BYTES) {
      batches.push([]);
      bytes = entry.length + 2;
    }
    batches.at(-1)!.push(entry);
  }
  return batches.map(entryBundle);
}

/** The id of the event that carries a batch: the first 16 bytes of its SHA-256 as a UUIDv8 (RFC 9562). */
export function batchId(batch: Uint8Array): EventId {
  return uuid8<'Event'>(sha256(batch));
}
