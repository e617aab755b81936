import type { StreamName } from '#decider';
import { closeDatabase, emptyWriteAheadLog, openDatabase, type Database } from '#event-store';

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

export interface OwnedKey extends WrappedKey {
  readonly owner: string;
}

/** Where wrapped keys are kept, apart from the ledger and its backups. */
export interface KeyStore {
  get(owner: string): Promise<WrappedKey | undefined>;
  /**
   * Durable when it resolves; keeps the key that is there already. Resolves to the key that stands; undefined where
   * none may be made: the owner was erased, or a newer version of the root key has wrapped the others since.
   * `stream` is mapped to the owner with the same flush.
   */
  putIfAbsent(owner: string, key: WrappedKey, stream?: StreamName): Promise<WrappedKey | undefined>;
  /** Remembers whose key seals a stream; durable when it resolves. */
  mapStream(stream: StreamName, owner: string): Promise<void>;
  /** Whose key seals a stream that was mapped, or sealed one that was erased. */
  ownerOf(stream: StreamName): Promise<string | undefined>;
  /** The streams that an owner's key seals, as far as they were mapped. */
  streamsOf(owner: string): Promise<readonly StreamName[]>;
  /** Every stream that was mapped to a key. */
  sealedStreams(): Promise<readonly StreamName[]>;
  /** Any one key, to try a root key on; undefined when there is none. */
  sample(): Promise<OwnedKey | undefined>;
  /** Puts every key of an older version through `wrap`, all in one transaction. @returns how many */
  rewrap(epoch: number, wrap: (key: OwnedKey) => Promise<Uint8Array>): Promise<number>;
  /** Lists the streams as erased and destroys the owner's key, in one transaction. Repeated, it changes nothing. */
  erase(owner: string, streams: readonly StreamName[]): Promise<void>;
  /** Streams that were sealed under the owner's key, which was destroyed; none while it stands. */
  erasedStreamsOf(owner: string): Promise<readonly StreamName[]>;
  /** Every stream that was erased. */
  erasedStreams(): Promise<readonly StreamName[]>;
  close(): Promise<void>;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS key (
  owner TEXT PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS root (epoch INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS stream (stream TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stream_by_owner ON stream (owner);
CREATE TABLE IF NOT EXISTS erased (stream TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS erased_by_owner ON erased (owner);
`;

/** The embedded key store: a file of its own, flushed at every change. */
export class SqliteKeyStore implements KeyStore {
  private constructor(private readonly db: Database) {}

  static open(path: string): SqliteKeyStore {
    const db = openDatabase(path);
    db.exec(SCHEMA);
    return new SqliteKeyStore(db);
  }

  async get(owner: string): Promise<WrappedKey | undefined> {
    const row = this.db.prepare('SELECT epoch, wrapped FROM key WHERE owner = ?').get(owner);
    return row as unknown as WrappedKey | undefined;
  }

  async putIfAbsent(owner: string, key: WrappedKey, stream?: StreamName): Promise<WrappedKey | undefined> {
    const sql = `INSERT OR IGNORE INTO key SELECT ?, ?, ?
      WHERE NOT EXISTS (SELECT 1 FROM erased WHERE owner = ?) AND NOT EXISTS (SELECT 1 FROM root WHERE epoch > ?)`;
    this.transaction(() => {
      this.db.prepare(sql).run(owner, key.epoch, key.wrapped, owner, key.epoch);
      if (stream !== undefined) this.insertStream(stream, owner);
    });
    return this.get(owner);
  }

  async mapStream(stream: StreamName, owner: string): Promise<void> {
    this.insertStream(stream, owner);
  }

  async ownerOf(stream: StreamName): Promise<string | undefined> {
    const sql = 'SELECT owner FROM stream WHERE stream = ?1 UNION SELECT owner FROM erased WHERE stream = ?1';
    const row = this.db.prepare(sql).get(stream) as unknown as { owner: string } | undefined;
    return row?.owner;
  }

  async streamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream WHERE owner = ? ORDER BY stream', owner);
  }

  async sealedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream ORDER BY stream');
  }

  async sample(): Promise<OwnedKey | undefined> {
    const row = this.db.prepare('SELECT owner, epoch, wrapped FROM key LIMIT 1').get();
    return row as unknown as OwnedKey | undefined;
  }

  async rewrap(epoch: number, wrap: (key: OwnedKey) => Promise<Uint8Array>): Promise<number> {
    const select = this.db.prepare('SELECT owner, epoch, wrapped FROM key WHERE epoch < ?');
    const old = select.all(epoch) as unknown as OwnedKey[];
    const wrapped = await Promise.all(old.map(wrap));
    const update = this.db.prepare('UPDATE key SET epoch = ?, wrapped = ? WHERE owner = ? AND epoch = ?');
    this.transaction(() => {
      old.forEach((key, i) => update.run(epoch, wrapped[i]!, key.owner, key.epoch));
      if (select.all(epoch).length > 0) throw new Error('Another program made keys meanwhile: repeat it.');
      this.db.exec('DELETE FROM root');
      this.db.prepare('INSERT INTO root VALUES (?)').run(epoch);
    });
    await emptyWriteAheadLog(this.db);
    return old.length;
  }

  async erase(owner: string, streams: readonly StreamName[]): Promise<void> {
    const list = this.db.prepare('INSERT OR IGNORE INTO erased VALUES (?, ?)');
    this.transaction(() => {
      for (const stream of streams) list.run(stream, owner);
      this.db.prepare('DELETE FROM stream WHERE owner = ?').run(owner);
      this.db.prepare('DELETE FROM key WHERE owner = ?').run(owner);
    });
    await emptyWriteAheadLog(this.db);
  }

  async erasedStreamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased WHERE owner = ? ORDER BY stream', owner);
  }

  async erasedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased ORDER BY stream');
  }

  async close(): Promise<void> {
    closeDatabase(this.db);
  }

  private insertStream(stream: StreamName, owner: string): void {
    const sql = `INSERT OR IGNORE INTO stream SELECT ?, ? WHERE EXISTS (SELECT 1 FROM key WHERE owner = ?)`;
    this.db.prepare(sql).run(stream, owner, owner);
  }

  private names(sql: string, ...parameters: string[]): readonly StreamName[] {
    const rows = this.db.prepare(sql).all(...parameters) as unknown as { stream: StreamName }[];
    return rows.map(({ stream }) => stream);
  }

  private transaction(work: () => void): void {
    this.db.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.db.exec('COMMIT');
    } catch (error) {
      this.db.exec('ROLLBACK');
      throw error;
    }
  }
}
