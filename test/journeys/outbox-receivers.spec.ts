import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import { World, type Professional, type Someone } from './harness.js';
import { institutionAt, outbox, shareSecret, until, withdrawnFrom, type OutboxRow } from './outbox.js';
import { Receiver } from './receiver.js';

const HOUR_MS = 3_600_000;

let world: World;
let teller: Professional;
const receivers: Receiver[] = [];

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  teller = await world.professional('Odile');
});
afterAll(async () => {
  await world.close();
  await Promise.all(receivers.map((receiver) => receiver.close()));
});

async function add(receiver: Promise<Receiver>): Promise<Receiver> {
  receivers.push(await receiver);
  return receiver;
}

/** One notice on its way to this institution. */
async function noticeTo(
  institution: string,
): Promise<{ readonly person: Someone; readonly item: string; readonly holder: Professional }> {
  const holder = await world.professional('Noël', { institution });
  const told = await withdrawnFrom(world, [teller, holder], ['2026-01-05', '2026-02-20']);
  return { ...told, holder };
}

async function rowOf(institution: string, isSo: (row: OutboxRow) => boolean): Promise<OutboxRow> {
  return until(async () => (await outbox(world, institution)).find(isSo));
}

async function isGone(institution: string): Promise<void> {
  await until(async () => (await outbox(world, institution)).length === 0);
}

describe('a receiver', () => {
  test('that is away for more than three days is given up, and served when somebody says so', async () => {
    const away = await add(Receiver.closed());
    const institution = await institutionAt(world, away);
    await noticeTo(institution);
    let row = await rowOf(institution, ({ attempts }) => attempts > 0);
    const first = Date.parse(row.nextTry!);
    let last = first;
    while (row.state === 'pending') {
      const { attempts } = row;
      last = Date.parse(row.nextTry!);
      await world.on(row.nextTry!);
      row = await rowOf(institution, (now) => now.attempts > attempts);
    }
    expect(row).toMatchObject({ state: 'dead', attempts: 11, nextTry: null, lastError: 'unreachable' });
    expect(last - first).toBeGreaterThan(72 * HOUR_MS);
    await away.open();
    const retried = await world.client.post(`/v1/outbox/${row.delivery}/retry`, {});
    expect(retried).toMatchObject({ status: 202, body: { state: 'pending', attempts: 0 } });
    await isGone(institution);
    expect(away.messages).toMatchObject([{ id: row.notice, genuine: true }]);
    const again = await world.client.post(`/v1/outbox/${row.delivery}/retry`, {});
    expectProblem(again, 404, 'not-found');
  });

  test('that redirects is not followed', async () => {
    const inside = await add(Receiver.opened());
    const redirecting = await add(
      Receiver.opened((response) => response.writeHead(307, { location: inside.url }).end()),
    );
    const institution = await institutionAt(world, redirecting);
    await noticeTo(institution);
    const row = await rowOf(institution, ({ lastError }) => lastError !== null);
    expect(row).toMatchObject({ state: 'pending', lastError: 'redirect' });
    expect(inside.messages).toEqual([]);
  });

  test('that answers 410 is not asked again, until somebody says so', async () => {
    const gone = await add(Receiver.opened((response) => response.writeHead(410).end()));
    const institution = await institutionAt(world, gone);
    await noticeTo(institution);
    const row = await rowOf(institution, ({ state }) => state === 'stopped');
    expect(row).toMatchObject({ attempts: 1, nextTry: null, lastError: 'gone' });
    await world.on('2026-03-20');
    gone.answering = (response) => response.writeHead(200).end('{"ok":true}');
    await world.client.post(`/v1/outbox/${row.delivery}/retry`, {});
    await isGone(institution);
    expect(gone.messages).toHaveLength(2);
  });

  test('that fails leaves the kind of its error, nothing of what it said', async () => {
    const failing = await add(
      Receiver.opened((response) => response.writeHead(503).end('Léa Besnard est inconnue')),
    );
    const institution = await institutionAt(world, failing);
    await noticeTo(institution);
    await rowOf(institution, ({ lastError }) => lastError === 'http-503');
    expect((await world.client.get('/v1/outbox')).text).not.toContain('Besnard');
  });

  test('that never answers holds up nobody else', async () => {
    const silent = await add(Receiver.opened(() => {}));
    const prompt = await add(Receiver.opened());
    const [slow, quick] = [await institutionAt(world, silent), await institutionAt(world, prompt)];
    await noticeTo(slow);
    await until(() => silent.messages.length === 1);
    await noticeTo(quick);
    await isGone(quick);
    expect(prompt.messages).toHaveLength(1);
    expect(await outbox(world, slow)).toMatchObject([{ state: 'pending' }]);
  });

  test('that is not there yet gets what is still open once its institution names it', async () => {
    const institution = await world.institution();
    const { holder, person, item } = await noticeTo(institution);
    await noticeTo(institution);
    await until(async () => (await outbox(world, institution)).length === 2);
    const row = await rowOf(institution, ({ lastError }) => lastError === 'no-webhook');
    expect(row).toMatchObject({ state: 'pending', attempts: 0, nextTry: null });
    await world.client.as(holder.by).tell(`${person.path}/purges`, { items: [item], remains: 'nothing' });
    await until(async () => (await outbox(world, institution)).length === 1);
    const late = await add(Receiver.opened());
    await shareSecret(world, institution, late);
    await world.client.tell(`/v1/institutions/${institution}/revisions`, { webhook: late.url });
    await isGone(institution);
    expect(late.messages).toMatchObject([{ genuine: true }]);
  });

  test('hears for the outsider whom its institution told', async () => {
    const receiver = await add(Receiver.opened());
    const institution = await institutionAt(world, receiver);
    const holder = await world.professional('Perrin', { institution });
    await world.on('2026-01-05');
    const person = await world.person();
    const item = await world.item(person, holder, { effectiveAt: '2026-01-05' });
    const { outsider } = await world.client.as(holder.by).tell(`${person.path}/outsiders`, {
      kind: 'professional',
      name: 'Mme Voisin',
      category: 'nurse',
      secrecyBasis: 'health-profession',
    });
    const to = { kind: 'outsider', outsider };
    const scope = { items: [item], recipients: [to] };
    const consent = await world.agreed(person, holder, scope, { effectiveAt: '2026-01-05' });
    await world.shared(person, holder, { items: [{ item }], recipients: [to], effectiveAt: '2026-01-05' });
    await world.client
      .as(person.by)
      .tell(`${person.path}/consents/${consent}/withdrawals`, { means: 'oral' });
    await until(() => receiver.messages.length === 1);
    expect(JSON.parse(receiver.messages[0]!.body)).toMatchObject({ data: { to } });
    expect(receiver.messages[0]!.body).not.toContain('Voisin');
  });
});

