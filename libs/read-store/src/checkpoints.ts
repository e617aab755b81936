import { closeDatabase, openDatabase, type Database, type Statement } from '#event-store';

/** Up to which position each reaction has read. Lost, it reads again from the first event, and records nothing twice. */
export class Checkpoints {
  private readonly read: Statement;
  private readonly write: Statement;

  private constructor(private readonly db: Database) {
    db.exec(
      'CREATE TABLE IF NOT EXISTS checkpoint (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT',
    );
    this.read = db.prepare('SELECT position FROM checkpoint WHERE name = ?');
    this.write = db.prepare(
      'INSERT INTO checkpoint VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position',
    );
  }

  static open(path: string): Checkpoints {
    return new Checkpoints(openDatabase(path, { synchronous: 'NORMAL' }));
  }

  /** Beside what a reaction writes, so that both are lost together. Whoever opened the file closes it. */
  static in(db: Database): Checkpoints {
    return new Checkpoints(db);
  }

  of(name: string): number {
    return (this.read.get(name) as { position: number } | undefined)?.position ?? 0;
  }

  set(name: string, position: number): void {
    this.write.run(name, position);
  }

  /** For a ledger that moved to another engine, which gives out positions of its own. */
  forget(): void {
    this.db.exec('DELETE FROM checkpoint');
  }

  close(): void {
    closeDatabase(this.db);
  }
}
