import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer, type Server } from '../../apps/api/src/index.js';
import { streamName } from '#decider';
import { Ledger } from '#event-store';
import { Lease } from '#outbox';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { epochMs, instantOf, systemClock } from '#time';
import { Client } from '../journeys/client.js';
import { World, type Professional } from '../journeys/harness.js';
import { institutionAt, until, withdrawnFrom, type OutboxRow } from '../journeys/outbox.js';
import { Receiver } from '../journeys/receiver.js';
import { closeAll, openStore, startNode } from './naive.js';

const MINUTES = 120_000;
const OUTBOX = streamName('outbox');
const LONG_AGO_MS = 600_000;

let url: string;
let world: World;
let others: Server[];
let receiver: Receiver;
let chain: Professional[];

function serve(dataDir: string, name: string): Promise<Server> {
  const keysDir = join(dataDir, 'keys');
  const config = { host: '127.0.0.1', port: 0, dataDir: join(dataDir, name), keysDir, tokensFile: undefined };
  return startServer({ ...config, kurrentUrl: url }, { log: pino({ level: 'silent' }) });
}

beforeAll(async () => {
  ({ url } = await startNode());
  world = await World.open({ serve: (dataDir) => serve(dataDir, 'one') });
  others = [await serve(world.dataDir, 'two'), await serve(world.dataDir, 'three')];
  receiver = await Receiver.opened();
  const told = await world.professional('Odile');
  chain = [told, await world.professional('Noël', { institution: await institutionAt(world, receiver) })];
}, MINUTES);
afterAll(async () => {
  for (const server of others) await server.close();
  await world.close();
  await receiver.close();
  await closeAll();
});

/** A node that took the outbox ten minutes ago, and was killed before it posted anything. */
async function killedHolder(): Promise<boolean> {
  const keys = SqliteKeyStore.open(join(world.dataDir, 'keys', 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(world.dataDir, 'keys', 'root.key')));
  const clock = { now: () => instantOf(epochMs(systemClock.now()) - LONG_AGO_MS) };
  const ledger = new Ledger(await openStore(url), sealing, clock);
  const lease = new Lease({ ledger, position: () => Number.MAX_SAFE_INTEGER, report: () => {} });
  const held = await lease.hold();
  await keys.close();
  return held;
}

async function waiting(): Promise<readonly OutboxRow[]> {
  const clients = [world.client, ...others.map((server) => new Client(server.url))];
  const answers = await Promise.all(clients.map((client) => client.get('/v1/outbox')));
  return answers.flatMap(({ body }) => (body as unknown as { rows: readonly OutboxRow[] }).rows);
}

/** Everything that every node follows has come to it. */
async function allQuiet(messages: number): Promise<void> {
  await until(() => receiver.distinct.length === messages);
  await until(async () => (await waiting()).length === 0);
}

describe('three nodes on one ledger', () => {
  test(
    'post each notice once, after a holder that was killed too',
    async () => {
      expect(await killedHolder()).toBe(true);
      for (let n = 0; n < 3; n++) await withdrawnFrom(world, chain);
      await allQuiet(3);
      expect(receiver.messages).toHaveLength(3);
      expect(receiver.messages.every(({ genuine }) => genuine)).toBe(true);
    },
    MINUTES,
  );

  test(
    'write little of it, and nothing while nothing is to be posted',
    async () => {
      const store = await openStore(url);
      const { revision } = (await store.head(OUTBOX))!;
      await withdrawnFrom(world, chain);
      await allQuiet(4);
      const after = (await store.head(OUTBOX))!.revision;
      expect(after - revision).toBeLessThanOrEqual(3);
      await world.client.ask('/v1/coverage');
      expect((await store.head(OUTBOX))!.revision).toBe(after);
    },
    MINUTES,
  );

  test(
    'go on posting when the node that posts is closed',
    async () => {
      for (let closed = others.length; closed > 0; closed--) {
        await others.pop()!.close();
        const before = receiver.messages.length;
        await withdrawnFrom(world, chain);
        await allQuiet(before + 1);
        expect(receiver.messages).toHaveLength(before + 1);
      }
    },
    MINUTES,
  );
});
