import type { StreamName } from '#decider';
import {
  NO_STREAM,
  OutcomeUnknown,
  StorageFailed,
  StoreBusy,
  type AppendResult,
  type EventToAppend,
} from '../store.js';
import { connect, rollBack, type Connection } from './connection.js';
import {
  closeDatabase,
  emptyWriteAheadLog,
  isBusy,
  isConstraint,
  isDiskFull,
  resultCode,
  type OpenDatabase,
} from './driver.js';
import { insertEvent, LAST_POSITION, lastPosition } from './rows.js';

const MAX_WAITING = 10_000;
const MAX_GROUP = 1_000;
const MAX_HEADS = 100_000;

interface Waiting {
  readonly stream: StreamName;
  readonly events: readonly EventToAppend[];
  readonly expectedRevision: number;
  resolve(result: AppendResult): void;
  reject(error: Error): void;
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
    private readonly open: OpenDatabase,
    private readonly committed: () => void,
  ) {
    this.connection = connect(open(path));
    this.position = lastPosition(this.connection.db.prepare(LAST_POSITION));
  }

  append(
    stream: StreamName,
    events: readonly EventToAppend[],
    expectedRevision: number,
  ): Promise<AppendResult> {
    if (this.failure) return Promise.reject(this.failure);
    if (this.queue.length >= MAX_WAITING)
      return Promise.reject(new StoreBusy('Too many writes are waiting; try again in a moment.'));
    return new Promise((resolve, reject) => {
      this.queue.push({ stream, events, expectedRevision, resolve, reject });
      this.schedule();
    });
  }

  /** Deleted rows are overwritten (secure_delete); then nothing of them is left in the write-ahead log either. */
  async erase(stream: StreamName): Promise<void> {
    if (this.failure) throw this.failure;
    while (this.queue.length > 0) this.flush();
    const { db } = this.connection;
    db.prepare('DELETE FROM event WHERE stream = ?').run(stream);
    this.heads.delete(stream);
    await emptyWriteAheadLog(db);
  }

  async close(): Promise<void> {
    while (this.queue.length > 0 && !this.failure) this.flush();
    closeDatabase(this.connection.db);
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
      this.abandon(group, cause);
      return;
    }
    this.commit(group, results, overlay, before);
  }

  private commit(
    group: readonly Waiting[],
    results: readonly AppendResult[],
    overlay: ReadonlyMap<string, number>,
    before: number,
  ): void {
    try {
      this.connection.db.exec('COMMIT');
    } catch (cause) {
      this.reopen(cause);
      // Nothing can bring back a commit that a full disk kept out; after any other fault it may be there.
      const refused = isDiskFull(cause) && !this.failure && this.position === before;
      const error = refused
        ? new StorageFailed(reason(cause), { cause })
        : new OutcomeUnknown('Whether this was stored is not known.', { cause });
      for (const waiting of group) waiting.reject(error);
      return;
    }
    for (const [stream, revision] of overlay) this.remember(stream, revision);
    group.forEach((waiting, i) => waiting.resolve(results[i]!));
    this.committed();
  }

  private store(waiting: Waiting, overlay: Map<string, number>): AppendResult {
    const { stream, events, expectedRevision } = waiting;
    const known = overlay.get(stream) ?? this.heads.get(stream);
    if (known === undefined && expectedRevision === NO_STREAM && this.begins(events))
      return this.stored(waiting, overlay);
    const actual = known ?? this.headOf(stream);
    if (actual !== expectedRevision) return this.repeatedOrConflict(events, actual);
    this.insert(events);
    return this.stored(waiting, overlay);
  }

  /**
   * A stream that nobody remembers is most often new, and its index then says so while it takes the first event: no
   * look-up beforehand. @returns false, with nothing inserted, where the stream has begun already
   */
  private begins(events: readonly EventToAppend[]): boolean {
    const before = this.position;
    try {
      this.insert(events);
      return true;
    } catch (error) {
      if (!isConstraint(error) || this.position > before + 1) throw error;
      this.position = before;
      return false;
    }
  }

  private insert(events: readonly EventToAppend[]): void {
    for (const event of events) insertEvent(this.connection.insert, ++this.position, event);
  }

  private stored({ stream, events, expectedRevision }: Waiting, overlay: Map<string, number>): AppendResult {
    const revision = expectedRevision + events.length;
    overlay.set(stream, revision);
    return { kind: 'appended', revision, position: this.position };
  }

  /** The same ids at the same revisions are the same append, sent again after its answer was lost. */
  private repeatedOrConflict(events: readonly EventToAppend[], actual: number): AppendResult {
    const stored = events.map((e) => this.connection.atRevision.get(e.stream, e.revision));
    const repeated = stored.every((row, i) => (row as { id?: string } | undefined)?.id === events[i]!.id);
    if (!repeated || events.length === 0) return { kind: 'conflict', actual };
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
  private abandon(group: readonly Waiting[], cause: unknown): void {
    const busy = isBusy(cause);
    if (!busy) this.reopen(cause);
    const error = busy
      ? new StoreBusy('Another process is writing to the ledger; try again in a moment.', { cause })
      : new StorageFailed(reason(cause), { cause });
    for (const waiting of group) waiting.reject(error);
  }

  /**
   * After a failure nothing remembered is trusted. A full disk may have room again; after any other fault of
   * the disk (a failed flush) the page cache may show what the disk lost, so writing stops until a restart.
   */
  private reopen(cause: unknown): void {
    this.heads.clear();
    try {
      rollBack(this.connection.db);
      this.connection.db.close();
      this.connection = connect(this.open(this.path));
      this.position = lastPosition(this.connection.db.prepare(LAST_POSITION));
      if (resultCode(cause) !== undefined && !isDiskFull(cause))
        this.failure = new StorageFailed(reason(cause), { cause });
    } catch (error) {
      this.failure = new StorageFailed(reason(error), { cause: error });
    }
    if (this.failure) for (const waiting of this.queue.splice(0)) waiting.reject(this.failure);
  }
}

function reason(cause: unknown): string {
  if (isDiskFull(cause)) return 'The disk is full: nothing was written. Free some space and try again.';
  return resultCode(cause) === undefined
    ? 'The events could not be stored: nothing was written.'
    : 'The disk does not accept writes: nothing more is written until the server is restarted.';
}
