import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig, startServer } from '../../../apps/api/src/index.js';
import { Client } from '../../journeys/client.js';
import { Program, type Environment } from '../../journeys/program.js';
import { TransitService } from '../transit-service.js';
import { PostgresServer } from './server.js';

const LIMIT_MS = 240_000;

let program: Program;
let server: PostgresServer;
let service: TransitService;
let folder: string;
let data: string;
let person: string;
/** Whose key was destroyed before anything was moved. */
let gone: string;
let count = 0;

const registered = { givenName: 'Anne', familyName: 'Besnard', birthDate: '1960-05-17' };

/** Has a server on these settings, for as long as the work takes. */
async function served<T>(env: Environment, work: (client: Client) => Promise<T>): Promise<T> {
  const config = readConfig({ PORT: '0', SILLAGE_DATA_DIR: data, ...env });
  const running = await startServer(config, { log: pino({ level: 'silent' }) });
  try {
    return await work(new Client(running.url));
  } finally {
    await running.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-move-keys-'));
  data = join(folder, 'data');
  [program, server, service] = await Promise.all([
    Program.build(),
    PostgresServer.start(),
    TransitService.start(),
  ]);
  writeFileSync(join(folder, 'token'), service.token);
  await served({}, async (client) => {
    person = (await client.tell('/v1/persons', registered))['person'] as string;
    gone = (await client.tell('/v1/persons', { ...registered, givenName: 'Ida' }))['person'] as string;
    await client.tell(`/v1/persons/${gone}/erasure`, { groundsToKeep: [] });
    await client.tell(`/v1/persons/${gone}/erasure/completion`, {});
  });
}, LIMIT_MS);
afterAll(async () => {
  program?.remove();
  await service?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const keysIn = (url: string) => ({ SILLAGE_KEYS_URL: url });
const transit = () => ({
  SILLAGE_TRANSIT_URL: service.url,
  SILLAGE_TRANSIT_TOKEN_FILE: join(folder, 'token'),
});
const move = (env: Environment, ...args: readonly string[]) =>
  program.run(['keys', 'move', ...args], { SILLAGE_DATA_DIR: data, ...env });
const isThere = (name: string) => existsSync(join(data, name));

/** What the ledger tells of a person whose key was moved, and of one who was erased before. */
async function expectRead(env: Environment): Promise<void> {
  await served(env, async (client) => {
    expect((await client.get(`/v1/persons/${person}/timeline`)).status).toBe(200);
    expect((await client.get(`/v1/persons/${gone}/timeline`)).status).toBe(404);
    await client.tell('/v1/persons', { ...registered, familyName: `Besnard ${++count}` });
  });
}

describe('sillage keys move', () => {
  it(
    'brings the keys to PostgreSQL, then under a transit service, and back, and all is read',
    async () => {
      const first = await server.database('first');
      const told = await move(keysIn(first), '--to', 'postgres');
      expect([told.code, told.err]).toEqual([0, '']);
      expect([isThere('keys.db'), isThere('keys.db.moved'), isThere('root.key')]).toEqual([
        false,
        true,
        true,
      ]);
      await expectRead(keysIn(first));

      const back = await move(keysIn(first), '--to', 'file');
      expect([back.code, back.err]).toEqual([0, '']);
      await expectRead({});

      const second = { ...keysIn(await server.database('second')), ...transit() };
      const wrapped = await move(second, '--to', 'postgres');
      expect([wrapped.code, wrapped.err]).toEqual([0, '']);
      expect([isThere('root.key'), isThere('root.key.moved')]).toEqual([false, true]);
      await expectRead(second);

      const home = await move(second, '--to', 'file', '--root', 'file');
      expect([home.code, home.err]).toEqual([0, '']);
      expect(home.out).toContain('unset SILLAGE_KEYS_URL and SILLAGE_TRANSIT_URL');
      await expectRead({});
    },
    LIMIT_MS,
  );

  it(
    'refuses in one sentence what it cannot move, and changes nothing',
    async () => {
      const third = keysIn(await server.database('third'));
      for (const [env, args, sentence] of [
        [{}, ['--to', 'postgres'], /^Set SILLAGE_KEYS_URL /],
        [third, ['--to', 'elsewhere'], /^The keys are moved --to postgres or --to file/],
        [third, ['--to', 'postgres', '--root', 'transit'], /^Set SILLAGE_TRANSIT_URL /],
        [third, ['--to', 'file'], /keys\.db is there already/],
        [
          { ...third, SILLAGE_KEYS_DIR: join(folder, 'none') },
          ['--to', 'file'],
          /^There are no keys in Postgre/,
        ],
      ] as const) {
        const { code, err } = await move(env, ...args);
        expect([code, err.trim().split('\n').length]).toEqual([1, 1]);
        expect(err).toMatch(sentence);
      }
      await expectRead({});
    },
    LIMIT_MS,
  );
});
