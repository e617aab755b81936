import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import type { Told } from './client.js';
import { expectProblem } from './expect-problem.js';
import { sharing, World, type Professional, type Someone } from './harness.js';

const NONE = '00000000-0000-4000-8000-00000000dead';
const JSON_TYPE = { 'content-type': 'application/json' };

let world: World;
let caron: Professional;
let ended: Professional;
let lea: Someone;
let item: string;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-20');
  caron = await world.professional('Caron');
  ended = await world.professional('Partie', { validUntil: '2026-01-19' });
  lea = await world.person();
  item = await world.item(lea, caron, { effectiveAt: '2026-01-05' });
});
afterAll(() => world.close());

/** The problem, and that the ledger stands where it stood. */
async function expectNothingWritten(
  ask: () => Promise<Told>,
  status: number,
  kind: string,
  field: string | null = null,
): Promise<void> {
  const end = await world.client.facts();
  expectProblem(await ask(), status, kind, field);
  expect(await world.client.facts()).toBe(end);
}

function persons(body: NonNullable<RequestInit['body']>, headers: Record<string, string> = JSON_TYPE) {
  return () => world.client.send('POST', '/v1/persons', { body, headers });
}

const NAMES = '"givenName":"Ana","familyName":"Roy"';

describe('a body', () => {
  test.each<[what: string, body: string | Buffer, kind: string, field: string | null]>([
    ['that is cut off', `{${NAMES}`, 'malformed-json', null],
    ['with a comma too many', `{${NAMES},}`, 'malformed-json', null],
    ['with a comment', `{${NAMES}/* */}`, 'malformed-json', null],
    ['in single quotes', "{'givenName':'Ana'}", 'malformed-json', null],
    ['with two values', '{} {}', 'malformed-json', null],
    ['with NaN', `{${NAMES},"x":NaN}`, 'malformed-json', null],
    ['with a number beyond a double', `{${NAMES},"x":1e400}`, 'malformed-json', null],
    ['with half of a surrogate pair', '{"givenName":"A\\ud83d","familyName":"Roy"}', 'malformed-json', null],
    ['with half of a surrogate pair in a key', `{${NAMES},"\\udc00":1}`, 'malformed-json', null],
    ['that repeats a key', `{${NAMES},"givenName":"Eva"}`, 'repeated-key', 'givenName'],
    [
      'that repeats a key in other letters',
      `{${NAMES},"\\u0067ivenName":"Eva"}`,
      'repeated-key',
      'givenName',
    ],
    ['that repeats a key far inside', '{"a":[{"b":{"c":1,"c":1}}]}', 'repeated-key', 'c'],
    ['that is nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 'nested-too-deep', null],
    ['that opens 100,000 objects', '{"a":'.repeat(40_000), 'nested-too-deep', null],
    ['that is null', 'null', 'invalid-request', 'body'],
    ['that is a list', '[]', 'invalid-request', 'body'],
    ['that is a list of objects', `[{${NAMES}}]`, 'invalid-request', 'body'],
    ['that is text', '"Ana"', 'invalid-request', 'body'],
    ['that is a number', '7', 'invalid-request', 'body'],
    ['that is empty', '', 'invalid-request', 'givenName'],
    ['with an unknown field', `{${NAMES},"nickname":"A"}`, 'invalid-request', 'nickname'],
    ['with __proto__', `{${NAMES},"__proto__":{"admin":true}}`, 'invalid-request', '__proto__'],
    ['with constructor', `{${NAMES},"constructor":{"prototype":{}}}`, 'invalid-request', 'constructor'],
    ['with hasOwnProperty', `{${NAMES},"hasOwnProperty":1}`, 'invalid-request', 'hasOwnProperty'],
    ['with toString', `{${NAMES},"toString":null}`, 'invalid-request', 'toString'],
    [
      'that is not UTF-8',
      Buffer.from(`{"givenName":"Zoé","familyName":"R"}`, 'latin1'),
      'malformed-json',
      null,
    ],
    ['that is UTF-16', Buffer.from(`{${NAMES}}`, 'utf16le'), 'malformed-json', null],
  ])('%s is turned down', (_, body, kind, field) =>
    expectNothingWritten(persons(typeof body === 'string' ? body : new Uint8Array(body)), 400, kind, field),
  );

  test('that is too large is turned down', () =>
    expectNothingWritten(persons(`{"givenName":"${'x'.repeat(270_000)}"}`), 413, 'too-large'));

  test.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'nonsense', 'text/json'])(
    'of type %s is turned down',
    (type) =>
      expectNothingWritten(persons(`{${NAMES}}`, { 'content-type': type }), 415, 'wrong-content-type'),
  );

  test('without a type is turned down', () =>
    expectNothingWritten(persons(new TextEncoder().encode(`{${NAMES}}`), {}), 415, 'wrong-content-type'));
});

