import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statuses, World, type Knowing, type Professional, type Query, type Someone } from './harness.js';

let world: World;
let [caron, noel, aune, ferry]: Professional[] = [];
let lea: Someone;
let item: string;
let consent: string;
const passed: string[] = [];

/** The story: told on 5 January, agreed on the 8th, passed on three times, taken back in part, then as a whole. */
beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  [caron, noel, aune, ferry] = [
    await world.professional('Caron'),
    await world.professional('Noël'),
    await world.professional('Aune'),
    await world.professional('Ferry'),
  ];
  lea = await world.person({ givenName: 'Léa' });
  item = await world.item(lea, caron!, { effectiveAt: '2026-01-05' });
  await world.on('2026-01-08');
  const recipients = [noel!.to, aune!.to, ferry!.to];
  consent = await world.agreed(lea, caron!, { items: [item], recipients }, { effectiveAt: '2026-01-08' });
  for (const [day, from, to] of [
    ['2026-01-09', caron!, noel!],
    ['2026-01-12', noel!, aune!],
    ['2026-01-15', aune!, ferry!],
  ] as const) {
    await world.on(day);
    const act = { items: [{ item }], recipients: [to.to], effectiveAt: day };
    passed.push(await world.shared(lea, from, act));
  }
  const withdrawals = `${lea.path}/consents/${consent}/withdrawals`;
  const person = world.client.as(lea.by);
  await world.on('2026-02-01');
  const excluded = { recipients: [{ kind: 'institution', institution: aune!.institution }] };
  await person.tell(withdrawals, { means: 'written', effectiveAt: '2026-02-01', excluded });
  // The paper came two days late.
  await world.on('2026-02-12');
  await person.tell(withdrawals, { means: 'written', effectiveAt: '2026-02-10' });
  await world.on('2026-03-01');
});
afterAll(() => world.close());

const EVERYBODY = ['Aune', 'Caron', 'Ferry', 'Noël'];

function known(query: Query) {
  return statuses(world.client, lea, query).then((rows) => rows.map((row) => row.replace('Dominique ', '')));
}

describe('who knows, after a consent, three hops and two withdrawals', () => {
  const HOLDING = ['Aune: in-use', 'Caron: in-use', 'Ferry: in-use', 'Noël: in-use'];
  const WITHOUT_AUNE = ['Aune: basis-withdrawn', 'Caron: in-use', 'Ferry: basis-withdrawn', 'Noël: in-use'];
  const ONLY_CARON = EVERYBODY.map((name) => `${name}: ${name === 'Caron' ? 'in-use' : 'basis-withdrawn'}`);

  test.each<[string, Query, readonly string[]]>([
    ['now, as known now', {}, ONLY_CARON],
    ['before anything happened', { validAt: '2026-01-04' }, []],
    ['on the day of the first passing', { validAt: '2026-01-09' }, ['Caron: in-use', 'Noël: in-use']],
    ['after the last passing, as known now', { validAt: '2026-01-20' }, HOLDING],
    ['after the last passing, as known then', { validAt: '2026-01-20', knownAt: '2026-01-20' }, HOLDING],
    [
      'after the last passing, as known before it was recorded',
      { validAt: '2026-01-20', knownAt: '2026-01-14' },
      ['Aune: in-use', 'Caron: in-use', 'Noël: in-use'],
    ],
    ['the day before the partial withdrawal', { validAt: '2026-01-31' }, HOLDING],
    ['on the day of the partial withdrawal', { validAt: '2026-02-01' }, WITHOUT_AUNE],
    ['on that day, as known the day before', { validAt: '2026-02-01', knownAt: '2026-01-31' }, HOLDING],
    ['the day before the whole withdrawal took effect', { validAt: '2026-02-09' }, WITHOUT_AUNE],
    ['between effect and record, as known now', { validAt: '2026-02-11' }, ONLY_CARON],
    [
      'between effect and record, as known then',
      { validAt: '2026-02-11', knownAt: '2026-02-11' },
      WITHOUT_AUNE,
    ],
    ['now, as known before it was recorded', { knownAt: '2026-02-11' }, WITHOUT_AUNE],
    ['on the day of record, as known then', { validAt: '2026-02-12', knownAt: '2026-02-12' }, ONLY_CARON],
    ['long after', { validAt: '2031-01-01' }, ONLY_CARON],
    ['as known before the person was registered', { knownAt: '2026-01-01' }, []],
  ])('%s', async (_, query, expected) => {
    expect(await known(query)).toEqual(expected);
  });

  test('each row tells label, basis, first day and the way in', async () => {
    const rows = await world.client.rows<Knowing>(`${lea.path}/who-knows`, { validAt: '2026-01-20' });
    const of = (one: Professional) => rows.find(({ holder }) => holder.key === one.by)!;
    expect(of(caron!)).toMatchObject({
      label: 'risque de chute',
      hops: 0,
      through: [],
      chains: [],
      basis: null,
    });
    expect(of(noel!)).toMatchObject({
      hops: 1,
      since: '2026-01-09',
      basis: 'csp-l1110-4-iii-outside-team',
      chains: [passed.slice(0, 1)],
    });
    expect(of(ferry!)).toMatchObject({
      hops: 3,
      since: '2026-01-15',
      through: [passed[2]],
      chains: [passed],
    });
  });

  test('an answer names its two moments: the end of the days asked for', async () => {
    const asked = { validAt: '2026-02-01', knownAt: '2026-02-11' };
    const page = await world.client.ask(`${lea.path}/who-knows`, asked);
    expect(page).toMatchObject({
      validAt: '2026-02-01T22:59:59.999Z',
      knownAt: '2026-02-11T22:59:59.999Z',
    });
  });
});

