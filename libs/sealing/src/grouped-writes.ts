import { inTransaction, type Database } from '#event-store';

interface Waiting {
  write(): void;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes that wait together are one transaction, and so one flush; each resolves when all of them are on disk. */
export class GroupedWrites {
  private waiting: Waiting[] = [];

  constructor(private readonly db: Database) {}

  /** @param write MUST be synchronous; where one of a group fails, none of it is written and all are rejected */
  add(write: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.flush());
      this.waiting.push({ write, resolve, reject });
    });
  }

  /** What waits, now: for what must come after it. */
  flush(): void {
    const group = this.waiting;
    if (group.length === 0) return;
    this.waiting = [];
    try {
      inTransaction(this.db, () => group.forEach(({ write }) => write()));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { resolve } of group) resolve();
  }
}