describe('a field of a wrong type', () => {
  /** Path, the rest of a right body, and values of the field that are not right. */
  const ITEM = { category: 'housing', label: 'x', purpose: 'care-coordination', source: { kind: 'person' } };
  const expectRejected = (path: string, body: object, field: string) =>
    expectNothingWritten(
      () => world.client.as(caron.by).post(`${lea.path}/${path}`, body),
      400,
      'invalid-request',
      field,
    );

  test.each([7, true, null, [], {}, '', 'x'.repeat(121), 'nul\u0000', 'bell\u0007', '\u009b', ['x']])(
    'text: %j',
    (label) => expectRejected('items', { ...ITEM, label }, 'label'),
  );
  test.each([7, null, [], 'Housing', 'a code', 'é', '', '-a', 'x'.repeat(81), "';--"])(
    'code: %j',
    (category) => expectRejected('items', { ...ITEM, category }, 'category'),
  );
  test.each([7, null, [], '', 'abc', NONE.toUpperCase(), `${NONE} `, `{${NONE}}`, NONE.replaceAll('-', '')])(
    'id: %j',
    (holder) => expectRejected('items', { ...ITEM, holder }, 'holder'),
  );
  test.each(['true', 0, 1, null, [], {}])('flag: %j', (keptFromParents) =>
    expectRejected('items', { ...ITEM, keptFromParents }, 'keptFromParents'),
  );
  test.each([7, null, '', 'SECRET', 'top-secret', ['secret'], {}])('choice: %j', (level) =>
    expectRejected('items', { ...ITEM, level }, 'level'),
  );
  test.each<unknown>([
    20260109,
    null,
    [],
    {},
    ...'|yesterday|2026-02-30|2026-13-01|09/01/2026|2026-1-9|1799-12-31|+012026-01-01|0000-00-00'.split('|'),
    ...'2026-01-09T10:00|2026-01-09T10:00:00|2026-01-09 10:00:00Z|2026-01-09T25:00:00Z'.split('|'),
    ...'2026-01-09T10:00:00+99:00| 2026-01-09'.split('|'),
  ])('date: %j', (effectiveAt) => expectRejected('items', { ...ITEM, effectiveAt }, 'effectiveAt'));
  test.each([7, null, 'x', [], [{ kind: 'person' }]])('part: %j', (source) =>
    expectRejected('items', { ...ITEM, source }, 'source'),
  );
  test.each([
    [{}, 'source.kind'],
    [{ kind: 'rumour' }, 'source.kind'],
    [{ kind: 'person', by: 'x' }, 'source.by'],
    [{ kind: 'disclosure', disclosure: 7 }, 'source.disclosure'],
    [{ kind: 'person', session: NONE }, 'source.session'],
    [{ kind: 'session', session: NONE, note: 'x' }, 'source.note'],
    [JSON.parse('{"kind":"person","__proto__":{}}') as object, 'source.__proto__'],
  ])('inside a part: %j', (source, field) => expectRejected('items', { ...ITEM, source }, field));
  test.each([
    7,
    null,
    'housing',
    { 0: 'housing' },
    ['x', 'x'],
    Array.from({ length: 201 }, (_, n) => `c-${n}`),
  ])('list of codes: %j', (secretBy) => expectRejected('items', { ...ITEM, secretBy }, 'secretBy'));
  test.each([[[7]], [[null]], [['ok', '']], [[['nested']]], [[{}]]])('in a list of codes: %j', (secretBy) =>
    expectRejected('items', { ...ITEM, secretBy }, 'secretBy'),
  );

  const share = (more: object) => ({
    ...sharing({ effectiveAt: '2026-01-15' }),
    recipients: [],
    items: [],
    ...more,
  });
  test.each<[object, string]>([
    [
      { recipients: [{ kind: 'institution', institution: NONE, function: 'helpers' }] },
      'recipients[0].function',
    ],
    [{ recipients: [{ kind: 'mandate', mandate: NONE, outsider: NONE }] }, 'recipients[0].outsider'],
    [{ by: { kind: 'person', representative: NONE } }, 'by.representative'],
  ])('of another kind: %j', (more, field) => expectRejected('objections', { means: 'oral', ...more }, field));
  test.each([7, null, 'x', {}, ['x'], [null], [[]], [7], Array.from({ length: 201 }, () => ({}))])(
    'list of parts: %j',
    (items) => expectRejected('disclosures', share({ items }), 'items'),
  );
  test.each([
    [{}, 'items[0].item'],
    [{ item: 7 }, 'items[0].item'],
    [{ item: NONE, wholeFile: 'yes' }, 'items[0].wholeFile'],
    [{ item: NONE, price: 3 }, 'items[0].price'],
  ])('inside a list of parts: %j', (part, field) =>
    expectRejected('disclosures', share({ items: [part] }), field),
  );
  test.each(['items', 'recipients', 'effectiveAt', 'frame', 'channel', 'purpose'])('missing: %s', (field) =>
    expectRejected('disclosures', share({ [field]: undefined }), field),
  );
});

