import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
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
  /**
   * FULL: every commit survives a power cut. NORMAL: the file stays whole, its last commits may be lost. OFF: for a
   * file that counts only when it is complete.
   */
  readonly synchronous?: 'FULL' | 'NORMAL' | 'OFF';
  /** A file that is only there to be locked: no waiting, no journal of its own. */
  readonly lock?: boolean;
}

/** How a writer opens its file, also anew after a fault: benchmarks pass one whose flushes take longer. */
export type OpenDatabase = (path: string) => Database;

/** Of each connection that writes, and there are six: what does not fit is in the system's own cache. */
const CACHE_KIB = 8_192;

/** secure_delete and temp_store are per connection, so every connection sets them: erased means erased. */
export function openDatabase(path: string, options: OpenOptions = {}): Database {
  const db = new driver.DatabaseSync(path, { readOnly: options.readOnly ?? false });
  if (options.lock) {
    db.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY;');
    return db;
  }
  db.exec('PRAGMA busy_timeout = 5000; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;');
  if (!options.readOnly)
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${options.synchronous ?? 'FULL'};
      PRAGMA wal_autocheckpoint = 10000; PRAGMA cache_size = -${CACHE_KIB};`);
  return db;
}

/**
 * Closes a connection that writes, with the write-ahead log folded into the file, so that the file alone is the
 * whole database. SQLite does that at the last close by itself, but the packaged driver keeps a connection
 * half open until its statements are collected.
 */
export function closeDatabase(db: Database): void {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // A full or failing disk: the log stays and is read when the file is opened again.
  }
  db.close();
}

const EMPTYING_ATTEMPTS = 200;
const EMPTYING_PAUSE_MS = 50;

/**
 * Folds the write-ahead log into the file and cuts it to nothing, so that what was deleted stands nowhere. Under an
 * open reader SQLite answers `busy` without an error and leaves everything there: it is asked again until it is done.
 * @throws when readers hold it for more than ten seconds
 */
export async function emptyWriteAheadLog(db: Database): Promise<void> {
  for (let attempt = 0; attempt < EMPTYING_ATTEMPTS; attempt++) {
    // Not waiting inside SQLite: that would hold up the whole process, and a reader in it.
    db.exec('PRAGMA busy_timeout = 0');
    const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    db.exec('PRAGMA busy_timeout = 5000');
    if (busy === 0) return;
    await sleep(EMPTYING_PAUSE_MS);
  }
  throw new Error('The write-ahead log could not be emptied: another program reads the file. Repeat it.');
}

const ALL_PAGES = 2 ** 31 - 1;

/**
 * A consistent copy of a database in use; the writer is not held up. In one step: SQLite begins anew when somebody
 * writes between two, and beside a busy server would never end.
 */
export async function backupDatabase(db: Database, path: string): Promise<void> {
  await driver.backup(db, path, { rate: ALL_PAGES });
}

/** The statements of one connection, each prepared when it is first asked for. */
export function preparedOn(db: Database): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
}

/** All of it or nothing. */
export function inTransaction(db: Database, work: () => void): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    work();
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

const SQLITE_BUSY = 5;
const SQLITE_FULL = 13;
const SQLITE_CONSTRAINT = 19;

/** SQLite's primary result code; undefined when the error is not SQLite's. */
export function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: number }).errcode;
  return code === undefined ? undefined : code & 0xff;
}

export function isDiskFull(error: unknown): boolean {
  return resultCode(error) === SQLITE_FULL;
}

/** A row is there already; the statement changed nothing. */
export function isConstraint(error: unknown): boolean {
  return resultCode(error) === SQLITE_CONSTRAINT;
}

/** Another connection holds the file and did not let go of it within the time that a connection waits. */
export function isBusy(error: unknown): boolean {
  return resultCode(error) === SQLITE_BUSY;
}
