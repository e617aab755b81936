import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readCsv, readTable } from './csv.js';
import { World, type Page, type Professional, type Query, type Someone } from './harness.js';

const BOM = '\ufeff';
const LABELS = [
  '=HYPERLINK("http://x";"y")',
  '+33 6 12',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  'Éloïse; "risque" de chute',
  'une ligne\nune autre',
  'œdème — 中文 👵🏽',
];

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;
let quiet: Someone;
let items: string[];
let questions: Readonly<Record<string, readonly [path: string, query: Query]>>;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-20');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  quiet = await world.person();
  items = [];
  for (const label of LABELS) items.push(await world.item(lea, caron, { label, effectiveAt: '2026-01-05' }));
  const consented = { items, recipients: [noel.to] };
  for (const day of ['2026-01-08', '2026-01-09', '2026-01-10'])
    await world.agreed(lea, caron, consented, { effectiveAt: day });
  for (const item of items) {
    const act = { items: [{ item }], recipients: [noel.to], effectiveAt: '2026-01-12' };
    await world.shared(lea, caron, act);
  }
  await world.client.as(noel.by).tell(`${lea.path}/disclosure-reports`, {
    items: [{ item: items[0] }],
    recipients: [noel.to, { kind: 'unknown' }],
    source: 'appel',
    certainty: 'rumoured',
    effectiveAt: '2026-01-13',
  });
  const upTo = { source: 'logiciel', upTo: '2026-01' };
  await world.on('2026-02-20');
  await world.client.tell(`/v1/institutions/${caron.institution}/sources`, upTo);
  questions = {
    'who-knows': [`${lea.path}/who-knows`, {}],
    'trail of an item': [`${lea.path}/trail`, { item: items[0]! }],
    timeline: [`${lea.path}/timeline`, {}],
    consents: [`${lea.path}/consents`, {}],
    register: [`/v1/institutions/${noel.institution}/register`, {}],
    coverage: ['/v1/coverage', {}],
  };
});
afterAll(() => world.close());

const NAMES = ['who-knows', 'trail of an item', 'timeline', 'consents', 'register', 'coverage'];

type Row = Readonly<Record<string, unknown>>;

/** All pages, `limit` rows each; `between` runs before each page but the first. */
async function pages(path: string, query: Query, limit: number, between = async () => {}): Promise<Row[]> {
  const rows: Row[] = [];
  let page: Page<Row> = await world.client.ask<Row>(path, { ...query, limit });
  for (;;) {
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    await between();
    page = await world.client.ask<Row>(path, { ...query, limit, cursor: page.next });
  }
}

async function exported(path: string, query: Query, format: 'csv' | 'ndjson') {
  const reason: Query = path === '/v1/coverage' ? {} : { reason: 'audit' };
  const asked = new URLSearchParams({ ...query, ...reason, format } as Record<string, string>);
  const response = await fetch(`${world.client.url}${path}?${asked.toString()}`, {
    headers: { 'sillage-caller': 'client:journey' },
  });
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  return { type: response.headers.get('content-type'), text: bytes.toString('utf8') };
}

