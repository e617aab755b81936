import { copyFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asId, streamName, type Instant } from '#decider';
import { openDatabase, SqliteEventStore, type EventToAppend } from '#event-store';

/**
 * Fills the small disk it is given until appends fail, makes room, goes on, and copies the ledger out. Tells
 * what happened as one line of JSON.
 */
const [disk, copyTo] = process.argv.slice(2) as [string, string];
const path = join(disk, 'ledger.db');
const ballast = join(disk, 'ballast');
const acknowledged: string[] = [];

function event(stream: string, revision: number): EventToAppend {
  return {
    id: asId<'Event'>(`${stream}/${revision}`),
    stream: streamName(stream),
    revision,
    type: 'Written',
    schema: 1,
    recordedAt: '2026-01-09T10:00:00.000Z' as Instant,
    effectiveAt: '2026-01-09T10:00:00.000Z' as Instant,
    actor: { kind: 'client', id: 'flood' },
    commandId: asId<'Command'>(stream),
    correlationId: asId<'Correlation'>(stream),
    causationId: null,
    commitment: new Uint8Array(32),
    body: new Uint8Array(3000),
  };
}

/** Several appends at once, of three events each, so that a group fails in its midst. */
async function append(store: SqliteEventStore, round: number): Promise<{ name: string; message: string }[]> {
  const streams = [0, 1, 2].map((i) => `flood-${round}.${i}`);
  const results = await Promise.allSettled(
    streams.map(async (stream) => {
      const events = [0, 1, 2].map((revision) => event(stream, revision));
      await store.append(streamName(stream), events, -1);
      acknowledged.push(...events.map((e) => e.id));
    }),
  );
  return results.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    const { name, message } = result.reason as Error;
    return [{ name, message }];
  });
}

function storedNow(): string[] {
  const db = openDatabase(path, { readOnly: true });
  const rows = db.prepare('SELECT id FROM event ORDER BY position').all() as { id: string }[];
  db.close();
  return rows.map((row) => row.id);
}

writeFileSync(ballast, new Uint8Array(400_000));
const store = SqliteEventStore.open(path);
let failures: { name: string; message: string }[] = [];
let round = 0;
while (failures.length === 0 && round < 1000) failures = await append(store, round++);
for (let again = 0; again < 3; again++) failures.push(...(await append(store, round++)));
const whenFull = {
  acknowledged: [...acknowledged],
  stored: storedNow(),
  read: (await store.readAll(0, 9999)).length,
};
rmSync(ballast);
const afterRoom: { name: string; message: string }[] = [];
for (let more = 0; more < 3; more++) afterRoom.push(...(await append(store, round++)));
await store.close();
// A disk that is too small to fold the log into the file keeps both.
for (const part of ['', '-wal'].filter((each) => existsSync(path + each)))
  copyFileSync(path + part, copyTo + part);
process.stdout.write(JSON.stringify({ failures, whenFull, afterRoom, acknowledged }));
