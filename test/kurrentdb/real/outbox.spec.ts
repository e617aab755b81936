import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../../journeys/client.js';
import { World, type Professional } from '../../journeys/harness.js';
import { institutionAt, withdrawnFrom, type OutboxRow } from '../../journeys/outbox.js';
import { Program, type Running } from '../../journeys/program.js';
import { Receiver } from '../../journeys/receiver.js';

jest.setTimeout(600_000);

/** The cluster MUST be empty: the keys of its ledger are made here. */
const NAMES = ['one', 'two', 'three'] as const;
const nodes = new Map<string, Running>();
let program: Program;
let world: World;
let receiver: Receiver;
let chain: Professional[];

async function start(dataDir: string, name: string): Promise<Running> {
  const node = await program.start(['serve'], {
    SILLAGE_KURRENTDB_URL: process.env['SILLAGE_KURRENTDB_URL']!,
    SILLAGE_KEYS_DIR: join(dataDir, 'keys'),
    SILLAGE_DATA_DIR: join(dataDir, name),
  });
  nodes.set(name, node);
  return node;
}

async function killed(name: string): Promise<void> {
  const { child, ended } = nodes.get(name)!;
  child.kill('SIGKILL');
  await ended;
}

beforeAll(async () => {
  program = await Program.build();
  const serve = async (dataDir: string) => {
    const { url } = await start(dataDir, 'one');
    return { url, close: () => killed('one') };
  };
  world = await World.open({ serve });
  for (const name of ['two', 'three']) await start(world.dataDir, name);
  receiver = await Receiver.opened();
  const told = await world.professional('Odile');
  chain = [told, await world.professional('Noël', { institution: await institutionAt(world, receiver) })];
});
afterAll(async () => {
  await receiver.close();
  for (const name of ['two', 'three']) await killed(name);
  await world.close();
  program.remove();
});

/** However long a lease is. */
async function eventually(what: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await what())) await sleep(100);
}

async function waiting(): Promise<number> {
  const answers = await Promise.all(
    NAMES.map((name) => new Client(nodes.get(name)!.url).get('/v1/outbox').catch(() => undefined)),
  );
  if (answers.some((answer) => answer?.status !== 200)) return Infinity;
  return answers.flatMap((answer) => (answer!.body as unknown as { rows: OutboxRow[] }).rows).length;
}

async function restarted(name: string): Promise<void> {
  await killed(name);
  const { url } = await start(world.dataDir, name);
  if (name === 'one') world.client = new Client(url);
}

describe('three processes on one ledger, killed', () => {
  test('post a notice again that was under way, under the same id, once the lease is over', async () => {
    // Taken, but whoever posted it never hears of it.
    receiver.answering = () => {};
    await withdrawnFrom(world, chain);
    await eventually(() => receiver.messages.length > 0);
    for (const name of NAMES) await killed(name);
    receiver.answering = (response) => response.writeHead(204).end();
    const before = receiver.messages.length;
    for (const name of NAMES) await restarted(name);
    await eventually(() => receiver.messages.length > before);
    await eventually(async () => (await waiting()) === 0);
    expect(receiver.distinct).toHaveLength(1);
    expect(receiver.messages.every(({ genuine }) => genuine)).toBe(true);
  });

  test('post each notice while one after the other is killed and started again', async () => {
    const before = receiver.distinct.length;
    for (const name of NAMES) {
      await withdrawnFrom(world, chain);
      await restarted(name);
      await withdrawnFrom(world, chain);
    }
    await eventually(() => receiver.distinct.length === before + 2 * NAMES.length);
    await eventually(async () => (await waiting()) === 0);
    expect(receiver.distinct).toHaveLength(before + 2 * NAMES.length);
    const repeated = receiver.messages.length - receiver.distinct.length;
    process.stdout.write(`${receiver.distinct.length} notices, posted again: ${repeated}\n`);
  });
});
