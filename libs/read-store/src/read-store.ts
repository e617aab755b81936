import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  emptyWriteAheadLog,
  inTransaction,
  openDatabase,
  preparedOn,
  type Database,
  type Statement,
} from '#event-store';
import { differing } from './differing.js';
import { createIndexes, createTable, OPEN_END, type Change, type Forgetting, type Table } from './table.js';

type Value = string | number | null | Uint8Array;
export type SqlRow = Readonly<Record<string, Value>>;
export type ResolvedRow = SqlRow;
/** A change whose sealed and blind cells have become bytes. */
export interface ResolvedChange extends Omit<Change, 'rows'> {
  readonly rows: readonly ResolvedRow[];
}

const META = 'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;';

/**
 * One generation of the read models: a file that can be thrown away. Rows and checkpoint change in one
 * transaction, so the file always tells one moment of the ledger.
 */
export class ReadStore {
  private readonly prepare: (sql: string) => Statement;
  private readonly changes = new Map<Table, Changing>();
  private newestMs = Number.MIN_SAFE_INTEGER;

  private constructor(
    readonly path: string,
    private readonly db: Database,
  ) {
    this.prepare = preparedOn(db);
  }

  static open(path: string, tables: readonly Table[]): ReadStore {
    const fresh = !existsSync(path);
    const db = openDatabase(path, { synchronous: fresh ? 'OFF' : 'NORMAL' });
    const store = new ReadStore(path, db);
    if (fresh) {
      db.exec(META + tables.map(createTable).join('\n'));
      store.setMeta('shape', shapeOf(tables));
      store.setMeta('checkpoint', '0');
    }
    store.newestMs = Number(store.meta('newest') ?? Number.MIN_SAFE_INTEGER);
    return store;
  }

  /** Answers questions while another connection, perhaps another thread's, applies changes. */
  static openToRead(path: string): ReadStore {
    return new ReadStore(path, openDatabase(path, { readOnly: true }));
  }

  get checkpoint(): number {
    return Number(this.meta('checkpoint') ?? 0);
  }

  /** When the newest fact in it was recorded, epoch ms: later than the clock if that was set back meanwhile. */
  get newestRecordedMs(): number {
    return this.newestMs;
  }

  meta(key: string): string | undefined {
    return this.all('SELECT value FROM meta WHERE key = ?', key)[0]?.['value'] as string | undefined;
  }

  setMeta(key: string, value: string): void {
    const sql = 'INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value';
    this.prepare(sql).run(key, value);
  }

  /**
   * Sorts in a file beside this one: in memory, the keys of ten million events would take gigabytes. They are ids, codes
   * and dates; nothing that is sealed is in them.
   */
  createIndexes(tables: readonly Table[]): void {
    const beside = dirname(this.path).replaceAll("'", "''");
    this.db.exec(`PRAGMA temp_store_directory = '${beside}'; PRAGMA temp_store = FILE;`);
    this.db.exec(tables.map(createIndexes).join('\n'));
    this.db.exec('PRAGMA temp_store = MEMORY');
  }

  /** Ends the building of a new file: from here on it stays whole through a power cut, and counts. */
  complete(): void {
    this.db.exec('PRAGMA synchronous = FULL');
    this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.setMeta('complete', 'yes');
    this.db.exec('PRAGMA synchronous = NORMAL');
  }

  apply(changes: readonly (ResolvedChange | Forgetting)[], checkpoint: number): void {
    const newestMs = changes.reduce(
      (ms, change) => ('forget' in change ? ms : Math.max(ms, change.recordedMs)),
      this.newestMs,
    );
    inTransaction(this.db, () => {
      for (const change of changes)
        if ('forget' in change) this.forget(change.forget);
        else this.replace(change);
      this.setMeta('checkpoint', String(checkpoint));
      this.setMeta('newest', String(newestMs));
    });
    this.newestMs = newestMs;
  }

  /** `parameters` by name (`:known`) as one object, or by place. */
  all(sql: string, ...parameters: (Value | Readonly<Record<string, Value>>)[]): readonly SqlRow[] {
    return this.prepare(sql).all(...(parameters as Value[])) as unknown as SqlRow[];
  }

  /** What was deleted stands in the file's write-ahead log no more. */
  emptyWriteAheadLog(): Promise<void> {
    return emptyWriteAheadLog(this.db);
  }

  /** Tables that still have a row of this person. */
  mentioning(person: string): readonly string[] {
    return this.personal().filter(
      (name) => this.all(`SELECT 1 FROM ${name} WHERE person = ? LIMIT 1`, person).length > 0,
    );
  }

  close(): void {
    this.db.close();
  }

  private forget(person: string): void {
    for (const name of this.personal()) this.prepare(`DELETE FROM ${name} WHERE person = ?`).run(person);
  }

  /** Tables whose rows say whom they are about. */
  private personal(): readonly string[] {
    const sql = `SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
      WHERE m.type = 'table' AND c.name = 'person'`;
    return this.all(sql).map(({ name }) => String(name));
  }

  /** Closes what no longer stands, adds what is new, leaves alone what is as it was. */
  private replace({ table, scope, rows, recordedMs }: ResolvedChange): void {
    const { columns, select, insert } = this.changing(table);
    const keys = table.scope.map((column) => scope[column]!);
    const open = select.all(...keys) as unknown as SqlRow[];
    const { gone, fresh } = differing(open, rows, columns);
    for (const row of gone) this.end(table, row, recordedMs);
    for (const row of fresh) insert.run(...columns.map((column) => row[column] ?? null), recordedMs);
  }

  /** What was believed for no time at all leaves no row. */
  private end(table: Table, row: SqlRow, recordedMs: number): void {
    const { remove, close } = this.changing(table);
    if (row['recorded_from'] === recordedMs) remove.run(row['row_id']!);
    else close.run(recordedMs, row['row_id']!);
  }

  private changing(table: Table): Changing {
    let statements = this.changes.get(table);
    if (!statements) this.changes.set(table, (statements = changing(table, this.db)));
    return statements;
  }
}

/** What is said to a table again and again. */
interface Changing {
  readonly columns: readonly string[];
  readonly select: Statement;
  readonly insert: Statement;
  readonly remove: Statement;
  readonly close: Statement;
}

function changing({ name, columns: typed, scope }: Table, db: Database): Changing {
  const columns = Object.keys(typed);
  const where = scope.map((column) => `${column} = ?`).join(' AND ');
  const marks = columns.map(() => '?').join(', ');
  return {
    columns,
    select: db.prepare(`SELECT rowid AS row_id, * FROM ${name} WHERE ${where} AND recorded_to = ${OPEN_END}`),
    insert: db.prepare(`INSERT INTO ${name} VALUES (${marks}, ?, ${OPEN_END})`),
    remove: db.prepare(`DELETE FROM ${name} WHERE rowid = ?`),
    close: db.prepare(`UPDATE ${name} SET recorded_to = ? WHERE rowid = ?`),
  };
}

/** Two builds with different tables must not share a file. */
export function shapeOf(tables: readonly Table[]): string {
  const text = tables.map((table) => createTable(table) + createIndexes(table)).join('\n');
  return createHash('sha256').update(text).digest('base64url');
}

/** Files `read-<n>.db` of a folder, newest first. */
export function generations(folder: string): readonly { readonly n: number; readonly path: string }[] {
  return readdirSync(folder)
    .map((name) => /^read-(\d+)\.db$/.exec(name))
    .filter((match) => match !== null)
    .map((match) => ({ n: Number(match[1]), path: join(folder, match[0]) }))
    .sort((a, b) => b.n - a.n);
}

export function removeGeneration(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}