describe('the outbox', () => {
  test('is for clients, and so are secrets', async () => {
    const secret = `/v1/institutions/${teller.institution}/webhook-secret`;
    for (const path of ['/v1/outbox', secret])
      expectProblem(await world.client.as(teller.by).get(path), 403, 'not-permitted');
    const told = await world.client.get(secret);
    expect(told.body['secret']).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(told.headers.get('cache-control')).toBe('no-store');
    expect((await world.client.get(secret)).body).toEqual(told.body);
    const nobody = '00000000-0000-4000-8000-00000000dead';
    expectProblem(await world.client.get(`/v1/institutions/${nobody}/webhook-secret`), 404, 'not-found');
    expectProblem(await world.client.post(`/v1/outbox/${nobody}/retry`, {}), 404, 'not-found');
  });

  test('is read page by page', async () => {
    const all = await outbox(world);
    expect(all.length).toBeGreaterThan(1);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await world.client.get('/v1/outbox', { limit: 1, ...(cursor ? { cursor } : {}) });
      const { rows, next } = page.body as { rows: readonly OutboxRow[]; next: string | null };
      seen.push(...rows.map(({ delivery }) => delivery));
      cursor = next;
    }
    expect(seen).toEqual(all.map(({ delivery }) => delivery));
  });

  test.each([
    'http://example.org/hook',
    'https://user:word@example.org/hook',
    'ftp://127.0.0.1/',
    'https://example.org/#hook',
    'http://127.0.0.1.example.org/',
    'hook',
  ])('posts nothing to %s', async (webhook) => {
    const told = await world.client.post('/v1/institutions', { name: 'X', mission: 'Y', webhook });
    expectProblem(told, 400, 'invalid-request', 'webhook');
  });
});
