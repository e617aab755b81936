import { StreamDeletedError } from '@eventstore/db-client';
import type { StreamName } from '#decider';
import { StreamErased } from '../codec.js';
import {
  LedgerShortened,
  NO_STREAM,
  START,
  StoreBusy,
  type AllFilter,
  type AppendResult,
  type Delivery,
  type LedgerIdentity,
  type LedgerStore,
  type EventToAppend,
  type StoredEvent,
  type StreamHead,
} from '../store.js';
import { Appending } from './appending.js';
import { Connection } from './connection.js';
import { identify, identityOf } from './identity.js';
import { matching, Reading, type Page } from './reading.js';
import { WakeUp } from './wake-up.js';

const PAGE = 500;
const LOOKS = 20;
/** Events that nobody wanted, after which a subscription says how far it is. */
const MANY_UNWANTED = 1_000;
/** An outage that a subscription lives through before it tells its consumer. */
const OUTAGE_MS = 30_000;

export interface KurrentOptions {
  /** How long one call may take before its outcome is unknown. Two seconds. */
  readonly callMs?: number;
  /** How long what writes nothing is asked again before it fails. Ten seconds. */
  readonly patienceMs?: number;
  /** How long an append is sent again before its caller is told that the outcome is unknown. Five seconds. */
  readonly appendMs?: number;
}

/** The ledger in a cluster of KurrentDB (EventStoreDB), which outlives any of its nodes. */
export class KurrentEventStore implements LedgerStore {
  readonly removesAtOnce = false;
  private readonly reading: Reading;
  private readonly appending: Appending;
  private readonly wakeUp: WakeUp;

  private constructor(
    private readonly connection: Connection,
    appendMs: number,
  ) {
    this.reading = new Reading(connection);
    this.appending = new Appending(connection, this.reading, appendMs);
    this.wakeUp = new WakeUp(connection);
  }

  /** @throws StorageFailed when the address is wrong, nobody answers there, or we are refused */
  static async open(url: string, options: KurrentOptions = {}): Promise<KurrentEventStore> {
    const { callMs = 2000, patienceMs = 10_000, appendMs = 5000 } = options;
    const store = new KurrentEventStore(Connection.to(url, { callMs, patienceMs }), appendMs);
    try {
      await store.reading.greet();
      return store;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  identity(): Promise<LedgerIdentity | undefined> {
    return identityOf(this.connection);
  }

  identify(wanted: LedgerIdentity): Promise<LedgerIdentity> {
    return identify(this.connection, wanted);
  }

  append(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult> {
    return this.appending.append(stream, events, expectedRevision);
  }

  read(stream: StreamName, fromRevision: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.reading.read(stream, fromRevision, limit);
  }

  readAll(after: number, limit: number, filter: AllFilter = {}): Promise<readonly StoredEvent[]> {
    return this.reading.readAll(after, limit, filter);
  }

  /** A deposed leader may still answer reads; that a quorum takes an empty append at this revision tells. */
  async head(stream: StreamName): Promise<StreamHead | undefined> {
    for (let look = 0; look < LOOKS; look++) {
      const last = await this.reading.last(stream);
      const revision = last?.revision ?? NO_STREAM;
      const actual = await this.appending.conflictAt(stream, revision).catch(ofErased);
      if (actual === undefined) return last && { revision, position: last.position };
    }
    throw new StoreBusy(`Others write to ${stream} faster than it can be read.`);
  }

  end(): Promise<number> {
    return this.reading.end();
  }

  /** Pages of the ledger, read when there may be something new. @throws LedgerShortened, StoreBusy */
  async *subscribe(after: number, signal: AbortSignal, filter: AllFilter = {}): AsyncGenerator<Delivery> {
    let position = after;
    let handled = after;
    let unwanted = 0;
    let isQuiet = true;
    const isWanted = matching(filter);
    while (!signal.aborted) {
      const seen = this.wakeUp.count;
      const page = await this.next(position, isQuiet ? handled : START, signal);
      if (!page || signal.aborted) return;
      const wanted = page.events.filter(isWanted);
      position = page.last;
      handled = page.events.at(-1)?.position ?? handled;
      unwanted += page.events.length;
      if (wanted.length > 0 || unwanted >= MANY_UNWANTED) {
        yield { events: wanted, position: handled };
        unwanted = 0;
      }
      isQuiet = !page.isFull && wanted.length === 0;
      if (!page.isFull) await this.wakeUp.after(seen, signal);
    }
  }

  /** The stream is gone at once; its bytes are when the operator has scavenged every node. */
  async erase(stream: StreamName): Promise<void> {
    await this.connection
      .patiently((client, options) => client.tombstoneStream(stream, options))
      .catch((error: unknown) => {
        if (!(error instanceof StreamDeletedError)) throw error;
      });
  }

  async close(): Promise<void> {
    this.wakeUp.close();
    await this.connection.close();
  }

  /** @returns undefined when it was told to end meanwhile */
  private async next(after: number, mustReach: number, signal: AbortSignal): Promise<Page | undefined> {
    try {
      if (mustReach > START) await this.refuseBeyondEnd(mustReach, signal);
      return await this.reading.page(after, PAGE, { budgetMs: OUTAGE_MS, signal });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  /** No error comes from a server that was restored to an earlier day: events would be missed in silence. */
  private async refuseBeyondEnd(position: number, signal: AbortSignal): Promise<void> {
    const end = await this.reading.newest({ budgetMs: OUTAGE_MS, signal });
    if (position > end)
      throw new LedgerShortened(
        `The ledger ends at ${end}, before ${position}, which was read from it: it was restored from a backup.`,
      );
  }
}

/** An erased stream is none. */
function ofErased(error: unknown): undefined {
  if (error instanceof StreamErased) return undefined;
  throw error;
}
