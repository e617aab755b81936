import type { Actor, CommandId, CorrelationId, Effective, EventId, Instant, StreamName } from '#decider';

/** The expected revision of a stream that must not exist yet. */
export const NO_STREAM = -1;
/** Before the first event of the ledger. */
export const START = 0;
/** One append holds at most 1 MiB (the limit of an EventStoreDB server), bodies and commitments together. */
export const MAX_APPEND_BYTES = 1_048_576;

/** An event as it goes to the store: clear columns, the commitment over all of it, and its protected body. */
export interface EventToAppend {
  readonly id: EventId;
  readonly stream: StreamName;
  /** Place in the stream, from 0; the commitment and the seal are bound to it. */
  readonly revision: number;
  readonly type: string;
  readonly schema: number;
  readonly recordedAt: Instant;
  readonly effectiveAt: Effective;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: EventId | null;
  /** 32 bytes, see trust: SHA-256 over the opening, the clear columns and the payload. */
  readonly commitment: Uint8Array;
  /** `iv ‖ ciphertext ‖ tag` of the JSON below, or in a clear stream `{"opening":…,"payload":…}` itself. */
  readonly body: Uint8Array;
}

export interface StoredEvent extends EventToAppend {
  /** Grows in commit order over the whole ledger. From 1; the embedded store leaves no gap. */
  readonly position: number;
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: number }
  /** Somebody else was first. `actual` is the stream's last revision, NO_STREAM if there is none. */
  | { readonly kind: 'conflict'; readonly actual: number };

/** A page of the ledger ends with the event that makes it weigh this: one event may have a mebibyte. */
export const PAGE_BYTES = 4 * 2 ** 20;

export interface AllFilter {
  /** Kinds of stream to deliver (`person`, `institution`); left out: all. */
  readonly kinds?: readonly string[];
  /** Types of event among them; left out: all. */
  readonly types?: ReadonlySet<string>;
}

/** Of a subscription: what was wanted since the last one, and up to where it has looked; there may be nothing. */
export interface Delivery {
  readonly events: readonly StoredEvent[];
  readonly position: number;
}

export interface StreamHead {
  readonly revision: number;
  readonly position: number;
}

/**
 * Where facts are kept. Both engines pass the same contract suite (test/contract).
 *
 * Implementations MUST acknowledge an append only when it is on disk, MUST let exactly one of several
 * appends at one revision win, and MUST answer a repeated append (same ids at the same revision) as the first
 * time. Callers MUST send the same bytes again after an OutcomeUnknown, and MUST NOT reuse an id otherwise.
 */
export interface EventStore {
  /** Whether one process holds it and `erase` leaves no byte: a cluster's nodes are scavenged by their operator. */
  readonly removesAtOnce: boolean;
  /** @throws OutcomeUnknown, StoreBusy, StorageFailed, AppendTooLarge */
  append(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult>;
  /** Oldest first, at most `limit`. */
  read(stream: StreamName, fromRevision: number, limit: number): Promise<readonly StoredEvent[]>;
  /** Events after `position` in ledger order: at most `limit`, fewer where they weigh PAGE_BYTES, none only at the end. */
  readAll(after: number, limit: number, filter?: AllFilter): Promise<readonly StoredEvent[]>;
  /** The stream's last event as the store has it now, not as a cache remembers it. */
  head(stream: StreamName): Promise<StreamHead | undefined>;
  /** Position of the ledger's last event, START if there is none. */
  end(): Promise<number>;
  /**
   * What comes after `position`, then live. Never skips, never reorders; ends when the signal fires. Where nothing is
   * wanted for long, a delivery without events says how far it is, so that nobody looks through that again.
   * @throws LedgerShortened when the ledger ends before `position`
   */
  subscribe(after: number, signal: AbortSignal, filter?: AllFilter): AsyncIterable<Delivery>;
  /**
   * Removes every event of the stream for good; positions that were given out are not given out again. Repeatable.
   * Callers MUST NOT append to the stream afterwards: one engine refuses it, the other starts it anew.
   * @throws where the bytes could not be removed yet: repeat it
   */
  erase(stream: StreamName): Promise<void>;
  close(): Promise<void>;
}

/** Which ledger this is, and whether it tells a story on a clock of its own. */
export interface LedgerIdentity {
  readonly id: string;
  readonly kind: 'ledger' | 'demonstration';
}

/** A store as a server opens it. */
export interface LedgerStore extends EventStore {
  /** Undefined for a ledger that nobody has opened yet. */
  identity(): Promise<LedgerIdentity | undefined>;
  /** Takes this identity where it has none yet; the first one stands. */
  identify(wanted: LedgerIdentity): Promise<LedgerIdentity>;
}

/** Whether the append was stored is not known. Send the same bytes again: that is safe. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** Too many appends are waiting. Nothing was written. */
export class StoreBusy extends Error {
  override readonly name = 'StoreBusy';
}

/** The disk is full or fails. Nothing of this append was written. */
export class StorageFailed extends Error {
  override readonly name = 'StorageFailed';
}

/** The ledger ends before a position that was read from it: it was restored from an older backup. */
export class LedgerShortened extends Error {
  override readonly name = 'LedgerShortened';
}

/** More than MAX_APPEND_BYTES in one append. Nothing was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';
}

export function appendBytes(events: readonly EventToAppend[]): number {
  return events.reduce((sum, e) => sum + e.body.length + e.commitment.length, 0);
}
