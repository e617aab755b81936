import type { Actor, CommandId, CorrelationId, Effective, EventId, Instant, StreamName } from '#decider';
import { base64url, sameBytes, utf8 } from '../bytes.js';
import { sha256Of, type Hash } from '../crypto.js';
import { canonicalJson, canonicalText, exactObject, parseCanonicalJson } from './canonical.js';
import { parseHash } from './label.js';

const DOMAIN = utf8('sillage/c/1');

/** 32 random bytes, new for each event. Once destroyed, nobody can test a guess against the log. */
export type Opening = Uint8Array;

/** What a commitment covers: the clear columns and the payload. `position` is the engine's and not among them. */
export interface CommittedEvent {
  readonly id: EventId;
  readonly type: string;
  readonly schema: number;
  readonly stream: StreamName;
  /** The stream's revision. */
  readonly n: number;
  readonly recordedAt: Instant;
  readonly effectiveAt: Effective;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: EventId | null;
  readonly payload: unknown;
}

/** The clear columns alone. */
export type CommittedColumns = Omit<CommittedEvent, 'payload'>;

/**
 * SHA-256("sillage/c/1" ‖ opening ‖ m), m the RFC 8785 encoding of exactly the fields above; others are left out.
 * Throws RangeError for an opening that has not 32 bytes, TypeError for a payload that JSON cannot say.
 */
export function commitmentOf(opening: Opening, event: CommittedEvent): Hash {
  return commitmentTo(opening, event, canonicalJson(event.payload));
}

/**
 * The same, for whoever has the payload's RFC 8785 bytes already: a large one is canonicalised once for the commitment
 * and for the stored body.
 */
export function commitmentTo(opening: Opening, columns: CommittedColumns, payload: Uint8Array): Hash {
  if (opening.length !== 32) throw new RangeError('an opening has 32 bytes');
  // As RFC 8785 sorts members: the payload stands between two lots of columns.
  const { actor, causationId, commandId, correlationId, effectiveAt, id, n } = columns;
  const { recordedAt, schema, stream, type } = columns;
  const before = canonicalText({ actor, causationId, commandId, correlationId, effectiveAt, id, n });
  const behind = canonicalText({ recordedAt, schema, stream, type });
  const opened = utf8(`${before.slice(0, -1)},"payload":`);
  return sha256Of(DOMAIN, opening, opened, payload, utf8(`,${behind.slice(1)}`));
}

/** Whether the event is the one that was committed to; false also for an event that cannot be encoded. */
export function opens(commitment: Hash, opening: Opening, event: CommittedEvent): boolean {
  try {
    return sameBytes(commitmentOf(opening, event), commitment);
  } catch {
    return false;
  }
}

/** What a clear stream stores and a sealed one seals: the RFC 8785 encoding of `{opening, payload}`. */
export function storedBody(opening: Opening, payload: unknown): Uint8Array {
  return canonicalJson({ opening: base64url(opening), payload });
}

/** Undefined unless the bytes are what `storedBody` writes. */
export function parseStoredBody(
  bytes: Uint8Array,
): { readonly opening: Opening; readonly payload: unknown } | undefined {
  const body = exactObject(parseCanonicalJson(bytes)?.value, ['opening', 'payload']);
  const opening = parseHash(body?.['opening']);
  return body === undefined || opening === undefined ? undefined : { opening, payload: body['payload'] };
}