interface Hop {
  readonly hop: number;
  readonly disclosure: string | null;
  readonly from: { readonly key: string } | null;
  readonly to: { readonly key: string };
  readonly source: string | null;
}

describe('the trail', () => {
  const hops = (query: Query) => world.client.rows<Hop>(`${lea.path}/trail`, query);
  const steps = (rows: readonly Hop[]) => rows.map(({ hop, disclosure }) => [hop, disclosure]);

  test('forward from the item begins where it was learnt and follows every hop', async () => {
    const rows = await hops({ item, direction: 'forward' });
    expect(steps(rows)).toEqual([
      [1, null],
      [2, passed[0]],
      [3, passed[1]],
      [4, passed[2]],
    ]);
    expect(rows[0]).toMatchObject({ from: null, to: { key: caron!.by }, source: 'observation' });
    expect(rows[3]).toMatchObject({ from: { key: aune!.by }, to: { key: ferry!.by } });
  });

  test('forward from a disclosure leaves out what came before it', async () => {
    expect(steps(await hops({ disclosure: passed[1]! }))).toEqual([
      [1, passed[1]],
      [2, passed[2]],
    ]);
  });

  test('backward from the last disclosure leads to the origin', async () => {
    const rows = await hops({ disclosure: passed[2]!, direction: 'backward' });
    expect(steps(rows)).toEqual([
      [1, passed[2]],
      [2, passed[1]],
      [3, passed[0]],
      [4, null],
    ]);
  });

  test('backward from the item begins at whoever passed it to nobody', async () => {
    const rows = await hops({ item, direction: 'backward' });
    expect(rows[0]).toMatchObject({ hop: 1, to: { key: ferry!.by } });
    expect(rows).toHaveLength(4);
  });

  test('is as short as it was then', async () => {
    expect(await hops({ item, validAt: '2026-01-12' })).toHaveLength(3);
    expect(await hops({ item, knownAt: '2026-01-09' })).toHaveLength(2);
  });
});

interface Happened {
  readonly type: string;
  readonly effectiveAt: string | { readonly date: string };
  readonly recordedAt: string;
}

describe('the timeline', () => {
  /** Notices follow on their own: see notices.spec.ts. */
  const timeline = async (query: Query = {}) =>
    (await world.client.rows<Happened>(`${lea.path}/timeline`, query)).filter(
      ({ type }) => type !== 'NoticeIssued',
    );
  const day = ({ effectiveAt }: Happened) =>
    typeof effectiveAt === 'string' ? effectiveAt.slice(0, 10) : effectiveAt.date;

  test('tells everything in order of effect, with when it was recorded', async () => {
    const rows = await timeline();
    expect(rows.map(day)).toEqual(rows.map(day).toSorted());
    expect(rows.map(({ type }) => type)).toEqual([
      'InformationDescribed',
      'PersonRegistered',
      'PersonInformed',
      'ConsentGranted',
      ...passed.flatMap(() => ['DisclosureRecorded', 'DisclosureAssessed']),
      'ConsentWithdrawn',
      'ConsentWithdrawn',
    ]);
    const late = rows.at(-1)!;
    expect(late.effectiveAt).toEqual({ date: '2026-02-10', zone: 'Europe/Paris', precision: 'day' });
    expect(late.recordedAt).toMatch(/^2026-02-12T09:00/);
  });

  test('as known then leaves out what was recorded later', async () => {
    expect(await timeline({ knownAt: '2026-02-11' })).toHaveLength(11);
    expect(await timeline({ validAt: '2026-02-11', knownAt: '2026-02-12' })).toHaveLength(12);
    expect(await timeline({ validAt: '2026-02-09' })).toHaveLength(11);
  });
});

describe('the consents', () => {
  const state = async (query: Query) => {
    const rows = await world.client.rows<{ id: string; state: string; excluded: unknown[] }>(
      `${lea.path}/consents`,
      query,
    );
    return rows.map(({ state: now, excluded }) => [now, excluded.length]);
  };

  test('tell what is in force, narrowed or withdrawn at each date pair', async () => {
    expect(await state({})).toEqual([['withdrawn', 1]]);
    expect(await state({ validAt: '2026-01-07' })).toEqual([]);
    expect(await state({ validAt: '2026-01-20' })).toEqual([['in-force', 0]]);
    expect(await state({ validAt: '2026-02-05' })).toEqual([['narrowed', 1]]);
    expect(await state({ validAt: '2026-02-11', knownAt: '2026-02-11' })).toEqual([['narrowed', 1]]);
  });
});
