import { inTransaction, preparedOn, type Database, type Statement } from '#event-store';

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** One connection, its statements prepared once. */
export class SqlFile {
  readonly prepare: (sql: string) => Statement;

  constructor(private readonly db: Database) {
    this.prepare = preparedOn(db);
  }

  exec(sql: string): void {
    this.db.exec(sql);
  }

  inTransaction(work: () => void): void {
    inTransaction(this.db, work);
  }

  get(sql: string, ...parameters: Value[]): Row | undefined {
    return this.prepare(sql).get(...parameters) as Row | undefined;
  }

  all(sql: string, ...parameters: (Value | Readonly<Record<string, Value>>)[]): readonly Row[] {
    return this.prepare(sql).all(...(parameters as Value[])) as unknown as Row[];
  }

  close(): void {
    this.db.close();
  }
}
