import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Client } from './client.js';
import { readTable } from './csv.js';
import { temporaryFolder } from './harness.js';
import { Program, type Ended, type Environment, type Running } from './program.js';

const MINUTE = 60_000;

let program: Program;
let folder: ReturnType<typeof temporaryFolder>;
/** A ledger that tells the story, stopped. */
let story: string;
let firstTelling: Ended;
const running: Running[] = [];

beforeAll(async () => {
  program = await Program.build();
  folder = temporaryFolder();
  story = join(folder.path, 'story');
  firstTelling = await program.run(['demo', '--no-stay'], { SILLAGE_DATA_DIR: story });
}, MINUTE);
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGKILL');
    await one.ended;
  }
});
afterAll(() => {
  program.remove();
  folder.remove();
});

async function serve(env: Environment): Promise<Running> {
  const server = await program.start(['serve'], env);
  running.push(server);
  return server;
}

async function stop(server: Running): Promise<Ended> {
  running.splice(running.indexOf(server), 1);
  server.child.kill('SIGTERM');
  return server.ended;
}

const eventsIn = async (dataDir: string) => {
  const { out } = await program.run(['rebuild'], { SILLAGE_DATA_DIR: dataDir });
  return Number(/from (\d+) events/.exec(out)?.[1]);
};

/** Fails, with one sentence and nothing else. */
function expectSentence({ code, out, err }: Ended, says: RegExp): void {
  expect(code).toBeGreaterThan(0);
  expect(out).toBe('');
  expect(err).toMatch(says);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(err).not.toMatch(/\n {4}at |node:/);
}

/** Somebody in the story: whoever is in the register of an institution. */
async function anyPerson(url: string): Promise<string> {
  const client = new Client(url);
  for (const { institution } of await client.rows<{ institution: string }>('/v1/coverage'))
    for (const { person } of await client.rows<{ person: string }>(
      `/v1/institutions/${institution}/register`,
    ))
      return person;
  throw new Error('The register is empty.');
}

describe('sillage demo', () => {
  test('plays a story and prints who knows what', () => {
    expect(firstTelling).toMatchObject({ code: 0, err: '' });
    expect(firstTelling.out).toMatch(/steps told through the HTTP API\.\n/);
    expect(firstTelling.out).toMatch(/who knows what/i);
    const answers = /Haddad .*: asked to purge, attested .*\n.*Perrin .*: asked to purge, keeps it: « .+ »\n/;
    expect(firstTelling.out).toMatch(answers);
    expect(firstTelling.out).toMatch(/http:\/\/127\.0\.0\.1:\d+\/docs/);
  });

  test(
    'told again on the same folder knows every step and records nothing',
    async () => {
      const before = await eventsIn(story);
      const again = await program.run(['demo', '--no-stay'], { SILLAGE_DATA_DIR: story });
      expect(again).toMatchObject({ code: 0, err: '' });
      const [, told, known] = /(\d+) steps told through the HTTP API, (\d+) of them known/.exec(again.out)!;
      expect(known).toBe(told);
      expect(await eventsIn(story)).toBe(before);
      const answers = (out: string) => out.slice(out.indexOf('===')).replaceAll(/http:\S+/g, '');
      expect(answers(again.out)).toBe(answers(firstTelling.out));
    },
    MINUTE,
  );

  test(
    'against a running server plays once, however often it is told',
    async () => {
      const { url } = await serve({ SILLAGE_DATA_DIR: join(folder.path, 'running') });
      const first = await program.run(['demo'], { SILLAGE_URL: url });
      expect(first).toMatchObject({ code: 0, err: '' });
      const facts = await new Client(url).facts();
      const second = await program.run(['demo'], { SILLAGE_URL: `${url}/` });
      expect(second).toMatchObject({ code: 0, err: '' });
      const [, told, known] = /(\d+) steps told through the HTTP API, (\d+) of them known/.exec(second.out)!;
      expect(known).toBe(told);
      expect(await new Client(url).facts()).toBe(facts);
    },
    MINUTE,
  );

  test('against no server says so', async () => {
    const told = await program.run(['demo'], { SILLAGE_URL: 'http://127.0.0.1:9' });
    expectSentence(told, /No Sillage server answers at SILLAGE_URL http:\/\/127\.0\.0\.1:9\.$/m);
  });

  test('on a real ledger is refused', async () => {
    const dataDir = join(folder.path, 'real');
    await stop(await serve({ SILLAGE_DATA_DIR: dataDir }));
    const told = await program.run(['demo', '--no-stay'], { SILLAGE_DATA_DIR: dataDir });
    expectSentence(told, /holds a real ledger/);
  });
});

