import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import {
  sharing,
  World,
  type Body,
  type Knowing,
  type Professional,
  type Query,
  type Someone,
} from './harness.js';

let world: World;
let [caron, noel, aune]: Professional[] = [];

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  aune = await world.professional('Aune');
});
afterAll(() => world.close());

interface Known {
  readonly person: Someone;
  readonly item: string;
}

/** Somebody about whom Mme Caron knows one thing since 5 January. */
async function somebody(): Promise<Known> {
  const person = await world.person();
  return { person, item: await world.item(person, caron!, { effectiveAt: '2026-01-05' }) };
}

function agreed({ person, item }: Known, to: Professional, effectiveAt: string): Promise<string> {
  const client = { items: [item], recipients: [to.to] };
  return world.agreed(person, caron!, client, { effectiveAt });
}

function shared({ person, item }: Known, from: Professional, to: Professional, on: string, more: Body = {}) {
  return world.shared(person, from, { items: [{ item }], recipients: [to.to], effectiveAt: on, ...more });
}

async function rowOf(
  { person }: Known,
  holder: Professional,
  query: Query = {},
): Promise<Knowing | undefined> {
  const rows = await world.client.rows<Knowing>(`${person.path}/who-knows`, query);
  return rows.find((row) => row.holder.key === holder.by);
}

async function statusOf(about: Known, holder: Professional, query: Query = {}): Promise<string | undefined> {
  return (await rowOf(about, holder, query))?.status;
}

describe('two chains to one item', () => {
  test('the item stays in use until the last valid chain is gone', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    const [first, direct] = [
      await agreed(about, noel!, '2026-01-10'),
      await agreed(about, aune!, '2026-01-10'),
    ];
    const ways = [
      await shared(about, caron!, noel!, '2026-01-11'),
      await shared(about, caron!, aune!, '2026-01-12', { consents: [direct] }),
    ];
    const onward = await agreed(about, aune!, '2026-01-13');
    ways.push(await shared(about, noel!, aune!, '2026-01-14', { consents: [onward] }));
    expect(await rowOf(about, aune!)).toMatchObject({
      status: 'in-use',
      through: [ways[1], ways[2]],
      chains: [[ways[1]], [ways[0], ways[2]]],
      hops: 1,
    });
    const withdraw = (consent: string, effectiveAt: string) =>
      world.client.as(about.person.by).tell(`${about.person.path}/consents/${consent}/withdrawals`, {
        means: 'oral',
        effectiveAt,
      });
    await withdraw(direct, '2026-01-15');
    expect(await statusOf(about, aune!)).toBe('in-use');
    expect((await rowOf(about, aune!))!.chains).toHaveLength(2);
    await withdraw(first, '2026-01-17');
    expect(await statusOf(about, noel!)).toBe('basis-withdrawn');
    expect(await statusOf(about, aune!)).toBe('basis-withdrawn');
    expect(await statusOf(about, aune!, { validAt: '2026-01-16' })).toBe('in-use');
    const page = await world.client.rows<Knowing>(`${about.person.path}/who-knows`, {
      validAt: '2026-01-11',
    });
    expect(page.map(({ holder }) => holder.key).toSorted()).toEqual([caron!.by, noel!.by].toSorted());
  });

  test('acts in a circle do not carry each other', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    const first = await agreed(about, noel!, '2026-01-10');
    await agreed(about, aune!, '2026-01-10');
    const again = await agreed(about, noel!, '2026-01-10');
    await shared(about, caron!, noel!, '2026-01-11', { consents: [first] });
    await shared(about, noel!, aune!, '2026-01-12');
    await shared(about, aune!, noel!, '2026-01-13', { consents: [again] });
    await world.client.as(about.person.by).tell(`${about.person.path}/consents/${first}/withdrawals`, {
      means: 'oral',
      effectiveAt: '2026-01-15',
    });
    expect(await statusOf(about, noel!)).toBe('basis-withdrawn');
    expect(await statusOf(about, aune!)).toBe('basis-withdrawn');
    const trail = await world.client.rows(`${about.person.path}/trail`, { item: about.item });
    expect(trail).toHaveLength(4);
  });
});

describe('a chain', () => {
  test('begins at what was learnt at an hour of the day on which it was told, of which the act names no hour', async () => {
    await world.on('2026-01-20T16:00:00Z');
    const person = await world.person();
    const learnt = { effectiveAt: '2026-01-20T14:00:00+01:00' };
    const about = { person, item: await world.item(person, caron!, learnt) };
    await agreed(about, noel!, '2026-01-20');
    const disclosure = await shared(about, caron!, noel!, '2026-01-20');
    expect(await rowOf(about, caron!)).toMatchObject({ status: 'in-use', through: [], hops: 0 });
    expect(await rowOf(about, noel!)).toMatchObject({ status: 'in-use', chains: [[disclosure]], hops: 1 });
    const backward = { disclosure, direction: 'backward' };
    const trail = await world.client.rows<Body>(`${person.path}/trail`, backward);
    expect(trail.map(({ hop, disclosure: act, source }) => [hop, act, source])).toEqual([
      [1, disclosure, null],
      [2, null, 'observation'],
    ]);
    const unconfirmed = { person: person.id, rule: 'origin-not-confirmed' };
    expect(await world.client.rows('/v1/findings', unconfirmed)).toEqual([]);
  });
});

