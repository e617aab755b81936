import { START, type EventToAppend, type StoredEvent } from '../store.js';
import type { Database, Statement } from './driver.js';

/** Positions are given out inside the transaction; AUTOINCREMENT never gives one out twice, even after an erasure. */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS event (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  schema INTEGER NOT NULL,
  recorded_at TEXT NOT NULL,
  effective_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  command_id TEXT NOT NULL,
  correlation_id TEXT NOT NULL,
  causation_id TEXT,
  commitment BLOB NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS event_by_stream ON event (stream, revision);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

export function createSchema(db: Database): void {
  db.exec(SCHEMA);
}

export interface EventRow {
  position: number;
  stream: string;
  revision: number;
  id: string;
  type: string;
  schema: number;
  recorded_at: string;
  effective_at: string;
  actor: string;
  command_id: string;
  correlation_id: string;
  causation_id: string | null;
  commitment: Uint8Array;
  body: Uint8Array;
}

export function prepareInsert(db: Database): Statement {
  return db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
}

export function insertEvent(insert: Statement, position: number, e: EventToAppend): void {
  insert.run(
    position,
    e.stream,
    e.revision,
    e.id,
    e.type,
    e.schema,
    e.recordedAt,
    JSON.stringify(e.effectiveAt),
    JSON.stringify(e.actor),
    e.commandId,
    e.correlationId,
    e.causationId,
    e.commitment,
    e.body,
  );
}

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    id: row.id,
    type: row.type,
    schema: row.schema,
    recordedAt: row.recorded_at,
    effectiveAt: JSON.parse(row.effective_at),
    actor: JSON.parse(row.actor),
    commandId: row.command_id,
    correlationId: row.correlation_id,
    causationId: row.causation_id,
    commitment: row.commitment,
    body: row.body,
  } as StoredEvent;
}

/** From the sequence, not from the rows: an erasure may have removed the last of them. */
export const LAST_POSITION = "SELECT seq FROM sqlite_sequence WHERE name = 'event'";

export function lastPosition(select: Statement): number {
  return (select.get() as { seq: number } | undefined)?.seq ?? START;
}
