import type { StoredEvent } from '../store.js';
import { openDatabase } from './driver.js';
import { toStoredEvent, type EventRow } from './rows.js';

const PAGE = 500;

/** A row as an auditor meets it: perhaps with columns that cannot be read. */
export type LedgerRow = StoredEvent | { readonly position: number; readonly unreadable: string };

/** A ledger file for whoever trusts nothing of it: read only, by position, without its indexes. */
export class LedgerFile {
  private constructor(private readonly db: ReturnType<typeof openDatabase>) {}

  /** @throws when there is no database, or none that can be opened */
  static open(path: string): LedgerFile {
    return new LedgerFile(openDatabase(path, { readOnly: true }));
  }

  /** Every row, in order of position. @throws where the file is damaged so that SQLite cannot go on */
  *rows(): Iterable<LedgerRow> {
    const select = this.db.prepare(
      'SELECT * FROM event NOT INDEXED WHERE position > ? ORDER BY position LIMIT ?',
    );
    // Nothing that we write stands at 0 or before; somebody else may have put it there.
    for (let after = Number.NEGATIVE_INFINITY; ;) {
      const page = select.all(after, PAGE) as unknown as EventRow[];
      yield* page.map(readable);
      if (page.length < PAGE) return;
      after = page.at(-1)!.position;
    }
  }

  /** What SQLite itself finds wrong with pages and indexes: nothing in a sound file. */
  damages(): readonly string[] {
    const found = this.db.prepare('PRAGMA integrity_check(20)').all() as { integrity_check: string }[];
    return found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }

  close(): void {
    this.db.close();
  }
}

function readable(row: EventRow): LedgerRow {
  try {
    return toStoredEvent(row);
  } catch {
    return { position: row.position, unreadable: String(row.stream) };
  }
}