describe('an address', () => {
  const get = (path: string) => () => world.client.get(path);

  test.each(['abc', NONE.toUpperCase(), '%00', '..%2f..', "'%20OR%201=1", 'x'.repeat(300), NONE])(
    'with %s for a person leads nowhere',
    (id) => expectNothingWritten(get(`/v1/persons/${id}/who-knows`), 404, 'not-found'),
  );
  test('that is badly encoded is turned down', () =>
    expectNothingWritten(get('/v1/persons/%zz/who-knows'), 400, 'bad-request'));
  test.each(['/nowhere', '/v1', '/v2/coverage', `/v1/persons/${NONE}/everything`])(
    '%s leads nowhere',
    (path) => expectNothingWritten(get(path), 404, 'not-found'),
  );
  test.each(['PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS'])('takes no %s where a POST is meant', (method) =>
    expectNothingWritten(() => world.client.send(method, '/v1/persons'), 405, 'method-not-allowed'),
  );
  test('of an institution that nobody registered leads nowhere', () =>
    expectNothingWritten(get(`/v1/institutions/${NONE}/register`), 404, 'not-found'));
});

describe('a question', () => {
  test.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=abc', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['limit=', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['after=-1', 'after'],
    ['after=x', 'after'],
    ['after=9007199254740993', 'after'],
    ['validAt=yesterday', 'validAt'],
    ['validAt=2026-02-30', 'validAt'],
    ['validAt=', 'validAt'],
    ['validAt=2026-01-01&validAt=2026-01-02', 'validAt'],
    ['knownAt=2026-01-01T10:00', 'knownAt'],
    ['format=xml', 'format'],
    ['format=json&format=csv', 'format'],
    ['cursor=', 'cursor'],
    ['nonsense=1', 'nonsense'],
    ['__proto__=1', '__proto__'],
    ['hasOwnProperty=1', 'hasOwnProperty'],
  ])('with %s is turned down', (query, field) =>
    expectNothingWritten(
      () => world.client.get(`${lea.path}/who-knows?${query}`),
      400,
      'invalid-request',
      field,
    ),
  );
  test('after a position that is not there yet is turned down', () =>
    expectNothingWritten(
      () => world.client.get(`${lea.path}/who-knows`, { after: Number.MAX_SAFE_INTEGER }),
      400,
      'bad-request',
      'after',
    ));

  const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  test.each([
    'x',
    '%%%',
    'AAAA',
    cursor(null),
    cursor(7),
    cursor({}),
    cursor([]),
    cursor([1]),
    cursor(['a', 'b', 'c']),
    cursor([1.5, 2]),
    cursor([9e15, 1]),
    cursor([1, -9e15]),
    cursor([1, 2, {}]),
    cursor([1, 2, null]),
    cursor([1, 2, ['x']]),
  ])('with the cursor %s is turned down', (text) =>
    expectNothingWritten(
      () => world.client.get(`${lea.path}/who-knows`, { cursor: text }),
      400,
      'bad-cursor',
      'cursor',
    ),
  );

  test.each([
    ['neither an item nor a disclosure', {}],
    ['both', { item: NONE, disclosure: NONE }],
  ])('about the trail of %s is turned down', (_, query) =>
    expectNothingWritten(() => world.client.get(`${lea.path}/trail`, query), 400, 'bad-request', 'item'),
  );
  test('about the trail of what is no id is turned down', () =>
    expectNothingWritten(
      () => world.client.get(`${lea.path}/trail`, { item: 'x' }),
      400,
      'invalid-request',
      'item',
    ));
  test('about a period that ends before it begins is turned down', () =>
    expectNothingWritten(
      () =>
        world.client.get(`/v1/institutions/${caron.institution}/register`, {
          from: '2026-02-01',
          to: '2026-01-31',
        }),
      422,
      'period-inverted',
      'to',
    ));
  test.each([
    ['item', 'forward'],
    ['item', 'backward'],
    ['disclosure', 'forward'],
  ])('about the trail of an %s of nobody, %s, is turned down', (field, direction) =>
    expectNothingWritten(
      () => world.client.get(`${lea.path}/trail`, { [field]: NONE, direction }),
      422,
      'unknown-reference',
      field,
    ),
  );
  test('about the trail of something of another person is turned down', async () => {
    const other = await world.person();
    await expectNothingWritten(
      () => world.client.get(`${other.path}/trail`, { item, after: world.client.position }),
      422,
      'unknown-reference',
      'item',
    );
    expect(await world.client.rows(`${lea.path}/trail`, { item })).toHaveLength(1);
  });
});

