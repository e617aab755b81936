import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Client, type Professional, type Someone } from './harness.js';

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;

beforeAll(async () => {
  world = await World.open({ demonstration: false });
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
});
afterAll(() => world.close());

const ITEM = {
  category: 'functional-impact',
  label: 'risque de chute',
  purpose: 'care-coordination',
  source: { kind: 'observation' },
};
let keys = 0;
const newKey = () => ({ 'idempotency-key': `key-number-${++keys}` });
const items = () => `${lea.path}/items`;
const asCaron = (): Client => world.client.as(caron!.by);

/** What a first answer says, told again. */
const repeated = (body: object) => ({ ...body, repeated: true });

describe('an idempotency key', () => {
  test('sent again with the same request gives the same answer and records nothing new', async () => {
    const key = newKey();
    const first = await asCaron().tell(items(), ITEM, key);
    expect(first).toMatchObject({ repeated: false, events: [{ type: 'InformationDescribed' }] });
    const end = await world.client.facts();
    expect(await asCaron().tell(items(), ITEM, key)).toEqual(repeated(first));
    expect(await world.client.facts()).toBe(end);
  });

  test('is recognised after other events on the same person', async () => {
    const key = newKey();
    const first = await asCaron().tell(items(), ITEM, key);
    for (let n = 0; n < 5; n++) await world.item(lea, caron!, { label: `autre ${n}` });
    expect(await asCaron().tell(items(), ITEM, key)).toEqual(repeated(first));
  });

  test('is recognised after a restart of the server', async () => {
    const key = newKey();
    const personKey = newKey();
    const first = await asCaron().tell(items(), ITEM, key);
    const named = { givenName: 'Jean', familyName: 'Revenu', birthDate: '1950-01-02' };
    const registered = await world.client.tell('/v1/persons', named, personKey);
    const end = await world.client.facts();
    await world.stop();
    await world.start();
    expect(await asCaron().tell(items(), ITEM, key)).toEqual(repeated(first));
    expect(await world.client.tell('/v1/persons', named, personKey)).toEqual(repeated(registered));
    expect(await world.client.facts()).toBe(end);
  });

  test('reads a request by what it says, not by the order in which it says it', async () => {
    const key = newKey();
    const first = await asCaron().tell(items(), ITEM, key);
    const turned = Object.fromEntries(Object.entries(ITEM).toReversed());
    expect(await asCaron().tell(items(), turned, key)).toEqual(repeated(first));
  });

  test('with another request is turned down', async () => {
    const key = newKey();
    await asCaron().tell(items(), ITEM, key);
    const end = await world.client.facts();
    const told = await asCaron().post(items(), { ...ITEM, label: 'autre chose' }, key);
    expect(told.status).toBe(422);
    expect(told.body).toMatchObject({
      type: 'urn:sillage:problem:idempotency-key-reused',
      remedy: expect.any(String),
    });
    const elsewhere = await asCaron().post(`${lea.path}/outsiders`, { kind: 'relative', name: 'Ana' }, key);
    expect(elsewhere.body['type']).toBe('urn:sillage:problem:idempotency-key-reused');
    expect(await world.client.facts()).toBe(end);
  });

  test('of another caller is another command', async () => {
    const key = newKey();
    const mine = await asCaron().tell(items(), ITEM, key);
    const theirs = await world.client.as(noel!.by).tell(items(), ITEM, key);
    expect(theirs['repeated']).toBe(false);
    expect(theirs['item']).not.toBe(mine['item']);
  });

  test('for another person is another command', async () => {
    const key = newKey();
    const other = await world.person();
    await asCaron().tell(items(), ITEM, key);
    expect(await asCaron().tell(`${other.path}/items`, ITEM, key)).toMatchObject({ repeated: false });
  });

  test('of a request that was turned down is free for a better one', async () => {
    const key = newKey();
    const told = await asCaron().post(items(), { ...ITEM, category: 'no-such-thing' }, key);
    expect(told.status).toBe(422);
    expect(await asCaron().tell(items(), ITEM, key)).toMatchObject({ repeated: false });
  });

  test.each(['/v1/institutions', '/v1/actors', '/v1/persons'])('makes one at %s', async (path) => {
    const key = newKey();
    const body =
      path === '/v1/institutions'
        ? { name: 'CCAS de Montclar', mission: 'Action sociale' }
        : { givenName: 'Rose', familyName: `Pareille ${keys}` };
    const first = await world.client.tell(path, body, key);
    const end = await world.client.facts();
    expect(await world.client.tell(path, body, key)).toEqual(repeated(first));
    expect(await world.client.facts()).toBe(end);
  });

  test.each(['short', 'with a space', 'é'.repeat(10), 'x'.repeat(201)])(
    'like "%s" is turned down',
    async (key) => {
      const told = await asCaron().post(items(), ITEM, {
        'idempotency-key': Buffer.from(key).toString('latin1'),
      });
      expect([told.status, told.body['type']]).toEqual([400, 'urn:sillage:problem:bad-header']);
      expect(told.body['errors']).toEqual([expect.objectContaining({ field: 'Idempotency-Key' })]);
    },
  );
});

