import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readTable } from './csv.js';
import { World, type Knowing, type Professional } from './harness.js';
import { Program, ROOT, type Ended } from './program.js';

const MINUTES = 120_000;

let world: World;
let program: Program;
let [caron, noel]: Professional[] = [];
/** The sample of the documentation. */
let sample: string;
let directory: string;

beforeAll(async () => {
  world = await World.open({ demonstration: false });
  program = await Program.build();
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  const mdph = await world.institution('MDPH');
  sample = join(world.dataDir, 'exemple.csv');
  directory = join(world.dataDir, 'annuaire.ids.csv');
  cpSync(join(ROOT, 'docs/import/exemple.csv'), sample);
  const ids = [caron.mandate, noel.mandate, mdph];
  let named = readFileSync(join(ROOT, 'docs/import/annuaire.ids.csv'), 'utf8');
  for (const [i, id] of ids.entries())
    named = named.replace(`0197a000-0000-7000-8000-00000000000${i + 1}`, id);
  writeFileSync(directory, named);
}, MINUTES);
afterAll(async () => {
  program.remove();
  await world.close();
});

function imported(file: string, args: readonly string[] = [], url = world.client.url): Promise<Ended> {
  return program.run(['import', file, ...args], { SILLAGE_URL: url });
}

const withDirectory = () => ['--ids', directory];
const tableIn = (path: string) => readTable(readFileSync(path, 'utf8').slice(1).replaceAll('\r\n', '\n'));

async function personOf(ref: string): Promise<string> {
  const row = tableIn(sample.replace('.csv', '.ids.csv')).find((one) => one['ref'] === ref);
  return `/v1/persons/${row!['id']!}`;
}

describe('sillage import', () => {
  test(
    'looks at the sample of the documentation without sending anything, then imports it once',
    async () => {
      const before = await world.client.facts();
      const looked = await imported(sample, [...withDirectory(), '--dry-run'], 'http://127.0.0.1:9');
      expect(looked).toMatchObject({ code: 0, err: '' });
      expect(looked.out).toMatch(/8 lines, 0 with errors; nothing was sent/);
      const first = await imported(sample, withDirectory());
      expect(first).toMatchObject({ code: 0, err: '' });
      expect(first.out).toMatch(/8 lines: 8 recorded, 0 known from before, 0 with errors/);
      expect(await world.client.facts()).toBe(before + 8);
      const again = await imported(sample, withDirectory());
      expect(again.out).toMatch(/8 lines: 0 recorded, 8 known from before, 0 with errors/);
      expect(await world.client.facts()).toBe(before + 8);
      expect(existsSync(sample.replace('.csv', '.errors.csv'))).toBe(false);
    },
    MINUTES,
  );

  test('leaves what was told as the API would', async () => {
    const after = await world.client.end();
    const henri = await personOf('2024-0117');
    const [consent] = await world.client.rows<object>(`${henri}/consents`, { after });
    expect(consent).toMatchObject({ kind: 'consent', since: '2026-01-06', until: '2027-12-31' });
    expect(consent).toMatchObject({ scope: { purposes: ['care-coordination'] } });
    const knowing = await world.client.rows<Knowing>(`${henri}/who-knows`, { after });
    expect(knowing.map(({ label, holder }) => `${label}: ${holder.name}`).toSorted()).toEqual([
      'risque de chute: Dominique Caron',
      'risque de chute: Dominique Noël',
    ]);
    const maelle = await personOf('2024-0242');
    const timeline = await world.client.rows<{ type: string }>(`${maelle}/timeline`);
    expect(timeline.map(({ type }) => type)).toContain('ConsentRefused');
  });

  test(
    'writes down what is wrong, which can be mended and imported again',
    async () => {
      const file = join(world.dataDir, 'suite.csv');
      const rows = [
        'type;ref;person;familyName;givenName;birthDate;category;label;holder;purpose;source.kind',
        'person;S-1;;Blanc;Zoé;31/02/1990;;;;;',
        'item;;S-1;;;;functional-impact;vertiges;caron;care-coordination;observation',
        'person;S-2;;LEFORT;henri;12/03/1948;;;;;',
        'item;;2024-0117;;;;no-such-category;vertiges;caron;care-coordination;observation',
        'item;;2024-0117;;;;functional-impact;fatigue;caron;care-coordination;observation',
      ];
      writeFileSync(file, rows.join('\r\n'));
      const known = [directory, sample.replace('.csv', '.ids.csv')];
      const told = await imported(file, ['--ids', ...known]);
      expect(told.code).toBe(1);
      expect(told.out).toMatch(/5 lines: 1 recorded, 0 known from before, 4 with errors/);
      expect(told.err).toMatch(/suite\.errors\.csv/);
      const errors = join(world.dataDir, 'suite.errors.csv');
      const wrong = tableIn(errors).toSorted((a, b) => Number(a['line']) - Number(b['line']));
      expect(wrong.map(({ line, field }) => [line, field])).toEqual([
        ['2', 'birthDate'],
        ['3', 'person'],
        ['4', 'distinctFrom'],
        ['5', 'category'],
      ]);
      for (const one of wrong) expect([one['problem'], one['remedy']]).not.toContain('');
      expect(wrong[2]!['problem']).toContain((await personOf('2024-0117')).split('/').at(-1));
      const text = readFileSync(errors, 'utf8');
      writeFileSync(errors, text.replace('31/02', '28/02').replace('no-such-category', 'functional-impact'));
      const mended = await imported(errors, ['--ids', ...known]);
      expect(mended.out).toMatch(/4 lines: 3 recorded, 0 known from before, 1 with errors/);
      expect(existsSync(join(world.dataDir, 'suite.errors.errors.csv'))).toBe(true);
    },
    MINUTES,
  );

  test.each<[string, string, RegExp]>([
    ['that is none of the two', 'a.xlsx', /\.csv or \.ndjson/],
    ['that is not there', 'none.csv', /none\.csv cannot be read/],
    ['that is not UTF-8', 'latin.csv', /not UTF-8.*CSV UTF-8/],
  ])('turns down a file %s in one sentence', async (_, name, says) => {
    writeFileSync(join(world.dataDir, 'latin.csv'), Buffer.from('type;label\nitem;caf\xe9\n', 'latin1'));
    const { code, err } = await imported(join(world.dataDir, name));
    expect(code).toBe(1);
    expect(err).toMatch(says);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('says when no server answers', async () => {
    expect(await imported(sample, [], 'http://127.0.0.1:9')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/No Sillage server answers/),
    });
  });
});

