import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '#event-store';
import { FileRootKey } from '#sealing';
import { expectProblem } from './expect-problem.js';
import { sharing, World, type Professional, type Someone } from './harness.js';

const CANARIES = {
  name: 'Zanzibar-Kestrel',
  label: 'étiquette quetzal-4711',
  text: 'motif ornithorynque-0815',
};

let world: World;
let nurse: Professional;
let noel: Professional;
/** Told in a deferral. */
let roy: Professional;
let lea: Someone;
let other: Someone;
let item: string;
/** Open when the erasure is asked for. */
let deferral: string;

interface Pending {
  readonly notices: readonly { notice: string; asks: string; state: string; items: readonly string[] }[];
}

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-01-05');
  nurse = await world.professional('Martin');
  noel = await world.professional('Noël');
  roy = await world.professional('Roy');
  lea = await world.person({ familyName: CANARIES.name });
  other = await world.person({ familyName: 'Autre' });
  item = await world.item(lea, nurse, { label: CANARIES.label, effectiveAt: '2026-01-05' });
  await world.item(other, nurse, { label: 'reste là', effectiveAt: '2026-01-05' });
  await world.agreed(
    lea,
    nurse,
    { items: [item], recipients: [noel.to, roy.to] },
    { effectiveAt: '2026-01-05' },
  );
  const act = {
    items: [{ item }],
    recipients: [noel.to],
    objective: CANARIES.text,
    effectiveAt: '2026-01-05',
  };
  await world.shared(lea, nurse, act);
  const { deferral: begun } = await world.client.as(nurse.by).tell(`${lea.path}/deferrals`, {
    ...sharing({ ...act, recipients: [roy.to] }),
    ground: 'safety-of-somebody',
    reason: CANARIES.text,
    reviewBy: '2026-02-05',
  });
  deferral = String(begun);
  await world.client.as(nurse.by).rows(`${lea.path}/who-knows`);
});
afterAll(() => world.close());

const erasure = () => `${lea.path}/erasure`;

async function pending(count: number, by = world.client.caller): Promise<Pending> {
  for (let tries = 0; ; tries++) {
    const told = await world.client.as(by).get(erasure());
    const body = told.body as unknown as Pending;
    if (tries > 200 || body.notices?.length >= count) return body;
    await sleep(25);
  }
}

/** The person's key itself, as the root key opens it. */
async function rawKey(): Promise<Buffer> {
  const db = openDatabase(join(world.dataDir, 'keys.db'), { readOnly: true });
  const row = db.prepare('SELECT epoch, wrapped FROM key WHERE owner = ?').get(`person:${lea.id}`);
  db.close();
  const { epoch, wrapped } = row as unknown as { epoch: number; wrapped: Uint8Array };
  const root = FileRootKey.open(join(world.dataDir, 'root.key'));
  return Buffer.concat([await root.unwrap(wrapped, `person:${lea.id}`, epoch), wrapped]);
}

/** Files of the data folder that hold these bytes. */
function filesWith(bytes: Uint8Array | string): readonly string[] {
  return readdirSync(world.dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    try {
      return readFileSync(join(world.dataDir, name)).includes(bytes as Buffer);
    } catch {
      return false;
    }
  });
}

/** The rows of the person as they are stored: sealed, and still personal data. */
function storedBodies(): readonly Buffer[] {
  const db = openDatabase(join(world.dataDir, 'ledger.db'), { readOnly: true });
  const rows = db.prepare('SELECT body FROM event WHERE stream = ?').all(`person-${lea.id}`);
  db.close();
  return (rows as unknown as { body: Uint8Array }[]).map(({ body }) => Buffer.from(body));
}

