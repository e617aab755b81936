import { createRequire } from 'node:module';
type Driver = typeof import('@photostructure/sqlite');
export type Database = InstanceType<Driver['DatabaseSync']>;
export type Statement = ReturnType<Database['prepare']>;

/**
 * One API, two drivers: Node's own where it has one (22.13 and later), else the same API as a package whose
 * binary ships inside it (Node 20).
 */
function loadDriver(): Driver {
  const builtin = process.getBuiltinModule?.('node:sqlite') as unknown as Driver | undefined;
  return builtin ?? (createRequire(import.meta.url)('@photostructure/sqlite') as Driver);
}

const driver = loadDriver();

export interface OpenOptions {
  readonly readOnly?: boolean;
  /** FULL for what must survive a power cut, OFF for files that can be rebuilt. */
  readonly synchronous?: 'FULL' | 'OFF';
}

/** secure_delete and temp_store are per connection, so every connection sets them: erased means erased. */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const db = new driver.DatabaseSync(path, { readOnly: options.readOnly ?? false });
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
  if (!options.readOnly)
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.synchronous ?? 'FULL'};
      PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -65536;`);
  return db;
}

/** A consistent copy of a database in use, page by page; the writer is not held up. */
export async function backupDatabase(db: Database, path: string): Promise<void> {
  await driver.backup(db, path);
}

const SQLITE_FULL = 13;

/** SQLite's primary result code, where the error carries one. */
export function isDiskFull(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  if (code !== undefined) return (code & 0xff) === SQLITE_FULL;
  return error instanceof Error && error.message.includes('disk is full');
}
