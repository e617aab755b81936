import type { Actor, CommandId, CorrelationId, Effective, EventId, Instant, StreamName } from '#decider';
import { canonicalText, commitmentTo } from '#transparency';
import { freshBytes } from './random.js';
import type { EventToAppend } from './store.js';

/** Reserved key of a payload: the digest of the request that made the event, sealed with it. */
export const REQUEST_DIGEST = '$request';

export interface ClearColumns {
  readonly id: EventId;
  readonly stream: StreamName;
  readonly revision: number;
  readonly type: string;
  readonly schema: number;
  readonly recordedAt: Instant;
  readonly effectiveAt: Effective;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: EventId | null;
}

/** Protects the bodies of one stream; a clear stream's cipher does nothing. */
export interface StreamCipher {
  /** Bound to the stream and the revision: a body moved to another event does not open. */
  seal(revision: number, plain: Uint8Array): Uint8Array;
  /** @throws when the body was altered or belongs to another event */
  open(revision: number, body: Uint8Array): Uint8Array;
}

export function enclose(clear: ClearColumns, payload: unknown, cipher: StreamCipher): EventToAppend {
  return encloseText(clear, canonicalText(payload), cipher);
}

/** The same, of a payload that is canonical JSON already. */
export function encloseText(clear: ClearColumns, payloadJcs: string, cipher: StreamCipher): EventToAppend {
  const opening = freshBytes(32);
  const begin = `{"opening":"${opening.toString('base64url')}","payload":`;
  const plain = Buffer.from(`${begin}${payloadJcs}}`, 'utf8');
  const payload = plain.subarray(begin.length, -1);
  return {
    ...clear,
    commitment: commitmentTo(opening, { ...clear, n: clear.revision }, payload),
    body: cipher.seal(clear.revision, plain),
  };
}

export interface Opened {
  readonly opening: Uint8Array;
  readonly payload: Record<string, unknown>;
}

/** @throws when the body does not open under this stream's key, or is not what was enclosed */
export function disclose(event: EventToAppend, cipher: StreamCipher): Opened {
  const { buffer, byteOffset, length } = cipher.open(event.revision, event.body);
  const plain = Buffer.from(buffer, byteOffset, length).toString('utf8');
  const { opening, payload } = JSON.parse(plain) as { opening: string; payload: Record<string, unknown> };
  return { opening: Buffer.from(opening, 'base64url'), payload };
}
