import type { StreamName } from '#decider';
import {
  closeDatabase,
  emptyWriteAheadLog,
  inTransaction,
  openDatabase,
  preparedOn,
  type Database,
  type Statement,
} from '#event-store';
import { GroupedWrites } from './grouped-writes.js';
import { KEYS_PAGE, type KeyStore, type OwnedKey, type WrappedKey } from './key-store.js';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS key (
  owner TEXT PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS root (epoch INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS stream (stream TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stream_by_owner ON stream (owner);
CREATE TABLE IF NOT EXISTS erased (stream TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS erased_by_owner ON erased (owner);
CREATE TABLE IF NOT EXISTS destroyed (owner TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The embedded key store: a file of its own, flushed before a change counts. */
export class SqliteKeyStore implements KeyStore {
  private readonly prepare: (sql: string) => Statement;
  private readonly writes: GroupedWrites;

  private constructor(private readonly db: Database) {
    this.prepare = preparedOn(db);
    this.writes = new GroupedWrites(db);
  }

  static open(path: string): SqliteKeyStore {
    const db = openDatabase(path);
    db.exec(SCHEMA);
    return new SqliteKeyStore(db);
  }

  async get(owner: string): Promise<WrappedKey | undefined> {
    const row = this.prepare('SELECT epoch, wrapped FROM key WHERE owner = ?').get(owner);
    return row as unknown as WrappedKey | undefined;
  }

  async putIfAbsent(owner: string, key: WrappedKey, stream?: StreamName): Promise<WrappedKey | undefined> {
    const sql = `INSERT OR IGNORE INTO key SELECT ?, ?, ?
      WHERE NOT EXISTS (SELECT 1 FROM erased WHERE owner = ?) AND NOT EXISTS (SELECT 1 FROM root WHERE epoch > ?)`;
    await this.writes.add(() => {
      this.prepare(sql).run(owner, key.epoch, key.wrapped, owner, key.epoch);
      if (stream !== undefined) this.insertStream(stream, owner);
    });
    return this.get(owner);
  }

  mapStream(stream: StreamName, owner: string): Promise<void> {
    return this.writes.add(() => this.insertStream(stream, owner));
  }

  async ownerOf(stream: StreamName): Promise<string | undefined> {
    const sql = 'SELECT owner FROM stream WHERE stream = ?1 UNION SELECT owner FROM erased WHERE stream = ?1';
    const row = this.prepare(sql).get(stream) as unknown as { owner: string } | undefined;
    return row?.owner;
  }

  async streamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream WHERE owner = ? ORDER BY stream', owner);
  }

  async sealedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream ORDER BY stream');
  }

  async keysAfter(owner: string): Promise<readonly OwnedKey[]> {
    const sql = 'SELECT owner, epoch, wrapped FROM key WHERE owner > ? ORDER BY owner LIMIT ?';
    return this.db.prepare(sql).all(owner, KEYS_PAGE) as unknown as OwnedKey[];
  }

  async sample(): Promise<OwnedKey | undefined> {
    const row = this.db.prepare('SELECT owner, epoch, wrapped FROM key LIMIT 1').get();
    return row as unknown as OwnedKey | undefined;
  }

  async rewrap(epoch: number, wrap: (key: OwnedKey) => Promise<WrappedKey>): Promise<number> {
    inTransaction(this.db, () => {
      this.db.prepare('DELETE FROM root WHERE epoch < ?').run(epoch);
      this.db.prepare('INSERT OR IGNORE INTO root VALUES (?)').run(epoch);
    });
    const select = this.db.prepare('SELECT owner, epoch, wrapped FROM key WHERE epoch < ? LIMIT ?');
    const update = this.db.prepare('UPDATE key SET epoch = ?, wrapped = ? WHERE owner = ? AND epoch = ?');
    for (let count = 0; ;) {
      const page = select.all(epoch, KEYS_PAGE) as unknown as OwnedKey[];
      if (page.length === 0) {
        await emptyWriteAheadLog(this.db);
        return count;
      }
      const keys = await Promise.all(page.map(wrap));
      inTransaction(this.db, () =>
        page.forEach(({ owner, epoch: old }, i) => update.run(keys[i]!.epoch, keys[i]!.wrapped, owner, old)),
      );
      count += page.length;
    }
  }

  async erase(owner: string, streams: readonly StreamName[]): Promise<void> {
    this.writes.flush();
    const list = this.db.prepare('INSERT OR IGNORE INTO erased VALUES (?, ?)');
    inTransaction(this.db, () => {
      for (const stream of streams) list.run(stream, owner);
      this.db.prepare('DELETE FROM stream WHERE owner = ?').run(owner);
      this.db.prepare('DELETE FROM key WHERE owner = ?').run(owner);
      this.db.prepare('INSERT OR IGNORE INTO destroyed VALUES (?, ?)').run(owner, Date.now());
    });
    await emptyWriteAheadLog(this.db);
  }

  async erasedForMs(owner: string): Promise<number | undefined> {
    const row = this.db.prepare('SELECT at_ms FROM destroyed WHERE owner = ?').get(owner);
    return row && Math.max(0, Date.now() - Number(row['at_ms']));
  }

  async erasedStreamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased WHERE owner = ? ORDER BY stream', owner);
  }

  async erasedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased ORDER BY stream');
  }

  async close(): Promise<void> {
    this.writes.flush();
    closeDatabase(this.db);
  }

  private insertStream(stream: StreamName, owner: string): void {
    const sql = `INSERT OR IGNORE INTO stream SELECT ?, ? WHERE EXISTS (SELECT 1 FROM key WHERE owner = ?)`;
    this.prepare(sql).run(stream, owner, owner);
  }

  private names(sql: string, ...parameters: string[]): readonly StreamName[] {
    const rows = this.prepare(sql).all(...parameters) as unknown as { stream: StreamName }[];
    return rows.map(({ stream }) => stream);
  }
}
