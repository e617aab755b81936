import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { get } from 'node:http';
import { sharing, World, type Body, type Professional, type Someone } from './harness.js';

const NOBODY = '00000000-0000-4000-8000-00000000dead';

/** Today in this world. */
const DAY = '2026-01-20';

let world: World;
let [caron, noel]: Professional[] = [];
let lea: Someone;
let other: Someone;
let item: string;
let disclosure: string;

beforeAll(async () => {
  world = await World.open();
  await world.on(DAY);
  caron = await world.professional('Caron');
  noel = await world.professional('Noël');
  lea = await world.person();
  other = await world.person();
  item = await world.item(lea, caron, { effectiveAt: '2026-01-05' });
  await world.agreed(lea, caron, { items: [item], recipients: [noel.to] }, { effectiveAt: '2026-01-08' });
  const act = { items: [{ item }], recipients: [noel.to], effectiveAt: '2026-01-09' };
  disclosure = await world.shared(lea, caron, act);
});
afterAll(() => world.close());

const QUESTIONS = ['who-knows', 'timeline', 'consents', 'duties', `trail?item=${NOBODY}`];

describe('a caller who names themselves', () => {
  test('is heard under the names of this machine only', async () => {
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const headers = { host, 'sillage-caller': lea.by };
        get(`${world.client.url}${lea.path}/consents`, { headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
    const hosts = ['127.0.0.1', 'localhost:3000', '[::1]:3000', 'evil.example', 'localhost.evil.example'];
    expect(await Promise.all(hosts.map(status))).toEqual([200, 200, 200, 403, 403]);
  });
});

describe('a person who calls', () => {
  test.each(['who-knows', 'timeline', 'consents', 'duties'])('sees their own %s', async (question) => {
    const rows = await world.client.as(lea.by).rows(`${lea.path}/${question}`);
    expect(rows.length).toBeGreaterThan(0);
  });

  test('sees the trail of what is known about them', async () => {
    expect(await world.client.as(lea.by).rows(`${lea.path}/trail`, { item })).toHaveLength(2);
  });

  test.each(QUESTIONS)('gets one answer on %s of another person and of nobody', async (question) => {
    const client = world.client.as(lea.by);
    const others = await client.get(`${other.path}/${question}`);
    const nobodys = await client.get(`/v1/persons/${NOBODY}/${question}`);
    expect(others.status).toBe(404);
    expect(others.text).toBe(nobodys.text);
    expect(nobodys.status).toBe(404);
    expect(others.body['type']).toBe('urn:sillage:problem:not-found');
  });

  test('gets the same for a command on another person, whatever it says, and nothing is recorded', async () => {
    const end = await world.client.facts();
    const client = world.client.as(lea.by);
    for (const body of [{ means: 'oral' }, { nonsense: true }]) {
      const others = await client.post(`${other.path}/objections`, body);
      const nobodys = await client.post(`/v1/persons/${NOBODY}/objections`, body);
      expect([others.status, others.text]).toEqual([404, nobodys.text]);
    }
    expect(await world.client.facts()).toBe(end);
  });

  test('does not see how a disclosure was assessed; the discloser does', async () => {
    const types = async (caller: string) =>
      (await world.client.as(caller).rows<{ type: string }>(`${lea.path}/timeline`)).map((row) => row.type);
    expect(await types(lea.by)).not.toContain('DisclosureAssessed');
    expect(await types(lea.by)).toContain('DisclosureRecorded');
    expect(await types(caron!.by)).toContain('DisclosureAssessed');
    expect(await types(noel!.by)).not.toContain('DisclosureAssessed');
    const exported = await world.client.as(lea.by).get(`${lea.path}/timeline`, { format: 'ndjson' });
    expect(exported.text).not.toContain('DisclosureAssessed');
  });

  test('pages through their timeline without gaps where something is hidden', async () => {
    const client = world.client.as(lea.by);
    const whole = await client.rows(`${lea.path}/timeline`);
    const paged: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof client.ask>> = await client.ask(`${lea.path}/timeline`, {
        limit: 1,
        ...(cursor ? { cursor } : {}),
      });
      paged.push(...page.rows);
      cursor = page.next;
    } while (cursor !== null);
    expect(paged).toEqual(whole);
  });

  test.each([
    ['records what a professional does', `disclosures`],
    ['describes an item', 'items'],
    ['registers an outsider', 'outsiders'],
  ])('never %s', async (_, route) => {
    const told = await world.client.as(lea.by).post(`${lea.path}/${route}`, {});
    expect([told.status, told.body['type']]).toEqual([403, 'urn:sillage:problem:not-permitted']);
  });

  test('does not speak for a representative', async () => {
    const told = await world.client.as(lea.by).post(`${lea.path}/objections`, {
      means: 'oral',
      by: { kind: 'representative', representative: NOBODY },
    });
    expect(told.status).toBeGreaterThanOrEqual(400);
    expect(told.status).toBeLessThan(500);
  });

  test('is helped by a professional whose mandate is in force, and the help is on record', async () => {
    const assisted = world.client.as(`${lea.by};assisted-by=${caron!.mandate}`);
    await assisted.tell(`${lea.path}/disclosures/${disclosure}/contests`, { ground: 'Je ne comprends pas.' });
    const rows = await world.client.rows<{ actor: object }>(`${lea.path}/timeline`);
    expect(rows.map(({ actor }) => actor)).toContainEqual({
      kind: 'person',
      id: lea.id,
      assistedBy: caron!.mandate,
    });
    const nobody = world.client.as(`${lea.by};assisted-by=${NOBODY}`);
    const told = await nobody.get(`${lea.path}/who-knows`);
    expect([told.status, told.body['type']]).toEqual([403, 'urn:sillage:problem:mandate-not-in-force']);
  });
});

describe('a disclosure that its basis does not carry', () => {
  const refused = (by: Professional, body = {}) =>
    world.client.as(by.by).post(
      `${lea.path}/disclosures`,
      sharing({
        items: [{ item }],
        recipients: [noel!.to],
        purpose: 'social-follow-up',
        effectiveAt: DAY,
        ...body,
      }),
    );

  test('is refused with its reasons, and the refusal is on record', async () => {
    const before = await world.client.rows(`${lea.path}/who-knows`);
    const told = await refused(caron!);
    expect(told.status).toBe(422);
    expect(told.headers.get('content-type')).toContain('application/problem+json');
    expect(told.body).toMatchObject({
      type: 'urn:sillage:problem:disclosure-refused',
      reasons: [
        { rule: 'p4-not-informed', fr: expect.any(String), en: expect.any(String) },
        { rule: 'p4-consent-missing' },
        { rule: 'p8-no-agreement' },
      ],
      events: [{ type: 'DisclosureRefused' }],
      repeated: false,
    });
    expect(await world.client.rows(`${lea.path}/who-knows`)).toEqual(before);
    const rows = await world.client.rows<{ type: string; data: object }>(`${lea.path}/timeline`);
    expect(rows.findLast((row) => row.type === 'DisclosureRefused')!.data).toMatchObject({
      disclosure: told.body['disclosure'],
      recipients: [{ kind: 'mandate', mandate: noel!.mandate }],
    });
  });

  test('is not for another institution to correct, nor its register to read', async () => {
    const act = `${lea.path}/disclosures/${disclosure}`;
    const retracted = { retracted: true, reason: 'jamais dit' };
    const stranger = world.client.as(noel!.by);
    expectProblem(await stranger.post(`${act}/corrections`, retracted), 403, 'not-permitted');
    const retention = { retainUntil: '2026-12-31', reason: 'fini' };
    expectProblem(await stranger.post(`${act}/retention`, retention), 403, 'not-permitted');
    const purge = { items: [item], remains: 'nothing', holder: caron!.to };
    expectProblem(await stranger.post(`${lea.path}/purges`, purge), 403, 'not-permitted', 'holder');
    const register = `/v1/institutions/${caron!.institution}/register`;
    expectProblem(await stranger.get(register), 404, 'not-found');
    expect((await world.client.as(caron!.by).get(register)).status).toBe(200);
  });

  test('is not for a mandate of another institution to record', async () => {
    const told = await refused(noel!, { discloser: caron!.mandate });
    expectProblem(told, 403, 'not-permitted', 'discloser');
  });

  test('is told again when the same command comes again, and recorded once', async () => {
    const key = { 'idempotency-key': 'refused-once' };
    const body = sharing({
      items: [{ item }],
      recipients: [noel!.to],
      purpose: 'social-follow-up',
      effectiveAt: DAY,
    });
    const first = await world.client.as(caron!.by).post(`${lea.path}/disclosures`, body, key);
    const end = await world.client.facts();
    const again = await world.client.as(caron!.by).post(`${lea.path}/disclosures`, body, key);
    expect(again.status).toBe(422);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect(await world.client.facts()).toBe(end);
  });

  test('is refused where the person objects to what they may object to', async () => {
    const free = await world.person();
    const label = await world.item(free, caron!, { effectiveAt: '2026-01-05' });
    const body = sharing({
      items: [{ item: label }],
      recipients: [noel!.to],
      provision: 'csp-l1110-4-ii-exchange',
      frame: 'exchange',
      effectiveAt: DAY,
    });
    const client = world.client.as(caron!.by);
    const scope = { items: [label], recipients: [noel!.to], purposes: ['care-coordination'] };
    await client.tell(`${free.path}/informations`, { ...scope, form: 'oral', effectiveAt: DAY });
    await client.tell(`${free.path}/disclosures`, body);
    const means = { means: 'oral', effectiveAt: DAY };
    const { objection } = await world.client.as(free.by).tell(`${free.path}/objections`, means);
    const told = await client.post(`${free.path}/disclosures`, body);
    expect(told.body['reasons']).toMatchObject([{ rule: 'p4-objected' }, { rule: 'p8-objected' }]);
    await world.client.as(free.by).tell(`${free.path}/objections/${String(objection)}/lift`, means);
    await client.tell(`${free.path}/disclosures`, body);
  });
});

describe('a mandate of an institution that took no part', () => {
  let roy: Professional;
  let objection: string;
  const contest = () => `${lea.path}/disclosures/${disclosure}/contests`;
  const reason = 'Vérifié.';
  beforeAll(async () => {
    roy = await world.professional('Roy');
    const objected = { means: 'oral', items: [item], recipients: [noel!.to] };
    objection = (await world.client.as(lea.by).tell(`${lea.path}/objections`, objected))[
      'objection'
    ] as string;
    await world.client.as(lea.by).tell(contest(), { ground: 'Ce n’était pas lui.' });
    await world.client.as(caron!.by).tell(`${lea.path}/care-relations`, {});
  });

  test.each<[string, () => readonly [path: string, body: Body]]>([
    ['answers a contest', () => [`${contest()}/answer`, { answer: 'rejected', reason }]],
    [
      'answers an objection',
      () => [`${lea.path}/objections/${objection}/answers`, { answer: 'rejected', reason }],
    ],
    [
      'requalifies an item',
      () => [`${lea.path}/items/${item}/requalifications`, { level: 'public', reason }],
    ],
    [
      'says what another institution holds',
      () => [
        `${lea.path}/items/${item}/holdings`,
        { holder: noel!.to, purpose: 'care-coordination', source: { kind: 'person' } },
      ],
    ],
    [
      'starts the care of another institution',
      () => [`${lea.path}/care-relations`, { mandate: noel!.mandate }],
    ],
    [
      'ends the care of another institution',
      () => [`${lea.path}/care-relations/${caron!.mandate}/end`, { until: DAY }],
    ],
    ['sees an effect', () => [`${lea.path}/disclosures/${disclosure}/effects`, { effect: 'x' }]],
    ['corrects', () => [`${lea.path}/disclosures/${disclosure}/corrections`, { retracted: true, reason }]],
    [
      'changes a retention',
      () => [`${lea.path}/disclosures/${disclosure}/retention`, { retainUntil: DAY, reason }],
    ],
  ])('never %s', async (_, request) => {
    const told = await world.client.as(roy.by).post(...request());
    expect([told.status, told.body['type']]).toEqual([403, 'urn:sillage:problem:not-permitted']);
  });

  test('leaves the answers to those who answer, each for themselves', async () => {
    const answer = { answer: 'rejected', reason };
    const ofContest = await world.client.as(caron!.by).tell(`${contest()}/answer`, answer);
    expect(ofContest['events']).toHaveLength(1);
    for (const by of [caron!, noel!]) {
      const given = await world.client.as(by.by).tell(`${lea.path}/objections/${objection}/answers`, answer);
      expect(given['events']).toHaveLength(1);
    }
  });
});