describe('an erasure', () => {
  test('is not requested under a legal hold, nor where a ground to keep applies', async () => {
    const { hold } = await world.client.tell(`${lea.path}/legal-holds`, { ground: 'Procédure en cours' });
    expectProblem(await world.client.post(erasure(), { groundsToKeep: [] }), 403, 'not-permitted');
    await world.client.tell(`${lea.path}/legal-holds/${String(hold)}/lift`, {});
    const kept = await world.client.post(erasure(), { groundsToKeep: ['legal-claims'] });
    expectProblem(kept, 403, 'not-permitted');
    expectProblem(await world.client.post(`${erasure()}/completion`, {}), 422, 'contradiction');
    expectProblem(await world.client.get(erasure()), 404, 'not-found');
  });

  test('once requested leaves nothing to be read but its notices', async () => {
    await world.client.tell(erasure(), { groundsToKeep: [] });
    const { notices, ...told } = await pending(2);
    expect(told).toMatchObject({ state: 'waiting-for-holders', answerBy: expect.any(String) });
    const asked = { asks: 'purge', state: 'open', items: [item] };
    expect(notices).toMatchObject([asked, asked]);
    expect((await pending(1, noel.by)).notices).toEqual(notices.slice(0, 1));
    const nurses = world.client.as(nurse.by);
    for (const question of [
      'who-knows',
      'timeline',
      'consents',
      'consultations',
      'duties',
      `trail?item=${item}`,
    ])
      expect([question, (await nurses.get(`${lea.path}/${question}`)).status]).toEqual([question, 404]);
    expect((await world.client.get(`${lea.path}/proof`)).status).toBe(404);
    expect((await world.client.as(lea.by).get(`${lea.path}/timeline`)).status).toBe(404);
    expect((await nurses.post(`${lea.path}/items`, itemBody())).status).toBe(404);
    expect((await nurses.get(`${other.path}/timeline`)).status).toBe(200);
  });

  test('waits for answers, and for a hold that was placed meanwhile', async () => {
    expectProblem(await world.client.post(`${erasure()}/completion`, {}), 422, 'decision-needed');
    const { notices } = await pending(2);
    const told = { answer: 'impossible', reason: CANARIES.text };
    await world.client.as(noel.by).tell(`${lea.path}/notices/${notices[0]!.notice}/answer`, told);
    expectProblem(await world.client.post(`${erasure()}/completion`, {}), 422, 'decision-needed');
    const deferred = `${lea.path}/notices/${notices[1]!.notice}/answer`;
    expectProblem(await world.client.as(noel.by).post(deferred, told), 404, 'not-found');
    await world.client.as(roy.by).tell(deferred, told);
    expect(await pending(2)).toMatchObject({ state: 'requested', requestedAt: expect.any(String) });
    const { hold } = await world.client.tell(`${lea.path}/legal-holds`, { ground: 'Réquisition' });
    expectProblem(await world.client.post(`${erasure()}/completion`, {}), 403, 'not-permitted');
    await world.client.tell(`${lea.path}/legal-holds/${String(hold)}/lift`, {});
  });

  test('leaves no canary, no key and no sealed row in any file, and ends once', async () => {
    const key = await rawKey();
    const bodies = storedBodies();
    expect(filesWith(key.subarray(32))).not.toEqual([]);
    expect(bodies.every((body) => filesWith(body.subarray(0, 40)).length > 0)).toBe(true);
    const told = await world.client.post(`${erasure()}/completion`, {});
    expect([told.status, told.body]).toEqual([201, { streams: 3 }]);
    for (const bytes of [
      key.subarray(0, 32),
      key.subarray(32),
      ...bodies.map((body) => body.subarray(0, 40)),
    ])
      expect(filesWith(bytes)).toEqual([]);
    for (const canary of Object.values(CANARIES)) expect(filesWith(canary)).toEqual([]);
    expect((await world.client.post(`${erasure()}/completion`, {})).status).toBe(201);
    expect((await world.client.get(erasure())).body).toEqual({
      state: 'complete',
      completedAt: expect.any(String),
      notices: [],
    });
    expectProblem(await world.client.as(nurse.by).get(erasure()), 404, 'not-found');
    expect((await world.client.as(nurse.by).get(`${other.path}/timeline`)).status).toBe(200);
  });

  test('is named in the log by labels alone, once each', async () => {
    const db = openDatabase(join(world.dataDir, 'ledger.db'), { readOnly: true });
    const rows = db.prepare("SELECT body FROM event WHERE stream = 'erasures'").all() as unknown as {
      body: Uint8Array;
    }[];
    db.close();
    const named = rows.map(({ body }) => JSON.parse(Buffer.from(body).toString()) as { payload: object });
    const label = (stream: string) =>
      createHash('sha256').update(`sillage/label/1${stream}`).digest('base64url');
    expect(named.map(({ payload }) => (payload as { label: string }).label).toSorted()).toEqual(
      [`person-${lea.id}`, `access-${lea.id}`, `deferral-${deferral}`].map(label).toSorted(),
    );
    expect((await world.client.get('/v1/log/deferrals')).body).toEqual({ open: 0 });
  });
});

function itemBody() {
  const source = { kind: 'observation' };
  return { category: 'functional-impact', label: 'x', purpose: 'care-coordination', source };
}