describe('a command that says what is true already', () => {
  test('records nothing and tells where the record stands', async () => {
    const path = `/v1/institutions/${caron!.institution}/sources`;
    const body = { source: 'logiciel', upTo: '2026-01-31' };
    const first = await world.client.tell(path, body);
    const again = await world.client.tell(path, body);
    expect(again).toEqual({
      events: [],
      revision: first['revision'],
      position: first['position'],
      repeated: false,
    });
  });
});

describe('an ETag', () => {
  const etagOf = async () => (await asCaron().post(items(), ITEM)).headers.get('etag')!;

  test('is the revision of the person, in quotes', async () => {
    const told = await asCaron().post(items(), ITEM);
    expect(told.headers.get('etag')).toBe(`"${String(told.body['revision'])}"`);
  });

  test('that is current lets a command through', async () => {
    const etag = await etagOf();
    const told = await asCaron().post(items(), ITEM, { 'if-match': etag });
    expect(told.status).toBe(201);
  });

  test('that is stale is answered 412, and nothing is recorded', async () => {
    const etag = await etagOf();
    await asCaron().tell(items(), ITEM);
    const end = await world.client.facts();
    const told = await asCaron().post(items(), ITEM, { 'if-match': etag });
    expect([told.status, told.body['type']]).toEqual([412, 'urn:sillage:problem:precondition-failed']);
    expect(told.body['remedy']).toEqual(expect.any(String));
    expect(await world.client.facts()).toBe(end);
  });

  test('that was current when the command was first recorded does not stand in the way of its repetition', async () => {
    const headers = { ...newKey(), 'if-match': await etagOf() };
    const first = await asCaron().tell(items(), ITEM, headers);
    expect(await asCaron().tell(items(), ITEM, headers)).toEqual(repeated(first));
  });

  test.each(['12', 'W/"1"', '"a"', '"1", "2"', '"-1"'])('like %s cannot be read', async (etag) => {
    const told = await asCaron().post(items(), ITEM, { 'if-match': etag });
    expect([told.status, told.body['type']]).toEqual([400, 'urn:sillage:problem:bad-header']);
    expect(told.body['errors']).toEqual([expect.objectContaining({ field: 'If-Match' })]);
  });

  test('of two commands that saw the same revision, one is recorded', async () => {
    const headers = { 'if-match': await etagOf() };
    const told = await Promise.all(Array.from({ length: 8 }, () => asCaron().post(items(), ITEM, headers)));
    expect(told.map(({ status }) => status).toSorted()).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 412),
    ]);
  });
});

interface Happened {
  readonly event: string;
  readonly type: string;
  readonly revision: number;
  readonly data: { readonly label?: string };
}

describe('commands at the same moment', () => {
  test('on one person are all recorded, each once and in one order', async () => {
    const person = await world.person();
    const told = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        asCaron().tell(`${person.path}/items`, { ...ITEM, label: `information ${n}` }, newKey()),
      ),
    );
    const rows = await world.client.rows<Happened>(`${person.path}/timeline`);
    const labels = rows.flatMap(({ data }) => data.label ?? []);
    expect(labels).toHaveLength(20);
    expect(new Set(labels).size).toBe(20);
    expect(rows.map(({ revision }) => revision).toSorted((a, b) => a - b)).toEqual(rows.map((_, i) => i));
    expect(new Set(told.map(({ position }) => position)).size).toBe(20);
  });

  test('with one key record one event', async () => {
    const person = await world.person();
    const key = newKey();
    const told = await Promise.all(
      Array.from({ length: 12 }, () => asCaron().tell(`${person.path}/items`, ITEM, key)),
    );
    expect(new Set(told.map(({ item }) => item)).size).toBe(1);
    expect(told.filter((answer) => answer['repeated'] === false)).toHaveLength(1);
    expect(await world.client.rows(`${person.path}/timeline`)).toHaveLength(2);
  });

  test('with one key register one person', async () => {
    const key = newKey();
    const body = { givenName: 'Une', familyName: 'Seule', birthDate: '1970-01-01' };
    const told = await Promise.all(
      Array.from({ length: 12 }, () => world.client.tell('/v1/persons', body, key)),
    );
    expect(new Set(told.map(({ person }) => person)).size).toBe(1);
    const twin = await world.client.post('/v1/persons', body, newKey());
    expect([twin.status, twin.body['type']]).toEqual([409, 'urn:sillage:problem:possible-duplicate']);
    expect(twin.body['choices']).toEqual([told[0]!['person']]);
    const distinct = { ...body, distinctFrom: [told[0]!['person']] };
    expect(await world.client.tell('/v1/persons', distinct, newKey())).toMatchObject({ repeated: false });
  });

  test('without a key register one person, and show it to the others', async () => {
    for (const familyName of ['Un', 'Deux', 'Trois', 'Quatre', 'Cinq', 'Six']) {
      const body = { givenName: 'Dix', familyName, birthDate: '1970-01-02' };
      const told = await Promise.all(
        Array.from({ length: 10 }, () => world.client.post('/v1/persons', body)),
      );
      const [first, ...others] = told.toSorted((a, b) => a.status - b.status);
      expect(first!.status).toBe(201);
      for (const { status, body: problem } of others)
        expect([status, problem['choices']]).toEqual([409, [first!.body['person']]]);
    }
  });
});
