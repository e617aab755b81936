import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DomainEvent } from '#decider';
import { fileFloor, withSlowFlush } from './flush.js';
import { measure, rate, type Metric } from './measure.js';
import { Office } from './office.js';
import { oneByOne, type Peer } from './peer.js';

const PERSONS = 1_000;
const ONE = 200;
const MANY = 1_000;
const FLUSH_MS = 1;

/** A disclosure through the CommandBus, assessed and sealed, while the read models follow. */
export async function commandBench(folder: string, peer: Peer | undefined): Promise<readonly Metric[]> {
  const slow = await Office.open(join(folder, 'command-slow'), PERSONS, withSlowFlush(FLUSH_MS));
  await slow.warmUp();
  const bytes = await bytesOf(slow);
  const metrics = [await againstFile('command-1', slow, folder, bytes, FLUSH_MS, 0.75)];
  await slow.close();
  const office = await Office.open(join(folder, 'command'), PERSONS);
  await office.warmUp();
  metrics.push(await againstFile('command-1-raw', office, folder, bytes, 0));
  if (peer) metrics.push(...(await againstPeer(folder, office, peer)));
  await office.close();
  return metrics;
}

/** As many bytes as the store puts on disk for one disclosure. */
async function bytesOf(office: Office): Promise<Uint8Array> {
  const [first] = await office.disclose(0);
  const stored = await office.ledger.store.read(first!.stream, first!.revision, 10);
  return Buffer.alloc(
    stored.reduce((sum, { body, commitment }) => sum + body.length + commitment.length + 250, 0),
  );
}

function againstFile(
  name: string,
  office: Office,
  folder: string,
  bytes: Uint8Array,
  flushMs: number,
  goal?: number,
): Promise<Metric> {
  let n = 0;
  return measure({
    name,
    what: `${ONE} sealed disclosures by one caller, +${flushMs} ms a flush`,
    against: `a file, one write and one flush of +${flushMs} ms each, writes/s`,
    unit: 'disclosures/s',
    goal,
    ours: () => rate(ONE, 1, () => office.disclose(n++)),
    peer: async () => fileFloor(folder, bytes, ONE, flushMs),
  });
}

async function againstPeer(folder: string, office: Office, peer: Peer): Promise<Metric[]> {
  const events = (await office.disclose(0)).map(({ type, data }): DomainEvent => ({ type, data }));
  const store = peer.getSQLiteEventStore({ fileName: join(folder, 'emmett.db') });
  const handle = peer.CommandHandler({ initialState: () => 0, evolve: (count) => count + 1 });
  const persons = Array.from({ length: PERSONS }, () => `person-${randomUUID()}`);
  const theirs = oneByOne((i: number) => handle(store, persons[i % PERSONS]!, () => events));
  const against = 'emmett-sqlite CommandHandler, in clear, neither assessed nor projected, commands/s';
  let n = 0;
  const compare = (name: string, count: number, callers: number, goal: number) =>
    measure({
      name,
      what: `${count} sealed disclosures by ${callers} callers over ${PERSONS} persons`,
      against: callers === 1 ? against : `${against}, one after the other (together most fail)`,
      unit: 'disclosures/s',
      goal,
      ours: () => rate(count, callers, () => office.disclose(n++)),
      peer: () => rate(ONE, callers, theirs),
    });
  return [await compare('command-1-emmett', ONE, 1, 4), await compare('command-100', MANY, 100, 10)];
}
