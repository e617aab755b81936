import { createHash } from 'node:crypto';
import { uuid8, type Id } from '#decider';
import type { InstitutionId } from '#directory';
import { closeDatabase, openDatabase, type Database, type Statement } from '#event-store';
import type { NoticeId, PersonId } from '#person';
import { Checkpoints } from '#read-store';
import { delayAfter, LONGEST_DELAY_MS } from './schedule.js';

export type DeliveryId = Id<'Delivery'>;

export interface Addressed {
  readonly notice: NoticeId;
  readonly person: PersonId;
  readonly institution: InstitutionId;
}

/** Pending is tried (again) at `nextTryMs`; null while its institution has no webhook. */
export interface Delivery extends Addressed {
  readonly delivery: DeliveryId;
  readonly state: 'pending' | 'delivered' | 'dead' | 'stopped';
  /** Tries since it was queued, or was told to begin anew. */
  readonly attempts: number;
  readonly queuedMs: number;
  readonly nextTryMs: number | null;
  readonly lastError: string | null;
}

/** What became of a delivery, as other nodes are told. */
export type Settled = Pick<Delivery, 'delivery' | 'state' | 'attempts' | 'nextTryMs' | 'lastError'>;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS delivery (
    delivery TEXT PRIMARY KEY, notice TEXT NOT NULL, person TEXT NOT NULL, institution TEXT NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL, queuedMs INTEGER NOT NULL, nextTryMs INTEGER, lastError TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, institution, nextTryMs);
  CREATE INDEX IF NOT EXISTS delivery_of_person ON delivery (person);`;

/** `?1`: now. */
const DUE = `state = 'pending' AND (nextTryMs <= ?1 OR nextTryMs > ?1 + ${LONGEST_DELAY_MS})`;

const STATEMENTS = {
  put: `INSERT INTO delivery VALUES (?, ?, ?, ?, 'pending', 0, ?, ?, NULL) ON CONFLICT DO NOTHING`,
  institutionsDue: `SELECT institution FROM delivery WHERE ${DUE} GROUP BY institution ORDER BY MIN(nextTryMs)`,
  nextDue: `SELECT * FROM delivery WHERE ${DUE} AND institution = ?2 ORDER BY nextTryMs LIMIT 1`,
  ofPerson: `SELECT * FROM delivery WHERE person = ?`,
  listed: `SELECT * FROM delivery WHERE state <> 'delivered' AND delivery > ? ORDER BY delivery LIMIT ?`,
  one: `SELECT * FROM delivery WHERE delivery = ?`,
  settle: `UPDATE delivery SET state = ?, attempts = ?, nextTryMs = ?, lastError = ? WHERE delivery = ?`,
  park: `UPDATE delivery SET nextTryMs = NULL, lastError = 'no-webhook' WHERE delivery = ?`,
  wake: `UPDATE delivery SET nextTryMs = ? WHERE state = 'pending' AND institution = ?`,
  remove: `DELETE FROM delivery WHERE delivery = ?`,
};

/**
 * Which open notice still has to reach which institution, in `outbox.db`: pseudonymous ids only. A notice that has
 * ended leaves it. Lost, it is made anew from the ledger.
 */
export class Deliveries {
  readonly checkpoints: Checkpoints;
  private readonly sql: Readonly<Record<keyof typeof STATEMENTS, Statement>>;

  private constructor(private readonly db: Database) {
    db.exec(SCHEMA);
    this.checkpoints = Checkpoints.in(db);
    const prepared = Object.entries(STATEMENTS).map(([name, sql]) => [name, db.prepare(sql)]);
    this.sql = Object.fromEntries(prepared) as typeof this.sql;
  }

  static open(path: string): Deliveries {
    return new Deliveries(openDatabase(path, { synchronous: 'NORMAL' }));
  }

  /** Once for each notice and institution, however often it is told. */
  put(addressed: Addressed, nowMs: number): void {
    const { notice, person, institution } = addressed;
    this.sql.put.run(deliveryId(addressed), notice, person, institution, nowMs, nowMs);
  }

  /** Those who have waited longest first. */
  institutionsDue(nowMs: number): readonly InstitutionId[] {
    const rows = this.sql.institutionsDue.all(nowMs) as unknown as Pick<Delivery, 'institution'>[];
    return rows.map(({ institution }) => institution);
  }

  nextDue(institution: InstitutionId, nowMs: number): Delivery | undefined {
    return this.sql.nextDue.get(nowMs, institution) as unknown as Delivery | undefined;
  }

  ofPerson(person: PersonId): readonly Delivery[] {
    return this.sql.ofPerson.all(person) as unknown as Delivery[];
  }

  /** What has not been delivered, in the order of ids, after one of them. */
  undelivered(after: string, limit: number): readonly Delivery[] {
    return this.sql.listed.all(after, limit) as unknown as Delivery[];
  }

  delivered({ delivery, attempts }: Delivery): void {
    this.sql.settle.run('delivered', attempts + 1, null, null, delivery);
  }

  /** The receiver wants no more of it. */
  stopped({ delivery, attempts }: Delivery): void {
    this.sql.settle.run('stopped', attempts + 1, null, 'gone', delivery);
  }

  /** It will be tried again later, or is a dead letter. */
  failed({ delivery, attempts }: Delivery, error: string, nowMs: number): void {
    const delay = delayAfter(attempts + 1);
    const [state, next] = delay === undefined ? ['dead', null] : ['pending', nowMs + delay];
    this.sql.settle.run(state!, attempts + 1, next!, error, delivery);
  }

  /** Waits without being tried until its institution has a webhook. */
  park({ delivery }: Delivery): void {
    this.sql.park.run(delivery);
  }

  /** Everything pending of an institution is due: it has another webhook. */
  wake(institution: InstitutionId, nowMs: number): void {
    this.sql.wake.run(nowMs, institution);
  }

  /** Begins anew, whatever became of it. @returns undefined where there is no such delivery that is not done */
  retry(delivery: DeliveryId, nowMs: number): Delivery | undefined {
    const found = this.sql.one.get(delivery) as unknown as Delivery | undefined;
    if (!found || found.state === 'delivered') return undefined;
    this.sql.settle.run('pending', 0, nowMs, found.lastError, delivery);
    return this.sql.one.get(delivery) as unknown as Delivery;
  }

  /** As another node says; whatever is not queued here is passed by. */
  settle({ delivery, state, attempts, nextTryMs, lastError }: Settled): void {
    this.sql.settle.run(state, attempts, nextTryMs, lastError, delivery);
  }

  stateOf({ delivery: id }: Delivery): Settled | undefined {
    const found = this.sql.one.get(id) as unknown as Delivery | undefined;
    if (!found) return undefined;
    const { delivery, state, attempts, nextTryMs, lastError } = found;
    return { delivery, state, attempts, nextTryMs, lastError };
  }

  remove({ delivery }: Delivery): void {
    this.sql.remove.run(delivery);
  }

  close(): void {
    closeDatabase(this.db);
  }
}

/** The same after the file was lost. */
function deliveryId({ notice, institution }: Addressed): DeliveryId {
  return uuid8(createHash('sha256').update(`delivery ${notice} ${institution}`).digest());
}