const PERSONS = 150;
let cut = () => {};
afterAll(() => cut());

/** Passes requests on, until it is told to lose their answers or to hang up. */
async function unsteadyLine(target: string) {
  let passed = 0;
  const line = { until: Number.POSITIVE_INFINITY, losesEvery: Number.POSITIVE_INFINITY, dead: () => {} };
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isCommand = request.method === 'POST';
    if (isCommand && ++passed > line.until) {
      line.dead();
      return void request.socket.destroy();
    }
    const headers = request.headers as Record<string, string>;
    const { 'sillage-caller': caller, 'idempotency-key': key = '' } = headers;
    const answer = await fetch(target + request.url, {
      method: request.method!,
      ...(isCommand ? { body: Buffer.concat(chunks) } : {}),
      headers: { 'content-type': 'application/json', 'sillage-caller': caller!, 'idempotency-key': key },
    });
    const body = await answer.text();
    if (isCommand && passed % line.losesEvery === 0) return void request.socket.destroy();
    response.writeHead(answer.status).end(body);
  };
  const server = createServer((request, response) => void pass(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  cut = () => {
    server.closeAllConnections();
    server.close();
  };
  return { line, url };
}

describe('an import over an unsteady line', () => {
  test(
    'stopped where the line is lost, says how far it came, and goes on without loss or repetition',
    async () => {
      const file = join(world.dataDir, 'many.ndjson');
      const person = (n: number) => ({ familyName: `Nom ${n}`, givenName: 'Ana', birthDate: '1980-01-01' });
      const lines = Array.from({ length: PERSONS }, (_, n) =>
        JSON.stringify({ type: 'person', ref: `N-${n}`, body: person(n) }),
      );
      writeFileSync(file, lines.join('\n'));
      const before = await world.client.facts();
      const { line, url } = await unsteadyLine(world.client.url);
      line.until = 40;
      const isLost = new Promise<void>((resolve) => (line.dead = resolve));
      const { child, ended } = program.spawn(['import', file], { SILLAGE_URL: url });
      await isLost;
      child.kill('SIGINT');
      const stopped = await ended;
      expect(stopped).toMatchObject({
        code: 130,
        err: expect.stringMatching(/^Stopped\. Repeat the command/),
      });
      expect(stopped.out).toMatch(
        /many\.ndjson: \d+ lines: \d+ recorded, 0 known from before, 0 with errors/,
      );
      expect(await world.client.facts()).toBe(before + 40);
      Object.assign(line, { until: Number.POSITIVE_INFINITY, losesEvery: 20 });
      const again = await imported(file, [], url);
      expect(again).toMatchObject({ code: 0, err: '' });
      expect(again.out).toMatch(/150 lines: \d+ recorded, \d+ known from before, 0 with errors/);
      expect(await world.client.facts()).toBe(before + PERSONS);
      expect(new Set(tableIn(file.replace('.ndjson', '.ids.csv')).map(({ id }) => id)).size).toBe(PERSONS);
    },
    MINUTES,
  );
});