describe('sillage backup and restore', () => {
  const [kept, keys] = ['kept', 'keys'].map((name) => () => join(folder.path, name)) as [
    () => string,
    () => string,
  ];

  test(
    'bring a ledger back that answers as before, from a copy made while the server ran',
    async () => {
      const server = await serve({ SILLAGE_DATA_DIR: story });
      const person = await anyPerson(server.url);
      const made = await program.run(['backup', kept(), '--keys', keys()], { SILLAGE_DATA_DIR: story });
      expect(made).toMatchObject({ code: 0, err: '' });
      expect(readdirSync(kept())).toEqual(['ledger.db']);
      expect(statSync(join(keys(), 'root.key')).mode & 0o077).toBe(0);
      const question = [
        'export',
        'who-knows',
        '--person',
        person,
        '--reason',
        'audit',
        '--known-at',
        '2026-12-31',
      ];
      const before = await program.run([...question, '--valid-at', '2026-06-01'], {
        SILLAGE_URL: server.url,
      });
      await stop(server);

      const dataDir = join(folder.path, 'restored');
      const restored = await program.run(['restore', kept(), '--keys', keys()], {
        SILLAGE_DATA_DIR: dataDir,
      });
      expect(restored).toMatchObject({ code: 0, err: '' });
      expect(restored.out).toMatch(/^\d+ events were restored/);
      const other = await serve({ SILLAGE_DATA_DIR: dataDir });
      const after = await program.run([...question, '--valid-at', '2026-06-01'], { SILLAGE_URL: other.url });
      expect(before.out.split('\n').length).toBeGreaterThan(2);
      expect(after).toEqual(before);
    },
    MINUTE,
  );

  test.each<[string, () => readonly string[], () => string, RegExp]>([
    [
      'a folder that has one',
      () => ['backup', kept(), '--keys', keys()],
      () => story,
      /is there already\.$/m,
    ],
    ['one folder for both', () => ['backup', kept(), '--keys', kept()], () => story, /another folder/],
    ['no ledger', () => ['backup', join(folder.path, 'x'), '--keys', keys()], () => folder.path, /no ledger/],
    ['a folder in use', () => ['restore', kept(), '--keys', keys()], () => story, /holds a ledger already/],
    ['half a backup', () => ['restore', kept(), '--keys', kept()], () => join(folder.path, 'y'), /not whole/],
    ['no keys', () => ['backup', kept()], () => story, /--keys/],
    [
      'keys inside the backup',
      () => ['backup', join(folder.path, 'z'), '--keys', join(folder.path, 'z/keys')],
      () => story,
      /another folder/,
    ],
    [
      'keys of another ledger',
      () => ['restore', kept(), '--keys', join(folder.path, 'real')],
      () => join(folder.path, 'foreign'),
      /^The keys are not those of this ledger: \d+ of its streams have none\./,
    ],
  ])('turn down %s in one sentence', async (_, args, dataDir, says) => {
    expectSentence(await program.run(args(), { SILLAGE_DATA_DIR: dataDir() }), says);
  });

  test('leave nothing behind of a backup that cannot be read as a whole', () => {
    expect(readdirSync(join(folder.path, 'foreign'))).toEqual([]);
  });
});

describe('sillage rebuild', () => {
  test('makes the read models anew in a file of their own', async () => {
    const before = readdirSync(story).filter((name) => name.startsWith('read-'));
    const told = await program.run(['rebuild'], { SILLAGE_DATA_DIR: story });
    expect(told).toMatchObject({ code: 0, err: '' });
    const after = readdirSync(story).filter((name) => name.startsWith('read-') && name.endsWith('.db'));
    expect(after).toHaveLength(1);
    expect(before).not.toContain(after[0]);
  });

  test('is refused while a server runs on the folder', async () => {
    await serve({ SILLAGE_DATA_DIR: story });
    expectSentence(await program.run(['rebuild'], { SILLAGE_DATA_DIR: story }), /in use by another server/);
  });
});

describe('sillage export', () => {
  test(
    'writes every question, to the terminal or to a file',
    async () => {
      const { url } = await serve({ SILLAGE_DATA_DIR: story });
      const env = { SILLAGE_URL: url };
      const person = await anyPerson(url);
      for (const question of ['who-knows', 'timeline', 'consents']) {
        const told = await program.run(['export', question, '--person', person, '--reason', 'care'], env);
        expect(told).toMatchObject({ code: 0, err: '' });
        expect(
          told.out
            .trimEnd()
            .split('\n')
            .map((line) => typeof JSON.parse(line)),
        ).toContain('object');
      }
      const path = join(folder.path, 'coverage.csv');
      const told = await program.run(['export', 'coverage', '--format', 'csv', '--out', path], env);
      expect(told).toMatchObject({ code: 0, out: '' });
      const table = readTable(readFileSync(path, 'utf8').slice(1));
      expect(table.length).toBeGreaterThan(3);
      expect(table[0]).toHaveProperty('institution');
    },
    MINUTE,
  );

  test.each<[string, readonly string[], RegExp]>([
    ['no person', ['who-knows'], /add --person/],
    ['no institution', ['register'], /add --institution/],
    ['no such question', ['everything', '--person', 'x'], /no question "everything"/],
  ])('turns down %s in one sentence', async (_, args, says) => {
    expectSentence(await program.run(['export', ...args], { SILLAGE_URL: 'http://127.0.0.1:9' }), says);
  });

  test('passes on why the server turned it down', async () => {
    const { url } = await serve({ SILLAGE_DATA_DIR: join(folder.path, 'running') });
    const told = await program.run(['export', 'who-knows', '--person', 'x'], { SILLAGE_URL: url });
    expectSentence(told, /The server answered 404/);
  });

  test('says when no server answers', async () => {
    expectSentence(
      await program.run(['export', 'coverage'], { SILLAGE_URL: 'http://127.0.0.1:9' }),
      /No Sillage server/,
    );
  });
});

