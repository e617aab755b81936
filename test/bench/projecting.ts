import { join } from 'node:path';
import { KnowledgeProjector, TABLES } from '#knowledge';
import { ProjectionRunner, ReadStore } from '#read-store';
import { Box } from './box.js';
import { measure, type Metric } from './measure.js';
import { insist, type Peer } from './peer.js';
import { beginning, holder, idOf, onDay, told } from './story.js';
import type { PersonEvent, PersonId } from '#person';

const PERSONS = 1_000;
const EVENTS = 10;
const BATCH = 1_000;

/** Everything that is known of one of many persons: ten events. Disclosures run over five years. */
export function life(n: number): [PersonId, number, readonly PersonEvent[]] {
  const person = idOf<'Person'>(n + 10, 1);
  const acts = Array.from({ length: EVENTS - 2 }, (_, i) =>
    told({
      n: n * EVENTS + i + 1_000_000,
      from: holder(i),
      to: holder(i + 1, 1 + (n % 50)),
      day: (n * 7 + i * 200) % 1_800,
    }),
  );
  return [person, n, [...beginning(person), ...acts]];
}

/** All read models together, event after event as they come, against one table of emmett's projector. */
export async function projectingBench(folder: string, peer: Peer | undefined): Promise<readonly Metric[]> {
  if (!peer) return [];
  const box = await Box.open(join(folder, 'projecting'));
  for (let n = 0; n < PERSONS; n++) await box.write(...life(n));
  const theirs = join(folder, 'projecting-emmett.db');
  await fillPeer(peer, theirs);
  let run = 0;
  const metric = await measure({
    name: 'catch-up',
    what: `${PERSONS * EVENTS} sealed events into ${TABLES.length} tables`,
    against: `emmett's projector, in clear, one row an event, batches of ${BATCH}, events/s`,
    unit: 'events/s',
    goal: 3,
    ours: () => ours(box, join(folder, `projecting-read-${run++}.db`)),
    peer: () => peersRate(peer, theirs, `run_${run++}`),
  });
  await box.close();
  return [metric];
}

async function ours(box: Box, path: string): Promise<number> {
  const read = ReadStore.open(path, TABLES);
  read.createIndexes(TABLES);
  read.complete();
  const runner = new ProjectionRunner(box.ledger, box.sealing, read, new KnowledgeProjector(box.ledger));
  const startMs = performance.now();
  await runner.catchUp();
  const rate = ((PERSONS * EVENTS) / (performance.now() - startMs)) * 1000;
  read.close();
  return rate;
}

async function fillPeer(peer: Peer, fileName: string): Promise<void> {
  const store = peer.getSQLiteEventStore({ fileName });
  for (let n = 0; n < PERSONS; n++) {
    const [person, , events] = life(n);
    const clear = events.map((event) => ({
      type: event.type,
      data: { ...event.data, on: onDay(n % 1_800) },
    }));
    await insist(() => store.appendToStream(`person-${person}`, clear));
  }
}

/** Events a second of emmett's projector into a table of its own. */
async function peersRate(peer: Peer, fileName: string, name: string): Promise<number> {
  const setting = peer.sqliteConnection({ fileName });
  await setting.command(
    `CREATE TABLE ${name} (position INTEGER PRIMARY KEY, person TEXT, type TEXT, fact TEXT)`,
  );
  setting.close();
  const store = peer.getSQLiteEventStore({ fileName });
  const consumer = store.consumer({ pulling: { batchSize: BATCH, pullingFrequencyInMs: 0 } });
  const sql = `INSERT INTO ${name} VALUES (?, ?, ?, ?)`;
  let [seen, firstMs, lastMs] = [0, 0, 0];
  consumer.processor({
    projection: {
      name,
      canHandle: ['PersonRegistered', 'InformationDescribed', 'DisclosureRecorded'],
      handle: async ([message], { connection }) => {
        if (seen++ === 0) firstMs = performance.now();
        const { metadata, type, data } = message!;
        await connection.command(sql, [
          String(metadata.globalPosition),
          metadata.streamName,
          type,
          JSON.stringify(data),
        ]);
        lastMs = performance.now();
      },
    },
    startFrom: 'BEGINNING',
    stopAfter: () => seen === PERSONS * EVENTS,
  });
  await consumer.start();
  await consumer.close();
  return (seen / (lastMs - firstMs)) * 1000;
}
