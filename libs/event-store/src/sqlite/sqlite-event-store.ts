import { setImmediate as turn } from 'node:timers/promises';
import type { StreamName } from '#decider';
import {
  appendBytes,
  AppendTooLarge,
  LedgerShortened,
  MAX_APPEND_BYTES,
  PAGE_BYTES,
  StorageFailed,
  type AllFilter,
  type AppendResult,
  type Delivery,
  type LedgerIdentity,
  type LedgerStore,
  type EventToAppend,
  type StoredEvent,
  type StreamHead,
} from '../store.js';
import { openDatabase, preparedOn, type Database, type OpenDatabase, type Statement } from './driver.js';
import { GroupCommit } from './group-commit.js';
import { createSchema, LAST_POSITION, lastPosition, toStoredEvent, type EventRow } from './rows.js';

/** Who applies a batch does so in one go: larger ones would keep requests waiting, and are hardly faster. */
const BATCH = 250;
/** From here on an answer is likely one page of many. */
const MANY = 100;
/** Positions that are looked through in one go for what is wanted among them: some ten milliseconds. */
const WINDOW = 10_000;
/** Positions without anything wanted, after which a subscription says how far it is. */
const MANY_UNWANTED = 1_000;

/** One look at the ledger. */
interface Page extends Delivery {
  readonly isEnd: boolean;
}

type Appender = Pick<LedgerStore, 'append'>;

/**
 * The embedded store: one file, one writer, an append acknowledged only after its group is on disk. Other threads may
 * open it to read; they follow what is told to them of its commits.
 */
export class SqliteEventStore implements LedgerStore {
  readonly removesAtOnce = true;
  private readonly writer: GroupCommit | undefined;
  private readonly waiting = new Set<() => void>();
  private readonly reader: Database;
  private readonly prepare: (sql: string) => Statement;
  private committed = () => {};

  private constructor(
    private readonly path: string,
    openToWrite: OpenDatabase | undefined,
    private readonly elsewhere?: Appender,
  ) {
    if (openToWrite) {
      const db = openDatabase(path);
      createSchema(db);
      db.close();
      const committed = () => {
        this.wake();
        this.committed();
      };
      this.writer = new GroupCommit(path, openToWrite, committed);
    }
    this.reader = openDatabase(path, { readOnly: true });
    this.prepare = preparedOn(this.reader);
  }

  /** @throws StorageFailed */
  static open(path: string, openToWrite: OpenDatabase = openDatabase): SqliteEventStore {
    return opening(path, () => new SqliteEventStore(path, openToWrite));
  }

  /**
   * For a thread beside the writer's: call `wake` after every commit.
   * @param writer takes its appends to the one writer of the file; without it nothing can be appended
   * @throws StorageFailed
   */
  static openToRead(path: string, writer?: Appender): SqliteEventStore {
    return opening(path, () => new SqliteEventStore(path, undefined, writer));
  }

  /** Called after every commit of this writer, for whoever wakes readers in other threads. */
  onCommit(committed: () => void): void {
    this.committed = committed;
  }

