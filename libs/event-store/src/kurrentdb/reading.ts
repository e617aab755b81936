import {
  BACKWARDS,
  DeadlineExceededError,
  END,
  START as FROM_START,
  StreamDeletedError,
  StreamNotFoundError,
  UnknownError,
  type AllStreamResolvedEvent,
  type ReadPosition,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { streamKind, type StreamName } from '#decider';
import { LedgerShortened, PAGE_BYTES, START, type AllFilter, type StoredEvent } from '../store.js';
import { DISCOVERY_MS, type CallOptions, type Connection, type Patience } from './connection.js';
import { isSystem, toPosition, toStoredEvent } from './event-codec.js';

const PAGE = 500;
/** A page may be large; how long the server may fall silent within it is the limit of any call. */
const LONGEST_READ_MS = 30_000;

/** One look at the whole ledger: what of it is ours, and where to look next. */
export interface Page {
  readonly events: readonly StoredEvent[];
  /** The last position seen, ours or not. */
  readonly last: number;
  readonly isFull: boolean;
}

/** Reads, of the leader: a follower may not know yet what was acknowledged. */
export class Reading {
  constructor(private readonly connection: Connection) {}

  /** Nothing where there is no stream, or none any more. */
  async read(stream: StreamName, fromRevision: number, limit: number): Promise<readonly StoredEvent[]> {
    const query = { fromRevision: BigInt(fromRevision), maxCount: limit };
    return this.stream(stream, query);
  }

  async last(stream: StreamName): Promise<StoredEvent | undefined> {
    const [event] = await this.stream(stream, { fromRevision: END, direction: BACKWARDS, maxCount: 1 });
    return event;
  }

  /** After `after`. The client's readAll knows no filter, and gives the event at its start again. */
  async page(after: number, size = PAGE, patience?: Patience): Promise<Page> {
    const fromPosition = after === START ? FROM_START : at(after);
    const read = await this.all({ fromPosition, maxCount: size + 1 }, patience, PAGE_BYTES);
    const events = ours(read).filter(({ position }) => position > after);
    const last = read.reduce((highest, event) => Math.max(highest, positionOf(event)), after);
    this.connection.highest = Math.max(this.connection.highest, last);
    return { events, last, isFull: read.length === size + 1 || weightOf(read) >= PAGE_BYTES };
  }

  async readAll(after: number, limit: number, filter: AllFilter): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = [];
    let bytes = 0;
    for (let from = after; ;) {
      const { events, last, isFull } = await this.page(from, Math.max(limit, PAGE));
      const wanted = events.filter(matching(filter));
      found.push(...wanted);
      bytes += wanted.reduce((sum, { body }) => sum + body.length, 0);
      if (found.length >= limit || bytes >= PAGE_BYTES || !isFull) return found.slice(0, limit);
      from = last;
    }
  }

  /** Position of the newest event of ours. */
  async end(): Promise<number> {
    let fromPosition: ReadPosition = END;
    for (let maxCount = 8; ; maxCount = PAGE) {
      const read = await this.all({ fromPosition, direction: BACKWARDS, maxCount });
      const [newest] = ours(read);
      if (newest) return newest.position;
      if (read.length < maxCount) return START;
      fromPosition = at(positionOf(read.at(-1)!));
    }
  }

  /** Position of the newest record of all. Erasing leaves records of its own, so it never goes back. */
  async newest(patience?: Patience): Promise<number> {
    const query: AllQuery = { fromPosition: END, direction: BACKWARDS, maxCount: 1 };
    const [record] = await this.all(query, patience);
    return record ? positionOf(record) : START;
  }

  /** The first call on a connection. @throws StorageFailed */
  async greet(): Promise<void> {
    await this.connection.greet((client, options) =>
      collect(client.readAll({ ...options, fromPosition: END, direction: BACKWARDS, maxCount: 1 }), options),
    );
  }

  private async stream(stream: StreamName, query: StreamQuery): Promise<readonly StoredEvent[]> {
    try {
      const call = (client: Connection['current'], options: CallOptions) =>
        collect(client.readStream(stream, { ...options, ...query, deadline: LONGEST_READ_MS }), options);
      const read = await this.connection.patiently(call, { limitMs: LONGEST_READ_MS });
      return read.map(toStoredEvent);
    } catch (error) {
      if (error instanceof StreamNotFoundError || error instanceof StreamDeletedError) return [];
      throw error;
    }
  }

  private all(query: AllQuery, patience?: Patience, bytes?: number): Promise<AllStreamResolvedEvent[]> {
    const call = (client: Connection['current'], options: CallOptions) =>
      collect(client.readAll({ ...options, ...query, deadline: LONGEST_READ_MS }), options, bytes);
    return this.connection.patiently(call, { ...patience, limitMs: LONGEST_READ_MS });
  }
}

type StreamQuery = NonNullable<Parameters<Connection['current']['readStream']>[1]>;
type AllQuery = NonNullable<Parameters<Connection['current']['readAll']>[0]>;

export function matching({ kinds, types }: AllFilter): (event: StoredEvent) => boolean {
  return ({ stream, type }) =>
    (!kinds?.length || kinds.includes(streamKind(stream))) && (types?.has(type) ?? true);
}

function ours(read: readonly AllStreamResolvedEvent[]): StoredEvent[] {
  return read
    .filter(({ event }) => event && !isSystem(event.streamId) && !isSystem(event.type))
    .map((resolved) => toStoredEvent(resolved));
}

function positionOf({ event }: AllStreamResolvedEvent): number {
  return toPosition(event!.position.commit);
}

function at(position: number): ReadPosition {
  return { commit: BigInt(position), prepare: BigInt(position) };
}

function weightOf(events: readonly ResolvedEvent[]): number {
  return events.reduce((sum, event) => sum + bytesOf(event), 0);
}

/** What is not ours may be an object. */
function bytesOf({ event }: ResolvedEvent): number {
  return event?.data instanceof Uint8Array ? event.data.length : 0;
}

/**
 * All of it, or until it weighs as many bytes.
 * @throws DeadlineExceededError when nothing more comes for as long as a call may take
 */
async function collect<Event extends ResolvedEvent>(
  stream: StreamingRead<Event>,
  { deadline }: CallOptions,
  bytes = Infinity,
): Promise<Event[]> {
  // The client may emit an error after the last one it threw; unheard it would end the process.
  stream.on('error', () => {});
  const silent = () => {
    void stream.cancel().catch(() => {});
    stream.destroy(new DeadlineExceededError(undefined, 'The event store fell silent.'));
  };
  const timer = setTimeout(silent, deadline + DISCOVERY_MS);
  const events: Event[] = [];
  try {
    let weight = 0;
    for await (const event of stream) {
      events.push(event);
      weight += bytesOf(event);
      if (weight >= bytes) break;
      timer.refresh();
    }
    if (weight >= bytes) void stream.cancel().catch(() => {});
  } catch (error) {
    if (error instanceof UnknownError && error.message.includes('ReadAllResult'))
      throw new LedgerShortened(
        'The ledger has no event where one was read: it is another one, or was restored.',
      );
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return events;
}
