import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { sharing, World, type Professional, type Someone } from './harness.js';

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;
let item: string;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-12-01');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  item = await world.item(lea, caron, { effectiveAt: '2026-12-01' });
  await world.agreed(lea, caron, { items: [item], recipients: [noel.to] }, { effectiveAt: '2026-12-01' });
});
afterAll(() => world.close());

const REVISIONS = '/v1/catalogue/revisions';
const phone = { code: 'phone', name: { fr: 'Téléphone', en: 'Telephone' }, secure: false };
const revision = {
  version: '2027-1',
  validFrom: '2027-01-01',
  title: { fr: 'Téléphone', en: 'Telephone' },
  changed: [{ section: 'channels', entry: phone }],
};

interface Assessed {
  readonly used: { readonly catalogueVersion: string };
  readonly points: readonly { readonly point: number; readonly state: string; readonly rule: string }[];
}

async function askedOn(day: string): Promise<Assessed> {
  await world.on(day);
  const body = sharing({ items: [{ item }], recipients: [noel!.to], channel: 'phone', effectiveAt: day });
  const told = await world.client.as(caron!.by).post(`${lea.path}/assessments`, body);
  expect(told.status).toBe(200);
  return told.body as unknown as Assessed;
}

describe('the catalogue', () => {
  test('of a new ledger is the one that ships, as its first version', async () => {
    const [first, ...others] = (await world.client.get('/v1/catalogue/versions')).body as unknown as {
      version: string;
    }[];
    expect(others).toEqual([]);
    const current = await world.client.get('/v1/catalogue');
    expect(current.body['version']).toBe(first!.version);
  });

  test('that is revised is used from its first day on, and every assessment names the version it used', async () => {
    const before = (await world.client.get('/v1/catalogue')).body['version'];
    const told = await world.client.tell(REVISIONS, revision);
    expect(told).toMatchObject({ version: '2027-1', events: [{ type: 'CatalogueRevised' }] });
    const early = await askedOn('2026-12-02');
    expect([early.used.catalogueVersion, early.points[8]!.state]).toEqual([before, 'document']);
    const late = await askedOn('2027-01-04');
    expect(late).toMatchObject({ used: { catalogueVersion: '2027-1' } });
    expect(late.points[8]).toMatchObject({ state: 'warn', rule: 'p9-insecure-channel' });
    const old = await world.client.get(`/v1/catalogue/versions/${String(before)}`);
    expect(
      (old.body['channels'] as { code: string; secure: boolean }[]).find((c) => c.code === 'phone'),
    ).toMatchObject({ secure: true });
  });

  test('is published whole or not at all', async () => {
    const end = await world.client.end();
    const dangling = {
      ...revision,
      version: '2027-2',
      validFrom: '2027-06-01',
      changed: [{ section: 'purposes', removed: 'care-coordination' }],
    };
    const told = await world.client.post(REVISIONS, dangling);
    expectProblem(told, 422, 'contradiction', 'changed');
    expect(String(told.body['choices'])).toContain('care-coordination');
    expectProblem(await world.client.post(REVISIONS, revision), 409, 'already-exists', 'version');
    expectProblem(await world.client.as(caron!.by).post(REVISIONS, revision), 403, 'not-permitted');
    expectProblem(await world.client.get('/v1/catalogue/versions/none'), 404, 'not-found');
    expect(await world.client.end()).toBe(end);
  });
});