describe('a correction', () => {
  const report = (about: Known, to: Professional, effectiveAt: string) =>
    world.client.as(caron!.by).tell(`${about.person.path}/disclosure-reports`, {
      discloser: caron!.to,
      items: [{ item: about.item }],
      recipients: [to.to],
      purpose: 'care-coordination',
      source: 'cahier de liaison',
      certainty: 'likely',
      effectiveAt,
    });
  const correct = (about: Known, disclosure: unknown, body: Body) =>
    world.client.as(caron!.by).tell(`${about.person.path}/disclosures/${String(disclosure)}/corrections`, {
      reason: 'relecture',
      ...body,
    });

  test('joins two reports of one act, which then counts once', async () => {
    await world.on('2026-01-20');
    const about = await somebody();
    const one = await report(about, noel!, '2026-01-10');
    const other = await report(about, noel!, '2026-01-12');
    expect((await rowOf(about, noel!))!.through).toEqual([one['disclosure'], other['disclosure']]);
    await world.on('2026-01-22');
    await correct(about, other['disclosure'], { duplicateOf: one['disclosure'] });
    expect((await rowOf(about, noel!))!.through).toEqual([one['disclosure']]);
    expect((await rowOf(about, noel!, { knownAt: '2026-01-21' }))!.through).toHaveLength(2);
    const register = `/v1/institutions/${noel!.institution}/register`;
    const listed = async (query: Query = {}) =>
      (await world.client.rows<{ person: string }>(register, query)).filter(
        (r) => r.person === about.person.id,
      );
    expect(await listed()).toHaveLength(1);
    expect(await listed({ knownAt: '2026-01-21' })).toHaveLength(2);
  });

  test('retracts an act that never happened, as far as is known from then on', async () => {
    await world.on('2026-01-20');
    const about = await somebody();
    const { disclosure } = await report(about, noel!, '2026-01-10');
    await world.on('2026-01-22');
    await correct(about, disclosure, { retracted: true });
    expect(await rowOf(about, noel!)).toBeUndefined();
    expect(await rowOf(about, noel!, { validAt: '2026-01-15' })).toBeUndefined();
    expect(await statusOf(about, noel!, { validAt: '2026-01-15', knownAt: '2026-01-21' })).toBe('in-use');
    expect(await world.client.rows(`${about.person.path}/trail`, { item: about.item })).toHaveLength(1);
  });

  test('moves an act to another day, recipient and item', async () => {
    const about = await somebody();
    const second = await world.item(about.person, caron!, { effectiveAt: '2026-01-05', label: 'isolement' });
    await world.on('2026-01-20');
    const { disclosure } = await report(about, noel!, '2026-01-10');
    const changes = { recipients: [aune!.to], items: [{ item: second }] };
    await correct(about, disclosure, { changes, actEffectiveAt: '2026-01-18' });
    expect(await rowOf(about, noel!)).toBeUndefined();
    expect(await rowOf(about, aune!)).toMatchObject({ item: second, since: '2026-01-18' });
    expect(await rowOf(about, aune!, { validAt: '2026-01-17' })).toBeUndefined();
  });
});

describe('a contest', () => {
  test('makes the knowledge contested until it is answered', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    const disclosure = await shared(about, caron!, noel!, '2026-01-11');
    const contests = `${about.person.path}/disclosures/${disclosure}/contests`;
    const ground = 'Je n’ai jamais dit cela.';
    await world.client.as(about.person.by).tell(contests, { ground, effectiveAt: '2026-01-14' });
    expect(await statusOf(about, noel!)).toBe('contested');
    expect(await statusOf(about, noel!, { validAt: '2026-01-13' })).toBe('in-use');
    const answer = { answer: 'rejected', reason: 'signé', effectiveAt: '2026-01-17' };
    await world.client.as(caron!.by).tell(`${contests}/answer`, answer);
    expect(await statusOf(about, noel!)).toBe('in-use');
    expect(await statusOf(about, noel!, { validAt: '2026-01-16' })).toBe('contested');
    expect(await statusOf(about, caron!)).toBe('in-use');
  });
});

