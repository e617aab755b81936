import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Told } from './client.js';
import { World, type Client, type Professional, type Someone } from './harness.js';

/** Whatever is sent to whichever route of the document: an answer of ours, never a fault. */

const NONE = '00000000-0000-4000-8000-00000000dead';

let world: World;
let caron: Professional;
let lea: Someone;
let ids: Readonly<Record<string, string>>;
let paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
}
interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
let schemas: Readonly<Record<string, Schema>>;
let document: {
  readonly paths: typeof paths;
  readonly components: { readonly schemas: typeof schemas };
};

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-20');
  caron = await world.professional('Caron');
  lea = await world.person();
  const item = await world.item(lea, caron, { effectiveAt: '2026-01-05' });
  const scope = { items: [item], recipients: [caron.to] };
  const consent = await world.agreed(lea, caron, scope, { effectiveAt: '2026-01-08' });
  ids = { person: lea.id, institution: caron.institution, mandate: caron.mandate, item, consent };
  document = (await world.client.get('/v1/openapi.json')).body as unknown as typeof document;
  paths = document.paths;
  schemas = document.components.schemas;
});
afterAll(() => world.close());

/** Values for a field, each of which some program has fallen over. */
const VALUES: readonly unknown[] = [
  null,
  [],
  {},
  '',
  0,
  -1,
  2 ** 60,
  1e308,
  true,
  [[[[{ a: [null] }]]]],
  [null],
  { length: 1, 0: 'x' },
  JSON.parse('{"then":"x","toJSON":"x","valueOf":1}'),
  'x'.repeat(20_000),
  '👩‍👩‍👧‍👦🇫🇷e\u0301',
  'nul\u0000 bell\u0007 \u202e \u2028 \ufeff',
  "'; DROP TABLE knowledge; --",
  '%s%n${7*7}{{7*7}}<script>alert(1)</script>',
  '../../../etc/passwd',
  `mandate:${NONE}`,
];
const BODIES: readonly string[] = [
  ...VALUES.map((value) => JSON.stringify(value)),
  '"\\ud800"',
  '{"a":"\\udfff"}',
  '{"__proto__":{"__proto__":null}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"toString":{},"valueOf":{},"hasOwnProperty":{}}',
  '{',
  '\u0000',
];

function addressOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? NONE);
}

/** What is wrong with an answer, if it is none of ours. */
function faultOf(what: string, told: Told): string | undefined {
  const type = told.headers.get('content-type') ?? '';
  if (told.status >= 500) return `${what}: ${told.status}`;
  if (told.status >= 400 && !type.startsWith('application/problem+json'))
    return `${what}: answered as ${type}`;
  if (/\n\s+at |node_modules|\.[jt]s:\d+/.test(told.text)) return `${what}: shows a stack`;
  if (told.status >= 400 && JSON.stringify(told.body['errors'] ?? []).includes('undefined'))
    return `${what}: names no field: ${told.text}`;
  return undefined;
}

/** Some at a time: most of what each costs is waiting. */
async function faultsOf(
  asked: readonly (readonly [what: string, ask: () => Promise<Told>])[],
): Promise<string[]> {
  const faults: string[] = [];
  const waiting = asked.values();
  const askOn = async () => {
    for (const [what, ask] of waiting) {
      const fault = faultOf(what, await ask());
      if (fault !== undefined) faults.push(fault);
    }
  };
  await Promise.all(Array.from({ length: 8 }, askOn));
  return faults;
}

function fieldsOf(schema: Schema): Readonly<Record<string, Schema>> {
  const named = schema.$ref ? schemas[schema.$ref.split('/').at(-1)!]! : schema;
  return Object.assign({}, named.properties, ...(named.allOf ?? []).map(fieldsOf)) as Record<string, Schema>;
}

/** Whether a field holds an object, or a list of them, with fields of its own. */
function isNested(schema: Schema): boolean {
  return Object.keys(fieldsOf(schema.items ?? schema)).length > 0;
}

/** A body of the shape that the schema asks for, down to the last field; `pick` says what stands there. */
function bodyOf(schema: Schema, pick: () => unknown): Readonly<Record<string, unknown>> {
  const fields = Object.entries(fieldsOf(schema)).map(([field, of]) => {
    if (!isNested(of)) return [field, pick()];
    return [field, of.items ? [bodyOf(of.items, pick)] : bodyOf(of, pick)];
  });
  return Object.fromEntries(fields) as Record<string, unknown>;
}

function operations(method: string): readonly (readonly [path: string, operation: Operation])[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    item[method] ? [[path, item[method]] as const] : [],
  );
}

/** Clients may call some routes, mandates others: both are asked. */
const callers = (): readonly Client[] => [world.client, world.client.as(caron.by)];

describe('the OpenAPI document', () => {
  test('is the one in docs/, which `npm run openapi` writes', () => {
    const kept = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as object;
    // The clock of stories is served here only.
    const { '/demo/clock': _, ...served } = document.paths;
    const { StoryClockRequest: __, ...described } = schemas;
    expect({
      ...document,
      paths: served,
      components: { ...document.components, schemas: described },
    }).toEqual(kept);
  });

  test('describes everything that it refers to', () => {
    const named = JSON.stringify(document).match(/"#\/components\/schemas\/[^"]*"/g) ?? [];
    const missing = named.filter((ref) => !(ref.slice(22, -1) in schemas));
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });
});