describe('sillage', () => {
  test.each<[readonly string[], RegExp]>([
    [['dance'], /unknown command 'dance'/],
    [['serve', '--loud'], /unknown option '--loud'/],
    [['export', '--person', 'x'], /missing required argument/],
    [['backup', '--keys', 'x'], /missing required argument/],
  ])('turns down %j in one sentence', async (args, says) => {
    expectSentence(await program.run(args, { SILLAGE_DATA_DIR: story }), says);
  });

  test('helps whoever asks', async () => {
    const told = await program.run(['--help']);
    expect(told).toMatchObject({ code: 0, err: '' });
    for (const command of ['serve', 'demo', 'rebuild', 'export', 'import', 'backup', 'restore'])
      expect(told.out).toContain(command);
  });
});

describe('sillage serve', () => {
  test.each<[string, Environment, RegExp]>([
    ['on all addresses without tokens', { HOST: '0.0.0.0' }, /SILLAGE_TOKENS_FILE/],
    ['on a port that is none', { PORT: 'high' }, /PORT/],
  ])('%s is refused in one sentence', async (_, env, says) => {
    expectSentence(await program.run(['serve'], { SILLAGE_DATA_DIR: story, ...env }), says);
  });

  test(
    'on a folder in use is refused in one sentence, and so is a port that is taken',
    async () => {
      const { url } = await serve({ SILLAGE_DATA_DIR: story });
      expectSentence(await program.run(['serve'], { SILLAGE_DATA_DIR: story }), /in use by another server/);
      const other = { SILLAGE_DATA_DIR: join(folder.path, 'other'), PORT: new URL(url).port };
      expectSentence(await program.run(['serve'], other), /port is taken/);
      expect((await fetch(`${url}/health`)).status).toBe(200);
    },
    MINUTE,
  );

  test('without its root key, or its ledger, is refused in one sentence', async () => {
    const dataDir = join(folder.path, 'keyless');
    await stop(await serve({ SILLAGE_DATA_DIR: dataDir }));
    rmSync(join(dataDir, 'root.key'));
    expectSentence(await program.run(['serve'], { SILLAGE_DATA_DIR: dataDir }), /root key .* is missing/);
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dataDir, `ledger.db${suffix}`), { force: true });
    expectSentence(await program.run(['serve'], { SILLAGE_DATA_DIR: dataDir }), /The ledger .* is gone/);
  });

  test('on a folder that cannot be made is refused in one sentence', async () => {
    const insideAFile = join(story, 'root.key', 'inside');
    expectSentence(await program.run(['serve'], { SILLAGE_DATA_DIR: insideAFile }), /cannot be made\.$/m);
  });

  test(
    'told to stop, answers the request under way, lets the folder go and ends well',
    async () => {
      const dataDir = join(folder.path, 'stopped');
      const server = await serve({ SILLAGE_DATA_DIR: dataDir });
      const body = JSON.stringify({ name: 'CCAS de Montclar', mission: 'Action sociale' });
      const { hostname, port } = new URL(server.url);
      const socket = connect(Number(port), hostname);
      let answer = '';
      socket.on('data', (bytes) => (answer += bytes.toString()));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const lines = [
        'POST /v1/institutions HTTP/1.1',
        `Host: ${hostname}`,
        'Sillage-Caller: client:slow',
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
      ];
      socket.write(`${lines.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
      // The server has the first half once it answers somebody who came later.
      await fetch(`${server.url}/health`);
      const stopped = stop(server);
      await untilRefused(server.url);
      socket.write(body.slice(10));
      await closed;
      expect(answer).toMatch(/^HTTP\/1\.1 201 /);
      expect(await stopped).toMatchObject({ code: 0, err: '' });
      const again = await serve({ SILLAGE_DATA_DIR: dataDir });
      // The catalogue that every ledger begins with, and what was asked for.
      expect(await new Client(again.url).facts()).toBe(2);
      await stop(again);
    },
    MINUTE,
  );
});

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(`${url}/health`, { headers: { connection: 'close' } }).catch(
      () => undefined,
    );
    if (!answered?.ok) return;
  }
}
