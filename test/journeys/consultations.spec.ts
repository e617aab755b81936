import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { World, type Professional, type Query, type Someone } from './harness.js';
import { until } from './outbox.js';

interface Look {
  readonly at: string;
  readonly by: { readonly key: string; readonly name: string | null };
  readonly reason: string;
  readonly reasonLabel: { readonly fr: string; readonly en: string };
  readonly question: string;
  readonly about: string | null;
}

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;
let item: string;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-20');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
});
beforeEach(async () => {
  await world.on('2026-01-20');
  lea = await world.person();
  item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
});
afterAll(() => world.close());

/** What the person sees, once everything is applied. */
async function looks(query: Query = {}): Promise<readonly Look[]> {
  return world.client
    .as(lea.by)
    .rows<Look>(`${lea.path}/consultations`, { after: await world.client.end(), ...query });
}
const ask = (by: Professional, question: string, query: Query = {}) =>
  world.client.as(by.by).ask(`${lea.path}/${question}`, query);

describe('a professional who asks about a person', () => {
  test('is told to the person: who, when, why, and which question', async () => {
    await ask(caron!, 'who-knows', { reason: 'sharing' });
    await ask(noel!, 'trail', { item });
    const seen = await looks();
    expect(seen).toMatchObject([
      { reason: 'sharing', question: 'who-knows', about: null },
      { reason: 'care', question: 'trail', about: item },
    ]);
    expect(seen.map(({ at }) => at.slice(0, 16))).toEqual(['2026-01-20T09:00', '2026-01-20T09:00']);
    expect(seen.map(({ by }) => [by.key, by.name])).toEqual([
      [caron!.by, 'Dominique Caron'],
      [noel!.by, 'Dominique Noël'],
    ]);
    expect(seen[0]!.reasonLabel).toEqual({
      fr: 'Préparer ou vérifier un partage',
      en: 'To prepare or check a sharing',
    });
  });

  test.each(['who-knows', 'timeline', 'consents', 'consultations', 'duties', 'trail'])(
    'says why for %s; without a reason nothing is answered or written',
    async (question) => {
      const before = await world.client.facts();
      const path = `${lea.path}/${question}?after=${world.client.position}${question === 'trail' ? `&item=${item}` : ''}`;
      for (const by of [caron!.by, 'client:journey']) {
        const told = await world.client.as(by).send('GET', path);
        expect([told.status, told.body['type']]).toEqual([400, 'urn:sillage:problem:reason-missing']);
        expect(told.body['errors']).toMatchObject([{ field: 'reason' }]);
        const invented = await world.client.as(by).send('GET', `${path}&reason=curiosity`);
        expect(invented.status).toBe(400);
        expect(invented.body['errors']).toMatchObject([{ field: 'reason' }]);
      }
      expect(await world.client.facts()).toBe(before);
      await ask(caron!, question, question === 'trail' ? { item } : {});
      expect(await world.client.facts()).toBe(before + 1);
    },
  );

  test('leaves one trace within an hour, however often, in pages or as an export', async () => {
    const queries: readonly Query[] = [
      {},
      { limit: 1 },
      { format: 'ndjson' },
      { format: 'csv' },
      { validAt: '2026-01-10' },
    ];
    for (const query of queries)
      await world.client
        .as(caron!.by)
        .get(`${lea.path}/who-knows`, { after: world.client.position, ...query });
    await Promise.all(Array.from({ length: 5 }, () => ask(caron!, 'timeline')));
    expect((await looks()).map(({ question }) => question)).toEqual(['who-knows', 'timeline']);
    await world.on('2026-01-20T09:59:00Z');
    await ask(caron!, 'who-knows');
    expect(await looks()).toHaveLength(2);
    await world.on('2026-01-20T10:01:00Z');
    await ask(caron!, 'who-knows');
    await ask(caron!, 'who-knows', { reason: 'audit' });
    expect((await looks()).map(({ reason }) => reason)).toEqual(['care', 'care', 'care', 'audit']);
  });

  test('leaves none where there is nothing to see', async () => {
    const before = await world.client.facts();
    const nobody = '/v1/persons/00000000-0000-4000-8000-00000000dead';
    expect((await world.client.as(caron!.by).get(`${nobody}/who-knows`)).status).toBe(404);
    expect((await world.client.as(caron!.by).send('GET', `${nobody}/who-knows`)).status).toBe(404);
    expect((await world.client.as(caron!.by).get(`${lea.path}/who-knows`, { cursor: 'x' })).status).toBe(400);
    expect(await world.client.facts()).toBe(before);
  });
});

