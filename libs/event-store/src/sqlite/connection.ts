import type { Database, Statement } from './driver.js';
import { prepareInsert } from './rows.js';

/** Statements of one open connection; all are replaced when the file is reopened. */
export interface Connection {
  readonly db: Database;
  readonly insert: Statement;
  readonly last: Statement;
  readonly atRevision: Statement;
}

export function connect(db: Database): Connection {
  return {
    db,
    insert: prepareInsert(db),
    last: db.prepare('SELECT max(revision) AS revision FROM event WHERE stream = ?'),
    atRevision: db.prepare('SELECT id, position FROM event WHERE stream = ? AND revision = ?'),
  };
}

/** Before closing: a driver that closes late would hold the write lock of a transaction that is still open. */
export function rollBack(db: Database): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself.
  }
}