describe('an export', () => {
  test.each(NAMES)('of %s as NDJSON holds the rows of all pages, in their order', async (name) => {
    const [path, query] = questions[name]!;
    const { type, text } = await exported(path, query, 'ndjson');
    expect(type).toBe('application/x-ndjson; charset=utf-8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Row);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines).toEqual(await pages(path, query, 1));
    expect(lines).toEqual(await pages(path, query, 3));
  });

  test.each(NAMES)('of %s as CSV holds the same, nothing left out', async (name) => {
    const [path, query] = questions[name]!;
    const { type, text } = await exported(path, query, 'csv');
    expect(type).toBe('text/csv; charset=utf-8');
    expect(text.startsWith(BOM)).toBe(true);
    const table = readTable(text.slice(1));
    const rows = await pages(path, query, 500);
    expect(table).toHaveLength(rows.length);
    const widths = new Set(readCsv(text.slice(1)).map((line) => line.length));
    expect(widths.size).toBe(1);
    for (const [i, row] of rows.entries())
      for (const text of textsOf(row)) expect(unescaped(Object.values(table[i]!).join('\n'))).toContain(text);
  });

  test('of who-knows as CSV names its columns as the JSON names its fields', async () => {
    const { text } = await exported(...questions['who-knows']!, 'csv');
    expect(text.slice(1).split('\n')[0]).toBe(
      'item;label;category;level;holder.key;holder.name;holder.function;holder.institution;' +
        'holder.institutionName;status;since;purpose;basis;until;through;hops;chains',
    );
  });

  test('as CSV gives no spreadsheet a formula, and keeps accents, quotes and line ends', async () => {
    const { text } = await exported(...questions['who-knows']!, 'csv');
    const labels = new Set(readTable(text.slice(1)).map((row) => row['label']));
    expect(labels).toEqual(new Set(LABELS.map((label) => (/^[=+\-@\t]/.test(label) ? `'${label}` : label))));
  });

  test('as CSV writes dates as precisely as they are known', async () => {
    const { text } = await exported('/v1/coverage', {}, 'csv');
    const row = readTable(text.slice(1)).find((one) => one['institution'] === caron!.institution);
    expect(row).toMatchObject({ source: 'logiciel', reportedUpTo: '2026-01', gap: 'true' });
  });

  test('answers for a date pair as a page does', async () => {
    const pair = { validAt: '2026-01-11', knownAt: '2026-02-01' };
    const { text } = await exported(`${lea.path}/who-knows`, pair, 'ndjson');
    expect(text.trimEnd().split('\n')).toHaveLength(LABELS.length);
  });
});

/** Cells that hold JSON escape what stands in it. */
function unescaped(text: string): string {
  return text.replaceAll('\\"', '"').replaceAll('\\n', '\n').replaceAll('\\t', '\t');
}

/** Every text and number of a row, wherever it stands. */
function textsOf(value: unknown, key = ''): readonly string[] {
  if (value === null || value === undefined) return [];
  // Zone and precision say how to read a date; in a table the date is written as precisely as it is known.
  if (['zone', 'precision', 'date'].includes(key)) return [];
  if (typeof value === 'object') return Object.entries(value).flatMap(([name, part]) => textsOf(part, name));
  return [String(value as string | number | boolean)];
}

describe('an empty answer', () => {
  test.each(['who-knows', 'consents', 'timeline'])(
    'of %s exports as a title line, or as nothing',
    async (name) => {
      const path = `${quiet.path}/${name}`;
      const query = { validAt: '2020-01-01' };
      const csv = readCsv((await exported(path, query, 'csv')).text.slice(1));
      expect(csv).toHaveLength(1);
      expect(csv[0]!.length).toBeGreaterThan(5);
      expect((await exported(path, query, 'ndjson')).text).toBe('');
    },
  );

  test('has the titles of a full one', async () => {
    const titles = async (person: Someone) =>
      readCsv((await exported(`${person.path}/who-knows`, {}, 'csv')).text.slice(1))[0];
    expect(await titles(quiet)).toEqual(await titles(lea));
  });

  test('pages as one page', async () => {
    expect(await world.client.ask(`${quiet.path}/who-knows`, { limit: 1 })).toMatchObject({
      rows: [],
      next: null,
    });
  });
});

describe('a later page', () => {
  let day = 0;

  test.each(['who-knows', 'timeline', 'consents', 'register', 'coverage'])(
    'of %s answers for the moment of the first, whatever was recorded between',
    async (name) => {
      const [path, query] = questions[name]!;
      const before = await pages(path, query, 500);
      const meanwhile = async () => {
        await world.on(`2026-03-${String(++day).padStart(2, '0')}`);
        const item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
        const consented = { items: [item], recipients: [noel!.to] };
        const consent = await world.agreed(lea, caron!, consented, { effectiveAt: '2026-01-08' });
        const act = { items: [{ item }], recipients: [noel!.to], effectiveAt: '2026-01-12' };
        await world.shared(lea, caron!, act);
        await world.client.as(lea.by).tell(`${lea.path}/consents/${consent}/withdrawals`, { means: 'oral' });
        await world.institution();
      };
      const few = Math.ceil(before.length / 4);
      expect(await pages(path, query, few, meanwhile)).toEqual(before);
      expect((await pages(path, query, 500)).length).toBeGreaterThan(before.length);
    },
  );
});

describe('the cursor of a page', () => {
  const next = async (path: string, query: Query = {}) =>
    (await world.client.ask(path, { ...query, limit: 1 })).next!;
  const statusOf = async (path: string, query: Query) => {
    const { status, body } = await world.client.get(path, query);
    expect(body['type']).toBe(status === 200 ? undefined : 'urn:sillage:problem:bad-cursor');
    return status;
  };

  test('is taken by its own question alone', async () => {
    const paths = NAMES.map((name) => questions[name]!);
    for (const [path, query] of paths) {
      const cursor = await next(path, query);
      for (const [other, otherQuery] of paths)
        expect([path, other, await statusOf(other, { ...otherQuery, cursor })]).toEqual([
          path,
          other,
          other === path ? 200 : 400,
        ]);
    }
  });

  test('is not taken for another person, institution, item, direction, filter or date', async () => {
    const cursor = await next(`${lea.path}/timeline`, { validAt: '2026-01-31' });
    expect(await statusOf(`${lea.path}/timeline`, { cursor })).toBe(200);
    expect(await statusOf(`${lea.path}/timeline`, { cursor, validAt: '2026-01-31', format: 'csv' })).toBe(
      200,
    );
    expect(await statusOf(`${lea.path}/timeline`, { cursor, validAt: '2026-01-30' })).toBe(400);
    expect(await statusOf(`${lea.path}/timeline`, { cursor, knownAt: '2026-01-31' })).toBe(400);
    expect(await statusOf(`${quiet.path}/timeline`, { cursor })).toBe(400);
    const [path, of] = questions['trail of an item']!;
    const forward = await next(path, of);
    expect(await statusOf(path, { item: items[1]!, cursor: forward })).toBe(400);
    expect(await statusOf(path, { ...of, direction: 'backward', cursor: forward })).toBe(400);
    const [register] = questions['register']!;
    const whole = await next(register);
    expect(await statusOf(register, { from: '2026-01-13', cursor: whole })).toBe(400);
    const own = `/v1/institutions/${caron!.institution}/register`;
    expect(await statusOf(own, { cursor: whole })).toBe(400);
  });
});

describe('a long export', () => {
  test('of more rows than it reads at a time is whole', async () => {
    const institution = await world.institution();
    await Promise.all(
      Array.from({ length: 520 }, (_, n) =>
        world.client.tell(`/v1/institutions/${institution}/sources`, {
          source: `source ${String(n).padStart(3, '0')}`,
          upTo: '2026-01-01',
        }),
      ),
    );
    await world.client.rows('/v1/coverage', { limit: 1 });
    const { text } = await exported('/v1/coverage', {}, 'csv');
    const sources = readTable(text.slice(1)).filter((row) => row['institution'] === institution);
    expect(sources).toHaveLength(520);
    expect(new Set(sources.map((row) => row['source'])).size).toBe(520);
  });
});