describe('the end of keeping', () => {
  test('comes with the day after the retention', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    const more = { retainUntil: '2026-06-30' };
    const disclosure = await shared(about, caron!, noel!, '2026-01-11', more);
    expect(await rowOf(about, noel!)).toMatchObject({ status: 'in-use', until: '2026-06-30' });
    expect(await statusOf(about, noel!, { validAt: '2026-06-30' })).toBe('in-use');
    expect(await statusOf(about, noel!, { validAt: '2026-07-01' })).toBe('due-for-purge');
    const change = { retainUntil: '2026-03-31', reason: 'suivi terminé' };
    await world.client.as(caron!.by).tell(`${about.person.path}/disclosures/${disclosure}/retention`, change);
    expect(await statusOf(about, noel!, { validAt: '2026-04-01' })).toBe('due-for-purge');
  });

  test.each([
    ['nothing', 'purged'],
    ['memory', 'unforgettable'],
    ['legal-archive', 'unforgettable'],
  ])('with a purge of which remains %s, the holder is %s', async (remains, status) => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    await shared(about, caron!, noel!, '2026-01-11');
    await world.client.as(noel!.by).tell(`${about.person.path}/purges`, {
      items: [about.item],
      remains,
      why: 'dit de vive voix',
      effectiveAt: '2026-01-18',
    });
    expect(await statusOf(about, noel!)).toBe(status);
    expect(await statusOf(about, noel!, { validAt: '2026-01-17' })).toBe('in-use');
    expect(await statusOf(about, caron!)).toBe('in-use');
  });

  test('is undone by learning it again', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    await shared(about, caron!, noel!, '2026-01-11');
    const purge = { items: [about.item], remains: 'nothing', effectiveAt: '2026-01-14' };
    await world.client.as(noel!.by).tell(`${about.person.path}/purges`, purge);
    await shared(about, caron!, noel!, '2026-01-18');
    expect(await rowOf(about, noel!)).toMatchObject({ status: 'in-use', since: '2026-01-18' });
    expect(await statusOf(about, noel!, { validAt: '2026-01-16' })).toBe('purged');
  });
});

describe('a consent', () => {
  const state = async ({ person }: Known, query: Query = {}) =>
    (await world.client.rows<{ state: string }>(`${person.path}/consents`, query)).map((row) => row.state);

  test('that was taken back before it began is still told', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    const scope = { items: [about.item], recipients: [noel!.to] };
    const times = { effectiveAt: '2026-01-10', validFrom: '2026-02-01' };
    const consent = await world.agreed(about.person, caron!, scope, times);
    const withdrawal = { means: 'oral', effectiveAt: '2026-01-12' };
    await world.client
      .as(about.person.by)
      .tell(`${about.person.path}/consents/${consent}/withdrawals`, withdrawal);
    expect(await state(about)).toEqual(['withdrawn']);
  });

  test('that was given at an hour and taken back on the same day is still told', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    const scope = { items: [about.item], recipients: [noel!.to] };
    const times = { effectiveAt: '2026-01-10T10:00:00+01:00' };
    const consent = await world.agreed(about.person, caron!, scope, times);
    const withdrawal = { means: 'oral', effectiveAt: '2026-01-10' };
    await world.client
      .as(about.person.by)
      .tell(`${about.person.path}/consents/${consent}/withdrawals`, withdrawal);
    expect(await state(about)).toEqual(['withdrawn']);
  });

  test('expires after its last day, and with it what rests on it', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    const scope = { items: [about.item], recipients: [noel!.to] };
    const times = { effectiveAt: '2026-01-10', validUntil: '2026-03-31' };
    await world.agreed(about.person, caron!, scope, times);
    await shared(about, caron!, noel!, '2026-01-11');
    expect(await state(about, { validAt: '2026-03-31' })).toEqual(['in-force']);
    expect(await state(about, { validAt: '2026-04-01' })).toEqual(['expired']);
    expect(await statusOf(about, noel!, { validAt: '2026-04-01' })).toBe('basis-withdrawn');
  });
});

describe('a correction that was wrong itself', () => {
  test('is taken back: who knows shows the act again, and what was known in between', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    const disclosure = await shared(about, caron!, noel!, '2026-01-11');
    const told = (correction: Body) =>
      world.client.as(caron!.by).tell(`${about.person.path}/disclosures/${disclosure}/corrections`, {
        ...correction,
        reason: 'erreur',
      });
    await told({ retracted: true });
    expect(await statusOf(about, noel!)).toBeUndefined();
    await world.on('2026-01-21');
    const back = await told({ retracted: false });
    expect(back['events']).toHaveLength(1);
    expect(await statusOf(about, noel!)).toBe('in-use');
    expect(await statusOf(about, noel!, { validAt: '2026-01-12', knownAt: '2026-01-20' })).toBeUndefined();
    expect(await statusOf(about, noel!, { validAt: '2026-01-12' })).toBe('in-use');
    expect((await told({ retracted: false }))['events']).toEqual([]);
  });
});

describe('somebody who attested that nothing remains', () => {
  test('passes it on no more, on the same day either', async () => {
    const about = await somebody();
    await world.on('2026-01-20');
    await agreed(about, noel!, '2026-01-10');
    const client = world.client.as(caron!.by);
    await client.tell(`${about.person.path}/purges`, { items: [about.item], remains: 'nothing' });
    for (const effectiveAt of ['2026-01-20', '2026-01-15']) {
      const act = { items: [{ item: about.item }], recipients: [noel!.to], effectiveAt };
      expectProblem(await client.post(`${about.person.path}/disclosures`, sharing(act)), 422, 'not-held');
    }
  });
});
