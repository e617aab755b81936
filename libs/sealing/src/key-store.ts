import { closeDatabase, openDatabase, type Database } from '#event-store';

export interface WrappedKey {
  readonly epoch: number;
  readonly wrapped: Uint8Array;
}

/** Where wrapped keys are kept, apart from the ledger and its backups. */
export interface KeyStore {
  get(owner: string): Promise<WrappedKey | undefined>;
  /** Durable when it resolves; keeps the key that is there already. Resolves to the key that stands. */
  putIfAbsent(owner: string, key: WrappedKey): Promise<WrappedKey>;
  close(): Promise<void>;
}

const SCHEMA = `
CREATE TABLE IF NOT EXISTS key (
  owner TEXT PRIMARY KEY, epoch INTEGER NOT NULL, wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;
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

  async putIfAbsent(owner: string, key: WrappedKey): Promise<WrappedKey> {
    this.db.prepare('INSERT OR IGNORE INTO key VALUES (?, ?, ?)').run(owner, key.epoch, key.wrapped);
    return (await this.get(owner))!;
  }

  async close(): Promise<void> {
    closeDatabase(this.db);
  }
}