describe('a person', () => {
  test('leaves no trace when they look, and needs no reason', async () => {
    const before = await world.client.facts();
    const own = world.client.as(lea.by);
    for (const question of ['who-knows', 'timeline', 'consents', 'consultations', 'duties'])
      expect((await own.send('GET', `${lea.path}/${question}?after=${before}`)).status).toBe(200);
    expect(await world.client.facts()).toBe(before);
  });

  test('sees at each date pair the looks of that time, page by page and as an export', async () => {
    await ask(caron!, 'who-knows');
    await world.on('2026-01-25');
    await ask(noel!, 'consents');
    const questions = async (query: Query) => (await looks(query)).map(({ question }) => question);
    expect(await questions({ validAt: '2026-01-19' })).toEqual([]);
    expect(await questions({ knownAt: '2026-01-24' })).toEqual(['who-knows']);
    expect(await questions({})).toEqual(['who-knows', 'consents']);
    const own = world.client.as(lea.by);
    const page = await own.ask<Look>(`${lea.path}/consultations`, {
      limit: 1,
      after: await world.client.end(),
    });
    const rest = await own.ask<Look>(`${lea.path}/consultations`, { limit: 1, cursor: page.next! });
    expect([...page.rows, ...rest.rows].map(({ question }) => question)).toEqual(['who-knows', 'consents']);
    const exported = await own.get(`${lea.path}/consultations`, { format: 'csv' });
    expect(exported.text).toContain('Soin ou accompagnement de la personne');
  });
});

describe('a question over many persons', () => {
  test('is told to everybody whom its answer names, with the reason', async () => {
    const other = await world.person();
    const its = await world.item(other, caron!, { effectiveAt: '2026-01-05' });
    for (const [person, shared] of [
      [lea, item],
      [other, its],
    ] as const) {
      const scope = { items: [shared], recipients: [noel!.to] };
      await world.agreed(person, caron!, scope, { effectiveAt: '2026-01-06' });
      await world.shared(person, caron!, {
        items: [{ item: shared }],
        recipients: [noel!.to],
        effectiveAt: '2026-01-10',
      });
    }
    const register = `/v1/institutions/${caron!.institution}/register`;
    for (const path of [register, '/v1/duties', '/v1/findings']) {
      const silent = await world.client.as(caron!.by).send('GET', `${path}?after=${world.client.position}`);
      expect([path, silent.status, silent.body['type']]).toEqual([
        path,
        400,
        'urn:sillage:problem:reason-missing',
      ]);
    }
    await world.client.as(caron!.by).ask(register, { reason: 'audit' });
    await world.client.as(caron!.by).get(register, { reason: 'audit', format: 'csv' });
    await world.client.as(caron!.by).ask('/v1/duties', { reason: 'care' });
    for (const person of [lea, other]) {
      const seen = await until(async () => {
        const own = world.client.as(person.by);
        const rows = await own.rows<Look>(`${person.path}/consultations`);
        return rows.length >= 2 ? rows : undefined;
      });
      expect(seen.map(({ by, question, reason }) => [by.key, question, reason]).toSorted()).toEqual([
        [caron!.by, 'duties', 'care'],
        [caron!.by, 'register', 'audit'],
      ]);
    }
  });
});