describe('every command of the document', () => {
  test('answers nasty bodies with a problem of ours', async () => {
    const commands = operations('post');
    expect(commands.length).toBeGreaterThan(25);
    const asked = commands.flatMap(([path]) =>
      BODIES.flatMap((body) =>
        callers().map((client) => {
          const what = `${client.caller} ${path} ${body.slice(0, 60)}`;
          return [what, () => client.post(addressOf(path), body)] as const;
        }),
      ),
    );
    expect(await faultsOf(asked)).toEqual([]);
  }, 120_000);

  test('answers nasty values in each of its fields with a problem of ours', async () => {
    let nested = 0;
    const asked = operations('post').flatMap(([path, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema ?? {};
      const fields = Object.keys(fieldsOf(schema));
      const isDeep = Object.values(fieldsOf(schema)).some(isNested);
      return VALUES.flatMap((value, n) => {
        // All fields at once with one value, with a different one each, and within nested objects both of it.
        const same = Object.fromEntries(fields.map((field) => [field, value]));
        const mixed = Object.fromEntries(fields.map((field, i) => [field, VALUES[(n + i) % VALUES.length]]));
        let next = n;
        const pickNext = () => VALUES[next++ % VALUES.length];
        const deep = isDeep ? [bodyOf(schema, () => value), bodyOf(schema, pickNext)] : [];
        nested += deep.length;
        return [same, mixed, ...deep].map((body) => {
          const client = path.startsWith('/v1/persons/') ? world.client.as(caron.by) : world.client;
          return [
            `${path} ${JSON.stringify(body).slice(0, 80)}`,
            () => client.post(addressOf(path), body),
          ] as const;
        });
      });
    });
    expect(nested).toBeGreaterThan(500);
    expect(await faultsOf(asked)).toEqual([]);
  }, 120_000);
});

describe('every question of the document', () => {
  const query = [
    ...'|0|-1|1e3|NaN|null|true|a b|[]|{"a":1}|2026-02-30|0001-01-01|9999-12-31|9007199254740992'.split('|'),
    ...'%00|%C0%AF|%ED%A0%80|%zz|%|👩‍👩‍👧'.split('|'),
    "' OR 1=1 --",
    'x'.repeat(3000),
    Buffer.from('[1,2,"x","y"]').toString('base64url'),
  ];

  test('answers nasty query values with a problem of ours', async () => {
    const questions = operations('get').filter(([path]) => path.startsWith('/v1/'));
    expect(questions.length).toBeGreaterThanOrEqual(6);
    const asked = questions.flatMap(([path, { parameters = [] }]) => {
      const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      return [...names, 'x', '__proto__', 'constructor'].flatMap((name) =>
        query.flatMap((value) =>
          [...new Set([value, encodeURIComponent(value)])].map((text) => {
            const address = `${addressOf(path)}?${name}=${text.replaceAll(' ', '+')}`;
            return [address, () => world.client.get(address)] as const;
          }),
        ),
      );
    });
    expect(asked.length).toBeGreaterThan(1000);
    expect(await faultsOf(asked)).toEqual([]);
  }, 120_000);

  test('answers nasty ids in its path with a problem of ours', async () => {
    const values = [
      '%00',
      '%2e%2e',
      '..;',
      '%ED%A0%80',
      '%zz',
      "'--",
      '%F0%9F%91%A9',
      'x'.repeat(2000),
      '{person}',
      '*',
    ];
    const asked = [...operations('get'), ...operations('post')].flatMap(([path]) =>
      values.map((value) => {
        const address = path.replaceAll(/\{(\w+)\}/g, value);
        const method = paths[path]!['post'] ? 'POST' : 'GET';
        return [address, () => world.client.send(method, address)] as const;
      }),
    );
    expect(await faultsOf(asked)).toEqual([]);
  }, 120_000);
});

describe('every address of the document', () => {
  test('answers other methods with those that it takes, and HEAD as GET without a body', async () => {
    const methods = ['get', 'post', 'put', 'delete', 'patch', 'options'];
    for (const [path, item] of Object.entries(paths)) {
      const taken = methods.filter((method) => method in item).map((method) => method.toUpperCase());
      const allow = [...taken, ...(taken.includes('GET') ? ['HEAD'] : [])].sort().join(', ');
      const address = `${addressOf(path)}?reason=care`;
      for (const method of methods.filter((one) => !(one in item))) {
        const told = await world.client.send(method.toUpperCase(), address);
        expect([path, told.status, told.headers.get('allow')]).toEqual([path, 405, allow]);
        expect(told.body['type']).toBe('urn:sillage:problem:method-not-allowed');
      }
      if (!taken.includes('GET')) continue;
      const [head, get] = [await world.client.send('HEAD', address), await world.client.send('GET', address)];
      expect([path, head.status, head.text]).toEqual([path, get.status, '']);
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    }
    for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS'])
      expect((await world.client.send(method, '/v1/nothing')).status).toBe(404);
  }, 120_000);
});

describe('after all of this', () => {
  test('the server is well, and what was recorded can be read', async () => {
    const health = await world.client.get('/health');
    expect([health.status, health.body['status']]).toEqual([200, 'ok']);
    const rows = await world.client.rows(`${lea.path}/who-knows`);
    expect(rows.length).toBeGreaterThan(0);
  });
});
