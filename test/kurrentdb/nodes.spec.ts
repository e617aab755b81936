import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TABLES } from '#knowledge';
import { ReadStore, type SqlRow } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { Client, type Body } from '../journeys/client.js';
import { temporaryFolder } from '../journeys/harness.js';
import { Program, type Running } from '../journeys/program.js';
import { closeAll, startNode } from './naive.js';
import type { StandIn } from './stand-in/node.js';

const MINUTE = 60_000;
const NAMES = ['one', 'two', 'three'] as const;
const PER_PERSON = 24;

let program: Program;
let folder: ReturnType<typeof temporaryFolder>;
let ledger: StandIn;
const nodes = new Map<string, Running>();

beforeAll(async () => {
  program = await Program.build();
  folder = temporaryFolder();
  ledger = await startNode();
  for (const name of NAMES) await start(name);
}, MINUTE);
afterAll(async () => {
  for (const name of nodes.keys()) await end(name, 'SIGKILL');
  await closeAll();
  program.remove();
  folder.remove();
});

/** Each node has read models of its own; they share the ledger, and in this test the file of the keys. */
async function start(name: string): Promise<void> {
  const env = {
    SILLAGE_KURRENTDB_URL: ledger.url,
    SILLAGE_KEYS_DIR: join(folder.path, 'keys'),
    SILLAGE_DATA_DIR: join(folder.path, name),
  };
  nodes.set(name, await program.start(['serve'], env));
}

async function end(name: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const node = nodes.get(name)!;
  node.child.kill(signal);
  await node.ended;
}

/** Told until it is recorded, as problems ask for it: to this node, then to the others, with one key. */
async function told(name: string, caller: string, path: string, body: Body): Promise<Body> {
  const key = { 'idempotency-key': randomUUID() };
  for (let at = NAMES.indexOf(name as 'one'); ; at++) {
    const client = new Client(nodes.get(NAMES[at % NAMES.length]!)!.url, caller);
    const answer = await client.post(path, body, key).catch(() => undefined);
    if (answer?.status === 201) return answer.body;
    const isPassing = answer === undefined || answer.status >= 500 || answer.text.includes('contended');
    if (!isPassing) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    await sleep(50);
  }
}

interface Setting {
  readonly by: string;
  readonly persons: readonly string[];
}

async function setting(): Promise<Setting> {
  const cli = 'client:nodes';
  const { institution } = await told('one', cli, '/v1/institutions', { name: 'Service', mission: 'Aide' });
  const { actor } = await told('two', cli, '/v1/actors', { givenName: 'Dominique', familyName: 'Caron' });
  const { mandate } = await told('three', cli, `/v1/institutions/${String(institution)}/mandates`, {
    actor,
    mission: 'Accompagnement',
    purposes: ['care-coordination'],
    function: 'référent',
    profession: 'infirmier',
    categories: ['nurse'],
    secrecy: ['health-profession'],
    validFrom: '2024-01-01',
  });
  const person = { givenName: 'Léa', familyName: 'Besnard', birthDate: '1960-05-17' };
  const persons = await Promise.all(
    NAMES.map((name, i) => told(name, cli, '/v1/persons', { ...person, birthDate: `196${i}-05-17` })),
  );
  return { by: `mandate:${String(mandate)}`, persons: persons.map((made) => String(made['person'])) };
}

function item(n: number): Body {
  const source = { kind: 'observation' };
  return { category: 'functional-impact', label: `information ${n}`, purpose: 'care-coordination', source };
}

describe('three nodes on one ledger', () => {
  let world: Setting;
  test(
    'answer for each other, and wait for what another node wrote',
    async () => {
      world = await setting();
      for (const [i, name] of NAMES.entries()) {
        const made = await told(name, world.by, `/v1/persons/${world.persons[0]!}/items`, item(1000 + i));
        const next = new Client(nodes.get(NAMES[(i + 1) % 3]!)!.url, world.by);
        const path = `/v1/persons/${world.persons[0]!}/who-knows`;
        const { rows } = await next.ask<{ item: string }>(path, { after: made['position'] as number });
        expect(rows.map((row) => row.item)).toContain(made['item']);
      }
    },
    MINUTE,
  );

  test(
    'record each command once while one of them is killed and started again',
    async () => {
      const [, ...persons] = world.persons;
      const made = new Set<string>();
      const writers = persons.flatMap((person) =>
        NAMES.map(async (name) => {
          for (let n = 0; n < PER_PERSON / NAMES.length; n++)
            made.add(String((await told(name, world.by, `/v1/persons/${person}/items`, item(n)))['item']));
        }),
      );
      while (made.size < PER_PERSON / 2) await sleep(10);
      await end('three', 'SIGKILL');
      await start('three');
      await Promise.all(writers);
      expect(made.size).toBe(persons.length * PER_PERSON);
      for (const name of NAMES) {
        const client = new Client(nodes.get(name)!.url, world.by);
        const after = await client.end();
        for (const person of persons) {
          const rows = await client.rows<{ item: string }>(`/v1/persons/${person}/who-knows`, {
            after,
            limit: 500,
          });
          expect(rows).toHaveLength(PER_PERSON);
          expect(rows.every((row) => made.has(row.item))).toBe(true);
        }
      }
    },
    2 * MINUTE,
  );

  test(
    'come to the same read models',
    async () => {
      for (const name of NAMES) await end(name, 'SIGTERM');
      const [one, two, three] = await Promise.all(NAMES.map(dump));
      expect(one!.length).toBeGreaterThan(2 * PER_PERSON);
      expect(two).toEqual(one);
      expect(three).toEqual(one);
    },
    MINUTE,
  );
});

/** What a node's tables say, sealed cells opened, one line a row in an order of their own. */
async function dump(name: string): Promise<readonly string[]> {
  const path = join(folder.path, name);
  const keys = SqliteKeyStore.open(join(folder.path, 'keys', 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder.path, 'keys', 'root.key')));
  const file = readdirSync(path).find((one) => /^read-\d+\.db$/.test(one));
  const store = ReadStore.open(join(path, file!), TABLES);
  const lines = TABLES.flatMap((table) =>
    store
      .all(`SELECT * FROM ${table.name}`)
      .map(async (row) => `${table.name} ${JSON.stringify(await opened(sealing, table.name, row))}`),
  );
  const told = (await Promise.all(lines)).toSorted();
  store.close();
  await keys.close();
  return told;
}

function opened(sealing: Sealing, table: string, row: SqlRow): Promise<readonly unknown[]> {
  return Promise.all(
    Object.entries(row).map(async ([column, cell]) => {
      if (!(cell instanceof Uint8Array)) return [column, cell];
      const owners = ['person', 'actor'].map((kind) => `${kind}:${String(row[kind])}`);
      const texts = await Promise.allSettled(
        owners.map((owner) => sealing.openText(owner, `${table}.${column}`, cell)),
      );
      const text = texts.find((one) => one.status === 'fulfilled' && one.value !== undefined);
      if (text?.status !== 'fulfilled') throw new Error(`${table}.${column} does not open.`);
      return [column, text.value];
    }),
  );
}
