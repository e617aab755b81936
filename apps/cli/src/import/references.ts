import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, openDatabase, type Database, type Statement } from '#event-store';

const SCHEMA =
  'CREATE TABLE reference (ref TEXT PRIMARY KEY, line INTEGER NOT NULL, id TEXT) STRICT, WITHOUT ROWID';
const STATEMENTS = {
  find: 'SELECT line, id FROM reference WHERE ref = ?',
  take: `INSERT INTO reference VALUES (?, ?, NULL)
    ON CONFLICT (ref) DO UPDATE SET line = excluded.line WHERE line = 0`,
  made: `INSERT INTO reference VALUES (?, 0, ?) ON CONFLICT (ref) DO UPDATE SET id = excluded.id`,
};

interface Reference {
  /** Where it stands; 0: in an earlier import. */
  readonly line: number;
  /** Of what its line made; null where it made nothing, or not yet. */
  readonly id: string | null;
}

/** Which id the ledger gave to what a line names, on disk while the import runs: a file may name millions. */
export class References {
  private readonly sql: Readonly<Record<keyof typeof STATEMENTS, Statement>>;

  private constructor(
    private readonly folder: string,
    private readonly db: Database,
  ) {
    db.exec(SCHEMA);
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, db.prepare(sql)]);
    this.sql = Object.fromEntries(prepared) as typeof this.sql;
  }

  static open(): References {
    const folder = mkdtempSync(join(tmpdir(), 'sillage-import-'));
    return new References(folder, openDatabase(join(folder, 'references.db'), { synchronous: 'OFF' }));
  }

  /** @returns the line where this reference stands already */
  take(ref: string, line: number): number | undefined {
    return this.sql.take.run(ref, line).changes > 0 ? undefined : this.find(ref)!.line;
  }

  made(ref: string, id: string): void {
    this.sql.made.run(ref, id);
  }

  find(ref: string): Reference | undefined {
    return this.sql.find.get(ref) as unknown as Reference | undefined;
  }

  close(): void {
    closeDatabase(this.db);
    rmSync(this.folder, { recursive: true });
  }
}