/** Sends bytes as they are, and reads whatever comes back. */
async function sentRaw(text: string): Promise<Told> {
  const { hostname, port } = new URL(world.client.url);
  const socket = connect(Number(port), hostname);
  socket.write(text);
  let answer = '';
  for await (const bytes of socket) answer += String(bytes);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Headers(lines.map((line) => line.split(': ') as [string, string]));
  return { status: Number(first.split(' ')[1]), headers, text: body, body: JSON.parse(body) as Told['body'] };
}

describe('what is no HTTP', () => {
  test.each<[string, string, number]>([
    ['a line of nonsense', 'nonsense\r\n\r\n', 400],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400],
    ['an address that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ['headers that are too long', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('such as %s is turned down', (_, text, status) =>
    expectNothingWritten(() => sentRaw(text), status, 'unreadable-request'),
  );
});

describe('a caller', () => {
  const coverage = (headers: Record<string, string>) => () => {
    const url = `${world.client.url}/v1/coverage`;
    return fetch(url, { headers }).then(async (response): Promise<Told> => {
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: JSON.parse(text) as Told['body'],
      };
    });
  };
  test('who does not say who they are is turned down', () =>
    expectNothingWritten(coverage({}), 401, 'unknown-caller'));
  test.each([
    '',
    'x',
    'mandate:',
    'mandate:x',
    `king:${NONE}`,
    `mandate:${NONE.toUpperCase()}`,
    'client:',
    'client:a b',
  ])('called "%s" is turned down', (who) =>
    expectNothingWritten(coverage({ 'sillage-caller': who }), 401, 'unknown-caller'),
  );
  test.each([
    `client:a;assisted-by=${NONE}`,
    `mandate:${NONE};assisted-by=${NONE}`,
    `person:${NONE};assisted-by=x`,
  ])('called "%s" is turned down: only persons are assisted', (who) =>
    expectNothingWritten(coverage({ 'sillage-caller': who }), 401, 'unknown-caller'),
  );
  test('whose mandate nobody gave is turned down', () =>
    expectNothingWritten(coverage({ 'sillage-caller': `mandate:${NONE}` }), 403, 'mandate-not-in-force'));
  test('whose mandate ended is turned down, for questions and commands', async () => {
    await expectNothingWritten(coverage({ 'sillage-caller': ended.by }), 403, 'mandate-not-in-force');
    const client = world.client.as(ended.by);
    const post = () => client.post(`${lea.path}/items`, {});
    await expectNothingWritten(post, 403, 'mandate-not-in-force');
  });
  test('of the wrong kind is turned down', async () => {
    const professional = world.client.as(caron.by);
    await expectNothingWritten(() => professional.post('/v1/institutions', {}), 403, 'not-permitted');
    await expectNothingWritten(() => professional.send('PUT', '/demo/clock'), 403, 'not-permitted');
    const person = world.client.as(lea.by);
    await expectNothingWritten(() => person.get('/v1/coverage'), 403, 'not-permitted');
    await expectNothingWritten(() => person.post(`${lea.path}/purges`, {}), 403, 'not-permitted');
  });
});