  /** Something was committed: subscriptions look again. */
  wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  append(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult> {
    if (appendBytes(events) > MAX_APPEND_BYTES)
      return Promise.reject(new AppendTooLarge('One append holds at most 1 MiB.'));
    // Checked before it is queued: a wrong one would break the numbering, or fail those it is grouped with.
    if (!events.every((e, i) => e.stream === stream && e.revision === expectedRevision + 1 + i))
      return Promise.reject(new Error(`The events do not follow revision ${expectedRevision} of ${stream}.`));
    return (this.elsewhere ?? this.mustWrite()).append(stream, events, expectedRevision);
  }

  async read(stream: StreamName, fromRevision: number, limit: number): Promise<readonly StoredEvent[]> {
    return this.rows(
      'SELECT * FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?',
      stream,
      fromRevision,
      limit,
    );
  }

  async readAll(after: number, limit: number, filter: AllFilter = {}): Promise<readonly StoredEvent[]> {
    for (let page: Page = { events: [], position: after, isEnd: false }; ;) {
      page = await this.page(page.position, limit, filter);
      if (page.events.length > 0 || page.isEnd) return page.events;
    }
  }

  async head(stream: StreamName): Promise<StreamHead | undefined> {
    const sql = 'SELECT revision, position FROM event WHERE stream = ? ORDER BY revision DESC LIMIT 1';
    const row = this.prepare(sql).get(stream) as StreamHead | undefined;
    return row && { revision: row.revision, position: row.position };
  }

  async end(): Promise<number> {
    return lastPosition(this.prepare(LAST_POSITION));
  }

  async *subscribe(after: number, signal: AbortSignal, filter: AllFilter = {}): AsyncGenerator<Delivery> {
    let [position, told] = [after, after];
    if (after > (await this.end()))
      throw new LedgerShortened(`The ledger ends before ${after}, which was read from it.`);
    while (!signal.aborted) {
      const page = await this.page(position, BATCH, filter);
      ({ position } = page);
      if (page.events.length > 0 || position - told >= MANY_UNWANTED) {
        yield page;
        told = position;
      }
      if (page.isEnd && position === (await this.end())) await this.nextCommit(signal);
    }
  }

  erase(stream: StreamName): Promise<void> {
    return this.mustWrite().erase(stream);
  }

  async identity(): Promise<LedgerIdentity | undefined> {
    return this.stands();
  }

  async identify(wanted: LedgerIdentity): Promise<LedgerIdentity> {
    // Nothing is awaited in between: the first of several stands.
    const stands = this.stands();
    if (stands) return stands;
    this.setMeta('ledger', wanted.id);
    this.setMeta('kind', wanted.kind);
    return wanted;
  }

  /** A value that belongs to the ledger as a whole: its id, whether it is a demonstration. */
  meta(key: string): string | undefined {
    const row = this.prepare('SELECT value FROM meta WHERE key = ?').get(key);
    return (row as { value: string } | undefined)?.value;
  }

  setMeta(key: string, value: string): void {
    const db = openDatabase(this.path);
    db.prepare('INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
      key,
      value,
    );
    db.close();
  }

  async close(): Promise<void> {
    this.reader.close();
    await this.writer?.close();
    this.wake();
  }

  private mustWrite(): GroupCommit {
    if (!this.writer) throw new Error('The ledger was opened to read only.');
    return this.writer;
  }

  private stands(): LedgerIdentity | undefined {
    const [id, kind] = [this.meta('ledger'), this.meta('kind')];
    return id && kind ? { id, kind: kind as LedgerIdentity['kind'] } : undefined;
  }

  /** Stops where it weighs enough, and looks through no more than a window for what is wanted. */
  private async page(after: number, limit: number, { kinds = [], types }: AllFilter): Promise<Page> {
    const until = kinds.length > 0 || types ? after + WINDOW : Number.MAX_SAFE_INTEGER;
    // The end is read first: what is committed while the page is read is found by the next one.
    const end = await this.end();
    const ofKinds = kinds.map(() => "stream = ? OR stream GLOB ? || '-*'").join(' OR ') || 'TRUE';
    const ofTypes = types ? `type IN (${[...types].map(() => '?').join()})` : 'TRUE';
    const sql = `SELECT * FROM event WHERE position > ? AND position <= ? AND (${ofKinds}) AND ${ofTypes}
      ORDER BY position LIMIT ?`;
    const wanted = [...kinds.flatMap((kind) => [kind, kind]), ...(types ?? [])];
    const events: StoredEvent[] = [];
    let bytes = 0;
    for (const row of this.prepare(sql).iterate(after, until, ...wanted, limit) as Iterable<EventRow>) {
      bytes += row.body.length;
      events.push(toStoredEvent(row));
      if (bytes >= PAGE_BYTES) break;
    }
    if (events.length >= MANY || until < end) await turn();
    const last = events.at(-1)?.position ?? after;
    if (events.length === limit || bytes >= PAGE_BYTES) return { events, position: last, isEnd: false };
    const position = Math.max(last, Math.min(until, end));
    return { events, position, isEnd: position >= end };
  }

  /** SQLite answers at once: whoever reads page after page would let nobody else in the process have a turn. */
  private async rows(sql: string, ...parameters: (string | number)[]): Promise<StoredEvent[]> {
    const rows = this.prepare(sql).all(...parameters) as unknown as EventRow[];
    if (rows.length >= MANY) await turn();
    return rows.map(toStoredEvent);
  }

  private nextCommit(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      this.waiting.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

function opening(path: string, open: () => SqliteEventStore): SqliteEventStore {
  try {
    return open();
  } catch (cause) {
    throw new StorageFailed(`The ledger file ${path} cannot be opened.`, { cause });
  }
}
