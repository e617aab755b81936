import type { StreamName } from '#decider';
import {
  NO_STREAM,
  OutcomeUnknown,
  StorageFailed,
  StoreBusy,
  type AppendResult,
  type EventToAppend,
} from '../store.js';
import { isDiskFull, openDatabase, type Database, type Statement } from './driver.js';
import { insertEvent, prepareInsert } from './rows.js';

const MAX_WAITING = 10_000;
const MAX_GROUP = 1_000;
const MAX_HEADS = 100_000;

interface Waiting {
  readonly events: readonly EventToAppend[];
  readonly expectedRevision: number;
  resolve(result: AppendResult): void;
  reject(error: Error): void;
}

/** Statements of one open connection; all are replaced when the file is reopened. */
interface Connection {
  readonly db: Database;
  readonly insert: Statement;
  readonly last: Statement;
  readonly atRevision: Statement;
}

/**
 * The one writer. Appends that wait together are committed together: one flush for all of them. Conflicts are
 * judged in the order of the queue against the heads as this group leaves them, so one caller's conflict
 * rejects nobody else. Promises are resolved only after COMMIT.
 */
export class GroupCommit {
  private connection: Connection;
  private readonly heads = new Map<string, number>();
  private readonly queue: Waiting[] = [];
  private position: number;
  private scheduled = false;
  private failure: StorageFailed | undefined;

  constructor(
    private readonly path: string,
    private readonly committed: () => void,
  ) {
    this.connection = connect(path);
    this.position = lastPosition(this.connection.db);
  }

  append(events: readonly EventToAppend[], expectedRevision: number): Promise<AppendResult> {
    if (this.failure) return Promise.reject(this.failure);
    if (this.queue.length >= MAX_WAITING)
      return Promise.reject(new StoreBusy('Too many writes are waiting; try again in a moment.'));
    return new Promise((resolve, reject) => {
      this.queue.push({ events, expectedRevision, resolve, reject });
      this.schedule();
    });
  }

  async close(): Promise<void> {
    while (this.queue.length > 0 && !this.failure) this.flush();
    this.connection.db.close();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.queue.length > 0) this.flush();
      if (this.queue.length > 0) this.schedule();
    });
  }

  private flush(): void {
    const group = this.queue.splice(0, MAX_GROUP);
    const overlay = new Map<string, number>();
    const before = this.position;
    let results: readonly AppendResult[];
    try {
      this.connection.db.exec('BEGIN IMMEDIATE');
      results = group.map((waiting) => this.store(waiting, overlay));
    } catch (cause) {
      this.position = before;
      this.abandon(group, cause);
      return;
    }
    this.commit(group, results, overlay);
  }

  private commit(group: Waiting[], results: readonly AppendResult[], overlay: Map<string, number>): void {
    try {
      this.connection.db.exec('COMMIT');
    } catch (cause) {
      this.reopen(cause);
      for (const waiting of group)
        waiting.reject(new OutcomeUnknown('Whether this was stored is not known.', { cause }));
      return;
    }
    for (const [stream, revision] of overlay) this.remember(stream, revision);
    group.forEach((waiting, i) => waiting.resolve(results[i]!));
    this.committed();
  }

  private store(waiting: Waiting, overlay: Map<string, number>): AppendResult {
    const { events, expectedRevision } = waiting;
    const first = events[0];
    if (!first) return { kind: 'appended', revision: expectedRevision, position: this.position };
    const actual = overlay.get(first.stream) ?? this.headOf(first.stream);
    if (actual !== expectedRevision) return this.repeatedOrConflict(events, actual);
    for (const event of events) insertEvent(this.connection.insert, ++this.position, event);
    const revision = events.at(-1)!.revision;
    overlay.set(first.stream, revision);
    return { kind: 'appended', revision, position: this.position };
  }

  /** The same ids at the same revisions are the same append, sent again after its answer was lost. */
  private repeatedOrConflict(events: readonly EventToAppend[], actual: number): AppendResult {
    const stored = events.map((e) => this.connection.atRevision.get(e.stream, e.revision));
    const repeated = stored.every((row, i) => (row as { id?: string } | undefined)?.id === events[i]!.id);
    if (!repeated) return { kind: 'conflict', actual };
    const { position } = stored.at(-1) as { position: number };
    return { kind: 'appended', revision: events.at(-1)!.revision, position };
  }

  private headOf(stream: StreamName): number {
    const known = this.heads.get(stream);
    if (known !== undefined) return known;
    const row = this.connection.last.get(stream) as { revision: number | null };
    const revision = row.revision ?? NO_STREAM;
    this.remember(stream, revision);
    return revision;
  }

  private remember(stream: string, revision: number): void {
    if (this.heads.size >= MAX_HEADS) this.heads.clear();
    this.heads.set(stream, revision);
  }

  /** Before COMMIT nothing is on disk: the whole group failed, and everybody is told why. */
  private abandon(group: Waiting[], cause: unknown): void {
    const error = new StorageFailed(reason(cause), { cause });
    try {
      this.connection.db.exec('ROLLBACK');
    } catch {
      this.reopen(cause);
    }
    for (const waiting of group) waiting.reject(error);
  }

  /**
   * After a failed COMMIT nothing remembered is trusted. A full disk may have room again; after any other
   * fault (a failed flush) the page cache may show what the disk lost, so writing stops until a restart.
   */
  private reopen(cause: unknown): void {
    this.heads.clear();
    try {
      this.connection.db.close();
      this.connection = connect(this.path);
      this.position = lastPosition(this.connection.db);
      if (!isDiskFull(cause)) this.failure = new StorageFailed(reason(cause), { cause });
    } catch (error) {
      this.failure = new StorageFailed(reason(error), { cause: error });
    }
    if (this.failure) for (const waiting of this.queue.splice(0)) waiting.reject(this.failure);
  }
}

function reason(cause: unknown): string {
  return isDiskFull(cause)
    ? 'The disk is full: nothing was written. Free some space and try again.'
    : 'The disk does not accept writes: nothing more is written until the server is restarted.';
}

function connect(path: string): Connection {
  const db = openDatabase(path);
  return {
    db,
    insert: prepareInsert(db),
    last: db.prepare('SELECT max(revision) AS revision FROM event WHERE stream = ?'),
    atRevision: db.prepare('SELECT id, position FROM event WHERE stream = ? AND revision = ?'),
  };
}

/** From the sequence, not from the rows: an erasure may have removed the last of them. */
function lastPosition(db: Database): number {
  const row = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'event'").get();
  return (row as { seq: number } | undefined)?.seq ?? 0;
}
