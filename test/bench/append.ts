import { rmSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { asId, streamName, type Instant } from '#decider';
import { newEventId, openDatabase, SqliteEventStore, type EventToAppend } from '#event-store';
import { measure, rate, type Measured, type Metric } from './measure.js';

const BODY = randomBytes(600);
const COMMITMENT = randomBytes(32);

/** An unsealed event of typical size, on a stream of its own. */
export function anEvent(): EventToAppend {
  return {
    id: newEventId(Date.now()),
    stream: streamName('bench', randomUUID()),
    revision: 0,
    type: 'DisclosureRecorded',
    schema: 1,
    recordedAt: '2026-01-01T00:00:00.000Z' as Instant,
    effectiveAt: '2026-01-01T00:00:00.000Z' as Instant,
    actor: { kind: 'client', id: 'bench' },
    commandId: asId<'Command'>(randomUUID()),
    correlationId: asId<'Correlation'>(randomUUID()),
    causationId: null,
    commitment: COMMITMENT,
    body: BODY,
  };
}

let files = 0;

/** Store appends by C callers, against the same rows inserted by hand, C to a transaction. */
export async function appendBench(folder: string): Promise<readonly Metric[]> {
  const metrics: Metric[] = [];
  for (const callers of [1, 100, 1000])
    metrics.push(await measure(appends(folder, callers, callers === 1 ? 0.9 : 0.7)));
  return metrics;
}

function appends(folder: string, callers: number, goal: number): Measured {
  const count = Math.max(400, callers * 20);
  return {
    name: `append-${callers}`,
    what: `${count} unsealed appends by ${callers} concurrent callers`,
    against: 'bare SQLite inserts of the same rows, same batches, events/s',
    unit: 'events/s',
    goal,
    ours: async () => {
      const path = join(folder, `ours-${files++}.db`);
      const store = SqliteEventStore.open(path);
      const events = Array.from({ length: count }, anEvent);
      const result = await rate(count, callers, (i) => store.append(events[i]!.stream, [events[i]!], -1));
      await store.close();
      removeDatabase(path);
      return result;
    },
    peer: async () => bareInserts(join(folder, `bare-${files++}.db`), count, callers),
  };
}

async function bareInserts(path: string, count: number, batch: number): Promise<number> {
  await SqliteEventStore.open(path).close();
  const db = openDatabase(path);
  const insert = db.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const events = Array.from({ length: count }, anEvent);
  const startMs = performance.now();
  for (let at = 0; at < count; at += batch) {
    db.exec('BEGIN IMMEDIATE');
    for (let i = at; i < Math.min(count, at + batch); i++) {
      const e = events[i]!;
      const effective = JSON.stringify(e.effectiveAt);
      const actor = JSON.stringify(e.actor);
      const ids = [e.commandId, e.correlationId, e.causationId] as const;
      const head = [
        i + 1,
        e.stream,
        e.revision,
        e.id,
        e.type,
        e.schema,
        e.recordedAt,
        effective,
        actor,
      ] as const;
      insert.run(...head, ...ids, e.commitment, e.body);
    }
    db.exec('COMMIT');
  }
  const result = (count / (performance.now() - startMs)) * 1000;
  db.close();
  removeDatabase(path);
  return result;
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}
