import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TABLES } from '#knowledge';
import { ReadStore, type SqlRow } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { Client, type Body, type Query } from '../journeys/client.js';
import { sharing, temporaryFolder } from '../journeys/harness.js';
import { Program, type Running } from '../journeys/program.js';

const NAMES = ['one', 'two', 'three'] as const;

interface Load {
  /** Items described of each of two persons, shared between the writers at three nodes. */
  readonly perPerson: number;
  /** Each node is killed and started again this often while they are written. */
  readonly kills: number;
  /** Consents given at one node, taken back at another, asked about at a third. */
  readonly withdrawals: number;
  readonly timeoutMs: number;
}

let program: Program;
let folder: ReturnType<typeof temporaryFolder>;
let ledgerUrl: string;
const nodes = new Map<string, Running>();

/** Each node has read models of its own; they share the ledger, and in this test the file of the keys. */
async function start(name: string): Promise<void> {
  const env = {
    SILLAGE_KURRENTDB_URL: ledgerUrl,
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
  readonly to: Body;
  readonly persons: readonly string[];
}

async function setting(): Promise<Setting> {
  const cli = 'client:nodes';
  const [by, to] = [await mandated(cli, 'Caron'), await mandated(cli, 'Noël')];
  const person = { givenName: 'Léa', familyName: 'Besnard', birthDate: '1960-05-17' };
  const persons = await Promise.all(
    NAMES.map((name, i) => told(name, cli, '/v1/persons', { ...person, birthDate: `196${i}-05-17` })),
  );
  return {
    by: `mandate:${by}`,
    to: { kind: 'mandate', mandate: to },
    persons: persons.map((made) => `/v1/persons/${String(made['person'])}`),
  };
}

async function mandated(cli: string, familyName: string): Promise<string> {
  const { institution } = await told('one', cli, '/v1/institutions', { name: familyName, mission: 'Aide' });
  const { actor } = await told('two', cli, '/v1/actors', { givenName: 'Dominique', familyName });
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
  return String(mandate);
}

function item(n: number): Body {
  const source = { kind: 'observation' };
  return { category: 'functional-impact', label: `information ${n}`, purpose: 'care-coordination', source };
}

/** The verdict on a dry run, asked until the node can confirm it. */
async function verdict(name: string, { by, persons }: Setting, act: Body): Promise<unknown> {
  for (;;) {
    const client = new Client(nodes.get(name)!.url, by);
    const answer = await client
      .post(`${persons[0]!}/assessments`, sharing({ effectiveAt: new Date().toISOString(), ...act }))
      .catch(() => undefined);
    if (answer && answer.status < 500) return answer.body['verdict'] ?? answer.text;
    await sleep(50);
  }
}

/** Three API processes on one ledger; `open` starts it or says where it is. */
export function nodesContract(open: () => Promise<string>, load: Load): void {
  jest.setTimeout(load.timeoutMs);
  let world: Setting;

  beforeAll(async () => {
    program = await Program.build();
    folder = temporaryFolder();
    ledgerUrl = await open();
    for (const name of NAMES) await start(name);
  });
  afterAll(async () => {
    for (const name of nodes.keys()) await end(name, 'SIGKILL');
    program.remove();
    folder.remove();
  });

  describe('three nodes on one ledger', () => {
    test('answer for each other, and wait for what another node wrote', async () => {
      world = await setting();
      for (const [i, name] of NAMES.entries()) {
        const made = await told(name, world.by, `${world.persons[0]!}/items`, item(1000 + i));
        const next = new Client(nodes.get(NAMES[(i + 1) % 3]!)!.url, world.by);
        const path = `${world.persons[0]!}/who-knows`;
        const { rows } = await next.ask<{ item: string }>(path, { after: made['position'] as number });
        expect(rows.map((row) => row.item)).toContain(made['item']);
      }
    });

    test('see at once what was taken back at another node', async () => {
      for (let n = 0; n < load.withdrawals; n++)
        expect(await takenBack(n, world)).toEqual(['allow-with-duties', 'deny']);
    });

    test('record each command once while each of them is killed and started again', async () => {
      const made = await writtenUnderKills(world, load);
      expect(made.size).toBe(2 * load.perPerson);
      for (const name of NAMES) {
        const client = new Client(nodes.get(name)!.url, world.by);
        const after = await client.end();
        const [, ...persons] = world.persons;
        const items = await Promise.all(persons.map((person) => known(client, person, after)));
        expect(items.flat().toSorted()).toEqual([...made].toSorted());
      }
    });

    test('come to the same read models', async () => {
      for (const name of NAMES) await end(name, 'SIGTERM');
      const [one, two, three] = await Promise.all(NAMES.map(dump));
      expect(one!.length).toBeGreaterThan(2 * load.perPerson);
      expect(two).toEqual(one);
      expect(three).toEqual(one);
    });
  });
}

/** A consent given at one node, taken back at another: what a third says of passing it on before, and at once after. */
async function takenBack(n: number, world: Setting): Promise<readonly unknown[]> {
  const { by, to, persons } = world;
  const path = persons[0]!;
  const [here, there, elsewhere] = [n, n + 1, n + 2].map((at) => NAMES[at % 3]!);
  const { item: shared } = await told(here!, by, `${path}/items`, item(n));
  const covered = { items: [shared], recipients: [to], purposes: ['care-coordination'] };
  const act = { items: [{ item: shared }], recipients: [to] };
  const { information } = await told(here!, by, `${path}/informations`, { ...covered, form: 'oral' });
  const effectiveAt = new Date().toISOString();
  const given = { ...covered, information, effectiveAt, validUntil: '2027-12-31', means: 'written' };
  const { consent } = await told(here!, by, `${path}/consents`, given);
  const before = await verdict(there!, world, act);
  await told(elsewhere!, by, `${path}/consents/${String(consent)}/withdrawals`, { means: 'written' });
  return [before, await verdict(there!, world, act)];
}

/** @returns what writers at all nodes told of two persons, while each node is killed and started again */
async function writtenUnderKills(world: Setting, { perPerson, kills }: Load): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const writers = world.persons.slice(1).flatMap((person) =>
    NAMES.map(async (name) => {
      for (let n = 0; n < perPerson / NAMES.length; n++)
        made.add(String((await told(name, world.by, `${person}/items`, item(n)))['item']));
    }),
  );
  for (let n = 0; n < kills; n++) {
    while (made.size < (2 * perPerson * (n + 1)) / (kills + 1)) await sleep(10);
    const name = NAMES[(n + 2) % 3]!;
    await end(name, 'SIGKILL');
    await start(name);
  }
  await Promise.all(writers);
  return made;
}

/** Items that a node says are known of a person, page after page. */
async function known(
  client: Client,
  person: string,
  after: number,
  from: Query = {},
): Promise<readonly string[]> {
  const query = { after, limit: 500, ...from };
  const { rows, next } = await client.ask<{ item: string }>(`${person}/who-knows`, query);
  const further = next === null ? [] : await known(client, person, after, { cursor: next });
  return [...rows.map((row) => row.item), ...further];
}

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
