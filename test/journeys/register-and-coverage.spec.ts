import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Knowing, type Professional, type Query } from './harness.js';

let world: World;
let [caron, diarra, noel]: Professional[] = [];

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  caron = await world.professional('Caron');
  diarra = await world.professional('Diarra', { institution: caron.institution });
  noel = await world.professional('Noël');
});
afterAll(() => world.close());

interface Entry {
  readonly disclosure: string;
  readonly direction: string;
  readonly on: string;
  readonly reported: boolean;
}

const register = (institution: string, query: Query = {}) =>
  world.client.rows<Entry>(`/v1/institutions/${institution}/register`, query);

describe('the register of an institution', () => {
  test('tells what went out, what came in and what stayed within, by period and by what was known', async () => {
    await world.on('2026-01-20');
    const lea = await world.person();
    const item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
    const recipients = [diarra!.to, noel!.to];
    await world.agreed(lea, caron!, { items: [item], recipients }, { effectiveAt: '2026-01-08' });
    const act = { items: [{ item }] };
    const within = await world.shared(lea, caron!, {
      ...act,
      recipients: [diarra!.to],
      effectiveAt: '2026-01-09',
    });
    const out = await world.shared(lea, caron!, { ...act, recipients, effectiveAt: '2026-01-12' });
    await world.on('2026-02-01');
    const told = await world.client.as(noel!.by).tell(`${lea.path}/disclosure-reports`, {
      ...act,
      recipients: [diarra!.to],
      discloser: noel!.to,
      source: 'appel',
      certainty: 'certain',
      effectiveAt: '2026-01-15',
    });
    const reported = told['disclosure'] as string;

    const ssiad = await register(caron!.institution);
    expect(ssiad.map((entry) => [entry.disclosure, entry.direction, entry.on, entry.reported])).toEqual([
      [within, 'within', '2026-01-09', false],
      [out, 'out', '2026-01-12', false],
      [reported, 'in', '2026-01-15', true],
    ]);
    const ccas = await register(noel!.institution);
    expect(ccas.map(({ disclosure, direction }) => [disclosure, direction])).toEqual([
      [out, 'in'],
      [reported, 'out'],
    ]);
    const ids = async (query: Query) => (await register(caron!.institution, query)).map((e) => e.disclosure);
    expect(await ids({ from: '2026-01-10', to: '2026-01-12' })).toEqual([out]);
    expect(await ids({ from: '2026-01-12', to: '2026-01-12' })).toEqual([out]);
    expect(await ids({ to: '2026-01-09' })).toEqual([within]);
    expect(await ids({ from: '2026-01' })).toEqual([within, out, reported]);
    expect(await ids({ validAt: '2026-01-12' })).toEqual([within, out]);
    expect(await ids({ knownAt: '2026-01-31' })).toEqual([within, out]);
  });

  test('of an institution without any disclosure is empty', async () => {
    expect(await register(await world.institution())).toEqual([]);
  });

  test('names nobody whom it does not know: an outsider who tells has no institution', async () => {
    const lea = await world.person();
    const item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
    const { outsider } = await world.client.tell(`${lea.path}/outsiders`, {
      kind: 'relative',
      name: 'Sa fille',
    });
    const before = await register(noel!.institution);
    await world.client.as(noel!.by).tell(`${lea.path}/disclosure-reports`, {
      discloser: { kind: 'outsider', outsider },
      recipients: [noel!.to, { kind: 'unknown' }],
      items: [{ item }],
      source: 'courrier',
      certainty: 'rumoured',
      effectiveAt: '2026-01-16',
    });
    const after = await register(noel!.institution);
    expect(after).toHaveLength(before.length + 1);
    expect(after.at(-1)).toMatchObject({ direction: 'in', discloser: { kind: 'outsider', outsider } });
    const rows = await world.client.rows<Knowing>(`${lea.path}/who-knows`);
    const holders = rows.map(({ holder }) => holder.key.split(':')[0]);
    // Who tells something knows it, the daughter included.
    expect(holders.toSorted()).toEqual(['mandate', 'mandate', 'outsider', 'unknown']);
  });
});

describe('a function inside an institution', () => {
  test('is named by the code that the institution declares', async () => {
    await world.on('2026-03-01');
    const lea = await world.person();
    const item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
    const role = 'night-helpers';
    const declared = { function: role, name: 'Équipe de nuit', categories: ['nurse'], accessLog: true };
    const told = { functions: [{ ...declared, secrecy: ['health-profession'] }] };
    await world.client.tell(`/v1/institutions/${noel!.institution}/revisions`, told);
    const recipient = { kind: 'category', institution: noel!.institution, function: role };
    await world.agreed(
      lea,
      caron!,
      { items: [item], recipients: [recipient] },
      { effectiveAt: '2026-01-08' },
    );
    const frame = 'made-available';
    const act = { items: [{ item }], recipients: [recipient], frame, effectiveAt: '2026-01-09' };
    await world.shared(lea, caron!, act);
    const rows = await world.client.rows<Knowing>(`${lea.path}/who-knows`);
    expect(rows.map(({ holder }) => holder)).toContainEqual(
      expect.objectContaining({ function: role, institution: noel!.institution, name: 'Équipe de nuit' }),
    );
  });
});

interface Covered {
  readonly institution: string;
  readonly source: string | null;
  readonly reportedUpTo: unknown;
  readonly gap: boolean;
}

describe('coverage', () => {
  const of = async (institution: string, query: Query = {}) =>
    (await world.client.rows<Covered>('/v1/coverage', { limit: 500, ...query }))
      .filter((row) => row.institution === institution)
      .map(({ source, gap }) => [source, gap]);
  const report = (institution: string, source: string, upTo: string, more = {}) =>
    world.client.tell(`/v1/institutions/${institution}/sources`, { source, upTo, ...more });

  test('of an institution that never said anything is a gap', async () => {
    expect(await of(await world.institution())).toEqual([[null, true]]);
  });

  test('of each source ends with the day up to which it has reported', async () => {
    await world.on('2026-04-01');
    const institution = await world.institution();
    await report(institution, 'registre papier', '2026-03-10');
    await report(institution, 'logiciel', '2026-03-31');
    expect(await of(institution)).toEqual([
      ['logiciel', true],
      ['registre papier', true],
    ]);
    expect(await of(institution, { validAt: '2026-03-31' })).toEqual([
      ['logiciel', false],
      ['registre papier', true],
    ]);
    expect(await of(institution, { validAt: '2026-03-10' })).toEqual([
      ['logiciel', false],
      ['registre papier', false],
    ]);
  });

  test('as known then is what had been said by then; a correction takes it back', async () => {
    await world.on('2026-05-01');
    const institution = await world.institution();
    await report(institution, 'logiciel', '2026-04-30');
    await world.on('2026-05-10');
    await report(institution, 'logiciel', '2026-04-15', { correction: true });
    const asked = { validAt: '2026-04-30' };
    expect(await of(institution, asked)).toEqual([['logiciel', true]]);
    expect(await of(institution, { ...asked, knownAt: '2026-05-05' })).toEqual([['logiciel', false]]);
    expect(await of(institution, { ...asked, knownAt: '2026-04-20' })).toEqual([]);
  });

  test('an earlier day than was reported already adds nothing', async () => {
    const institution = await world.institution();
    await report(institution, 'logiciel', '2026-04-30');
    const again = await report(institution, 'logiciel', '2026-04-01');
    expect(again).toMatchObject({ events: [], repeated: false });
    expect(await of(institution, { validAt: '2026-04-30' })).toEqual([['logiciel', false]]);
  });
});
