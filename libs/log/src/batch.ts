import { asId, streamName, type Instant, type StreamName } from '#decider';
import { disclose, enclose, type EventToAppend, type StreamCipher } from '#event-store';
import { base64, batchId, entryBundle, LOG_STREAM, parseBase64, parseEntryBundle } from '#transparency';

export const LOG: StreamName = streamName(LOG_STREAM);
const TYPE = 'LogExtended';
const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

/** Further entries of the log, as one event of the stream `log`. */
export interface Batch {
  readonly entries: readonly Uint8Array[];
  /** With these entries, every event of the ledger up to this position is in the log. */
  readonly upTo: number;
}

/** The stream `log` says something that no integrator writes. */
export class LogDamaged extends Error {
  override readonly name: string = 'LogDamaged';
}

/** The ledger does not hold what its log has shown: it was restored from an older backup, or cut. */
export class LedgerCut extends LogDamaged {
  override readonly name = 'LedgerCut';
}

/** Its id is the hash of its bytes. */
export function batchEvent(batch: Batch, revision: number, recordedAt: Instant): EventToAppend {
  const bundle = entryBundle(batch.entries);
  const id = batchId(bundle);
  const columns = {
    id,
    stream: LOG,
    revision,
    type: TYPE,
    schema: 1,
    recordedAt,
    effectiveAt: recordedAt,
    actor: { kind: 'client', id: LOG_STREAM },
    commandId: asId<'Command'>(id),
    correlationId: asId<'Correlation'>(id),
    causationId: null,
  } as const;
  return enclose(columns, { entries: base64(bundle), upTo: batch.upTo }, CLEAR);
}

/** @throws LogDamaged */
export function readBatch(event: EventToAppend): Batch {
  const payload = payloadOf(event);
  const bundle = typeof payload['entries'] === 'string' ? parseBase64(payload['entries']) : undefined;
  const entries = bundle && parseEntryBundle(bundle);
  const { upTo } = payload;
  if (!bundle || !entries || entries.length === 0 || !Number.isSafeInteger(upTo))
    throw new LogDamaged(`Batch ${event.revision} of the log cannot be read.`);
  if (event.type !== TYPE || batchId(bundle) !== event.id)
    throw new LogDamaged(`Batch ${event.revision} of the log does not carry the hash of its bytes.`);
  return { entries, upTo: upTo as number };
}

function payloadOf(event: EventToAppend): Readonly<Record<string, unknown>> {
  try {
    return disclose(event, CLEAR).payload;
  } catch (cause) {
    throw new LogDamaged(`Batch ${event.revision} of the log cannot be read.`, { cause });
  }
}
