import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NO_STREAM as NO_STREAM_THERE,
  StreamDeletedError,
  WrongExpectedVersionError,
  type BinaryEventData,
} from '@eventstore/db-client';
import type { StreamName } from '#decider';
import { StreamErased } from '../codec.js';
import {
  appendBytes,
  AppendTooLarge,
  MAX_APPEND_BYTES,
  NO_STREAM,
  OutcomeUnknown,
  StorageFailed,
  START,
  type AppendResult,
  type EventToAppend,
  type StoredEvent,
} from '../store.js';
import type { Connection } from './connection.js';
import { sizeOf, toEventData, toPosition } from './event-codec.js';
import type { Reading } from './reading.js';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 1000;

/** An append as it is sent, always the same bytes. */
interface Sending {
  readonly stream: StreamName;
  readonly events: readonly EventToAppend[];
  readonly data: BinaryEventData[];
  readonly expectedRevision: number;
}

/** Undefined: nobody knows yet. */
type Settled = AppendResult | undefined;

/**
 * Appends, judged by what the server really promises: an error that is not a wrong expected version says
 * nothing about the outcome, and a success may be that of an earlier append under the same ids.
 */
export class Appending {
  constructor(
    private readonly connection: Connection,
    private readonly reading: Reading,
    /** How long the same bytes are sent again before the outcome is left unknown. */
    private readonly budgetMs: number,
  ) {}

  async append(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult> {
    if (!events.every((e, i) => e.stream === stream && e.revision === expectedRevision + 1 + i))
      throw new Error(`The events do not follow revision ${expectedRevision} of ${stream}.`);
    const data = events.map(toEventData);
    const size = data.reduce((sum, one) => sum + sizeOf(one), 0);
    if (Math.max(size, appendBytes(events)) > MAX_APPEND_BYTES)
      throw new AppendTooLarge('One append holds at most 1 MiB.');
    if (events.length === 0) return this.check(stream, expectedRevision);
    return this.send({ stream, events, data, expectedRevision });
  }

  private async check(stream: StreamName, revision: number): Promise<AppendResult> {
    const actual = await this.conflictAt(stream, revision);
    if (actual !== undefined) return { kind: 'conflict', actual };
    const last = revision === NO_STREAM ? undefined : (await this.reading.read(stream, revision, 1)).at(0);
    return { kind: 'appended', revision, position: last?.position ?? START };
  }

  /**
   * Asks for the stream's revision by an append of nothing, which a quorum must take: a read may be answered
   * by a leader that no longer is one.
   * @returns the actual revision where it is another, undefined where it is this one @throws StreamErased
   */
  async conflictAt(stream: StreamName, revision: number): Promise<number | undefined> {
    try {
      await this.connection.patiently((client, options) =>
        client.appendToStream(stream, [], { ...options, expectedRevision: expected(revision) }),
      );
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return actualOf(error);
      if (error instanceof StreamDeletedError) throw new StreamErased(`${stream} was erased.`);
      throw error;
    }
    return undefined;
  }

  private async send(sending: Sending): Promise<AppendResult> {
    const startedMs = performance.now();
    let cause: unknown;
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      try {
        const settled = await this.sendOnce(sending, cause !== undefined);
        if (settled) return settled;
        cause ??= new Error('What is stored cannot be read yet.');
      } catch (error) {
        if (isFault(error) || (cause === undefined && isRefusal(error))) throw error;
        cause = error;
      }
      if (performance.now() - startedMs + delayMs > this.budgetMs)
        throw new OutcomeUnknown('The event store did not say whether this was recorded.', { cause });
      await sleep(delayMs);
    }
  }

  /** @param again whether an earlier try may have been stored */
  private async sendOnce(sending: Sending, again: boolean): Promise<Settled> {
    const { stream, events, data, expectedRevision } = sending;
    const { highest } = this.connection;
    try {
      const { position } = await this.connection.once((client, options) =>
        client.appendToStream(stream, data, { ...options, expectedRevision: expected(expectedRevision) }),
      );
      const revision = events.at(-1)!.revision;
      const answered = position ? toPosition(position.commit) : START;
      // An old position is the answer to an append of before, under the same ids and with any bytes.
      if (again || answered <= highest) return await this.storedBefore(sending);
      this.connection.highest = Math.max(this.connection.highest, answered);
      return { kind: 'appended', revision, position: answered };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return this.conflict(sending, error, again);
      if (error instanceof StreamDeletedError) throw new StreamErased(`${stream} was erased.`);
      if (error instanceof MaxAppendSizeExceededError) throw new AppendTooLarge('The append is too large.');
      if (error instanceof AccessDeniedError) throw this.connection.refusal(error);
      throw error;
    }
  }

  private async conflict(
    sending: Sending,
    error: WrongExpectedVersionError,
    again: boolean,
  ): Promise<Settled> {
    const actual = actualOf(error);
    const conflict = { kind: 'conflict', actual } as const;
    if (!again) return conflict;
    const first = (await this.reading.read(sending.stream, sending.expectedRevision + 1, 1)).at(0);
    if (first && first.id === sending.events[0]?.id) return this.storedBefore(sending);
    // A leader without a quorum may speak of an event that no read shows and that may yet vanish.
    return first || actual < sending.expectedRevision ? conflict : undefined;
  }

  /** @returns undefined when it cannot be read yet @throws WrongBytes */
  private async storedBefore({ stream, events, expectedRevision }: Sending): Promise<Settled> {
    const stored = await this.reading.read(stream, expectedRevision + 1, events.length);
    if (stored.length < events.length) return undefined;
    if (!events.every((event, i) => isSame(event, stored[i]!)))
      throw new WrongBytes(`Other events are stored in ${stream} under the ids of these.`);
    const { revision, position } = stored.at(-1)!;
    return { kind: 'appended', revision, position };
  }
}

/** An id was used for other bytes: our own fault, and nothing of these bytes was stored. */
class WrongBytes extends Error {
  override readonly name = 'WrongBytes';
}

/** Holds whatever happened before: trying again changes nothing. */
function isFault(error: unknown): boolean {
  return error instanceof WrongBytes || error instanceof AppendTooLarge;
}

/** The server's word that nothing was written, worth something only when nothing was sent before. */
function isRefusal(error: unknown): boolean {
  return error instanceof StreamErased || error instanceof StorageFailed;
}

function actualOf({ actualVersion }: WrongExpectedVersionError): number {
  return actualVersion === NO_STREAM_THERE ? NO_STREAM : Number(actualVersion);
}

function expected(revision: number): bigint | typeof NO_STREAM_THERE {
  return revision === NO_STREAM ? NO_STREAM_THERE : BigInt(revision);
}

function isSame(event: EventToAppend, { position: _, ...stored }: StoredEvent): boolean {
  return describe(event) === describe(stored);
}

/** What is sent for it, as one text. */
function describe(event: EventToAppend): string {
  const { id, type, data, metadata } = toEventData(event);
  return JSON.stringify([id, type, metadata, Buffer.from(data).toString('base64')]);
}
