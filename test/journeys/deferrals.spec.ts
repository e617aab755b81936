import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { streamName, type Instant } from '#decider';
import {
  checkPerson,
  checkReceipt,
  parseProofFile,
  parseReceipt,
  parseVerifierKey,
  type ProofBundle,
} from '#transparency';
import { expectProblem } from './expect-problem.js';
import { sharing, World, type Body, type Professional, type Someone } from './harness.js';

jest.setTimeout(60_000);

/** Ahead of the machine's clock, with which the log begins before the story sets its own. */
const NOW = '2031-02-03';
const REASON = 'Représailles à craindre sur l’enfant';

let world: World;
let nurse: Professional;
let crip: Professional;
let judge: Professional;
let stranger: Professional;
/** She holds parental authority, and a mandate at her place of work. */
let mother: Professional;
let tom: Someone;
let item: string;
/** The person's answers before anything was deferred. */
let untouched: readonly string[];
let deferral: string;
let disclosure: string;

beforeAll(async () => {
  world = await World.open();
  await world.on('2031-02-01');
  nurse = await world.professional('Faure');
  const alerts = { purposes: ['child-danger-alert', 'child-assessment'], secrecy: ['ase-mission'] };
  crip = await world.professional('Vasseur', { ...alerts, categories: ['crip'] });
  judge = await world.professional('Colin', { ...alerts, categories: ['departmental-council-president'] });
  stranger = await world.professional('Autre');
  tom = await world.person({ givenName: 'Tom', birthDate: '2021-05-17' });
  item = await world.item(tom, nurse, { category: 'child-danger', label: 'ecchymoses' });
  mother = await world.professional('Mère');
  await world.client.as(nurse.by).tell(`${tom.path}/representations`, {
    kind: 'parental-authority',
    domain: 'personal',
    familyName: 'Besnard',
    givenName: 'Anne',
    instrument: 'livret de famille',
    verified: true,
    mandate: mother.mandate,
    validFrom: '2021-05-17',
  });
  await world.on(NOW);
  untouched = await answersTo(tom.by);
});
afterAll(() => world.close());

function alert(to: Professional, overrides: Body = {}): Body {
  return sharing({
    items: [{ item }],
    recipients: [to.to],
    purpose: 'child-danger-alert',
    provision: 'casf-l226-2-1',
    effectiveAt: NOW,
    ...overrides,
  });
}

function deferring(overrides: Body = {}): Body {
  return alert(crip, {
    ground: 'interest-of-the-child',
    reason: REASON,
    reviewBy: '2031-05-03',
    ...overrides,
  });
}

/** Every question about the person at one moment, word for word but for the ledger's position, which everybody moves. */
async function answersTo(caller: string): Promise<readonly string[]> {
  const client = world.client.as(caller);
  const questions = ['who-knows', 'timeline', 'consents', 'duties', `trail?item=${item}`];
  if (caller === tom.by) questions.push('consultations');
  const after = world.client.position;
  const moment = { validAt: `${NOW}T23:00:00Z`, knownAt: `${NOW}T23:00:00Z` };
  const told: string[] = [];
  for (const question of questions) {
    const { status, text } = await client.get(`${tom.path}/${question}`, { after, ...moment });
    // How far the ledger goes, and that the day is not over, changes for everybody.
    const said = text.replace(/"position":\d+/, '"position":0').replace(/"knownAt":"[^"]+"/, '"knownAt":""');
    told.push(`${question} ${status} ${said}`);
  }
  return told;
}

interface Duty {
  readonly kind: string;
  readonly id: string;
  readonly state: string;
  readonly debtor: string;
}

async function proof(since?: number): Promise<ProofBundle> {
  const told = await world.client.as(tom.by).get(`${tom.path}/proof`, since === undefined ? {} : { since });
  const bundle = parseProofFile(told.text);
  if (!bundle.ok) throw new Error(bundle.reason);
  return bundle.value;
}

async function checked(bundle: ProofBundle) {
  const text = await (await fetch(`${world.client.url}/v1/log/key`)).text();
  const key = parseVerifierKey(text.trim());
  if (!key.ok) throw new Error(key.reason);
  const policy = { origin: key.value.name, logKeys: [key.value], witnesses: [], quorum: 0 };
  return { key: key.value, policy, bundle };
}

/** The receipt waits for a checkpoint that has the event. */
async function logged(caller: string, event: string): Promise<string> {
  const told = await world.client.as(caller).get(`${tom.path}/receipts/${event}`);
  if (told.status !== 200) throw new Error(told.text);
  return told.text;
}

/** Whether telling them is a disclosure, and what comes of it. */
async function toldLike(who: Professional) {
  const { body } = await world.client.as(nurse.by).post(`${tom.path}/assessments`, alert(who));
  const [cell] = body['cells'] as readonly { disclosure: boolean; verdict: string }[];
  return [cell!.disclosure, cell!.verdict];
}

const open = async () => (await world.client.get('/v1/log/deferrals')).body['open'];
const at = () => `/v1/deferrals/${deferral}`;
const look = (who: Professional) => world.client.as(who.by).get(at(), { reason: 'care' });
const owed = async (who: Professional) =>
  (await world.client.as(who.by).rows<Duty>('/v1/duties')).filter(({ id }) => id === deferral);

describe('a deferral, from its start to its reveal', () => {
  let event: string;

  test('is refused without a review that lies ahead, by others, and recorded once', async () => {
    const to = `${tom.path}/deferrals`;
    for (const reviewBy of ['2031-02-02', '2031-08-04'])
      expectProblem(
        await world.client.as(nurse.by).post(to, deferring({ reviewBy })),
        422,
        'contradiction',
        'reviewBy',
      );
    const foreign = await world.client.as(stranger.by).post(to, deferring({ discloser: nurse.mandate }));
    expectProblem(foreign, 403, 'not-permitted');
    const key = { 'idempotency-key': 'deferring-once' };
    const told = await world.client.as(nurse.by).tell(to, deferring(), key);
    expect(told).toMatchObject({ verdict: 'allow-with-duties', repeated: false });
    deferral = told['deferral'] as string;
    disclosure = told['disclosure'] as string;
    event = (told['events'] as { id: string; type: string }[])[1]!.id;
    const again = await world.client.as(nurse.by).tell(to, deferring(), key);
    expect(again).toMatchObject({ deferral, disclosure, repeated: true });
    const reused = await world.client.as(nurse.by).post(to, deferring({ reason: 'Autre' }), key);
    expectProblem(reused, 422, 'idempotency-key-reused');
  });

  test('shows nowhere to the person, nor to those who may not see it', async () => {
    expect(await answersTo(tom.by)).toEqual(untouched);
    for (const path of [at(), `${at()}?reason=care`])
      expectProblem(await world.client.as(stranger.by).get(path), 404, 'not-found');
    expectProblem(await world.client.as(stranger.by).post(`${at()}/end`, { reason: 'x' }), 404, 'not-found');
    expect(await world.client.as(stranger.by).rows('/v1/deferrals')).toEqual([]);
    const receipt = await world.client.as(tom.by).get(`${tom.path}/receipts/${event}`);
    const none = await world.client.as(tom.by).get(`${tom.path}/receipts/${tom.id}`);
    expect([receipt.status, receipt.text]).toEqual([none.status, none.text]);
    const contest = (id: string) =>
      world.client.as(tom.by).post(`${tom.path}/disclosures/${id}/contests`, { ground: 'x' });
    const [hidden, absent] = [await contest(disclosure), await contest(tom.id)];
    const untold = (text: string) => text.replace(/"position":\d+/, '');
    expect([hidden.status, untold(hidden.text)]).toEqual([absent.status, untold(absent.text)]);
  });

  test('shows to the institutions of discloser and recipient, who leave a trace beside it', async () => {
    expect((await look(nurse)).body).toMatchObject({ person: tom.id, reason: REASON, state: 'open' });
    const seen = (await look(crip)).body as unknown as { reason: null; events: { type: string }[] };
    expect([seen.reason, seen.events.map(({ type }) => type)]).toEqual([null, ['DisclosureRecorded']]);
    expectProblem(await world.client.as(nurse.by).send('GET', at()), 400, 'reason-missing', 'reason');
    const rows = await world.client.as(crip.by).rows('/v1/deferrals');
    expect(rows).toMatchObject([{ deferral, answers: false, overdue: false }]);
    const register = `/v1/institutions/${crip.institution}/register`;
    expect(await world.client.as(crip.by).rows(register)).toMatchObject([{ disclosure }]);
    expect(await answersTo(tom.by)).toEqual(untouched);
  });

  test('is counted in public, and gives its discloser a receipt', async () => {
    const receipt = parseReceipt(await logged(nurse.by, event));
    const { policy } = await checked(await proof());
    expect(receipt.ok && checkReceipt(receipt.value, policy)).toMatchObject({ ok: true });
    expect(await open()).toBe(1);
    expect((await proof()).streams.map(({ stream }) => stream)).toEqual([
      `person-${tom.id}`,
      `access-${tom.id}`,
    ]);
    expect(await answersTo(tom.by)).toEqual(untouched);
  });

  test('takes in what follows from it: what its recipient passes on, and what is said of it', async () => {
    const passed = await world.client.as(crip.by).tell(`${tom.path}/disclosures`, alert(judge));
    const reported = { source: 'dossier', certainty: 'certain', recipients: [judge.to] };
    const report = { discloser: crip.to, items: [{ item }], effectiveAt: NOW, ...reported };
    await world.client.as(crip.by).tell(`${tom.path}/disclosure-reports`, report);
    await world.client.as(crip.by).tell(`${tom.path}/disclosures/${disclosure}/effects`, {
      effect: 'Évaluation ouverte',
    });
    const events = (await look(nurse)).body['events'] as { type: string; data: { disclosure: string } }[];
    expect(events.map(({ type }) => type)).toEqual([
      'DisclosureRecorded',
      'DisclosureAssessed',
      'DisclosureRecorded',
      'DisclosureAssessed',
      'DisclosureReported',
      'EffectObserved',
    ]);
    expect(events[2]!.data.disclosure).toBe(passed['disclosure']);
    expect((await look(judge)).status).toBe(200);
    expect(await answersTo(tom.by)).toEqual(untouched);
  });

  test('makes a word to the mother about it a disclosure, and no information', async () => {
    expect(await toldLike(mother)).toEqual([true, 'deny']);
    expect(await world.client.as(mother.by).rows(`${tom.path}/duties`)).toEqual([]);
  });

  test('is a duty of whoever answers for it, and is looked at again', async () => {
    expect(await owed(nurse)).toMatchObject([{ kind: 'review-deferral', state: 'open' }]);
    expect(await owed(crip)).toEqual([]);
    await world.on('2031-05-04');
    expect(await owed(nurse)).toMatchObject([{ state: 'overdue' }]);
    const review = { reason: 'Enquête en cours', reviewBy: '2031-06-01' };
    expectProblem(await world.client.as(crip.by).post(`${at()}/reviews`, review), 403, 'not-permitted');
    await world.client.as(nurse.by).tell(`${at()}/reviews`, review);
    expect(await owed(nurse)).toMatchObject([{ state: 'open' }]);
    expect(await open()).toBe(1);
  });

  test('ends, and is the person’s from then on with the dates of the facts', async () => {
    await world.on('2031-05-20');
    const ended = await world.client.as(nurse.by).tell(`${at()}/end`, { reason: 'Mesure prononcée' });
    expect(ended['events']).toMatchObject([{ type: 'InformationDeferralEnded' }]);
    expectProblem(await world.client.as(nurse.by).post(`${at()}/end`, { reason: 'x' }), 409, 'already-ended');
    expect(await owed(nurse)).toEqual([]);
    expect(await toldLike(mother)).toEqual([false, 'allow']);
    expect(await world.client.as(mother.by).rows(`${tom.path}/duties`)).not.toEqual([]);
    const client = world.client.as(tom.by);
    const holders = await client.rows<{ holder: { key: string }; since: string }>(`${tom.path}/who-knows`);
    expect(holders.map(({ holder }) => holder.key).sort()).toEqual(
      [nurse, crip, judge].map(({ by }) => by).sort(),
    );
    const timeline = await client.rows<{ type: string; recordedAt: string; data: object }>(
      `${tom.path}/timeline`,
    );
    const told = timeline.map(({ type, recordedAt }) => `${recordedAt.slice(0, 10)} ${type}`);
    expect(told).toEqual(
      expect.arrayContaining([
        '2031-02-03 DisclosureRecorded',
        '2031-02-03 DisclosureReported',
        '2031-02-03 EffectObserved',
        '2031-05-20 DeferralRevealed',
      ]),
    );
    expect(told.join()).not.toContain('DisclosureAssessed');
    const kept = `${tom.path}/disclosures/${disclosure}/assessment`;
    expectProblem(await world.client.as(nurse.by).get(kept), 404, 'not-found');
    expect(timeline.find(({ type }) => type === 'DeferralRevealed')!.data).toEqual({ deferral });
    expect(await client.rows(`${tom.path}/trail`, { item })).not.toEqual([]);
    const looks = await client.rows<{ question: string; by: { key: string }; at: string }>(
      `${tom.path}/consultations`,
    );
    expect(looks).toContainEqual(expect.objectContaining({ question: 'deferral', about: deferral }));
    expect(looks.filter(({ at: day }) => day.startsWith(NOW))).not.toEqual([]);
    const before = await client.rows(`${tom.path}/who-knows`, { knownAt: '2031-05-01T09:00:00.000Z' });
    expect(before).toHaveLength(1);
  });

  test('joins the person’s proof, which verifies, and is not counted any more', async () => {
    const { rows } = await world.client
      .as(tom.by)
      .ask<{ event: string; type: string }>(`${tom.path}/timeline`);
    await logged(tom.by, rows.find(({ type }) => type === 'DeferralRevealed')!.event);
    expect(JSON.parse(await logged(tom.by, event))).toMatchObject({});
    const { policy, bundle } = await checked(await proof());
    const own = [streamName('person', tom.id), streamName('access', tom.id)];
    const now = '2031-05-20T09:00:00.000Z' as Instant;
    const verdict = checkPerson(bundle, { policy, streams: own, now });
    expect(verdict.checks.filter((check) => check.verdict === 'failed')).toEqual([]);
    expect(bundle.streams.map(({ stream }) => stream)).toContain(`deferral-${deferral}`);
    const without = { ...bundle, streams: bundle.streams.filter(({ stream }) => own.includes(stream)) };
    expect(checkPerson(without, { policy, streams: own, now }).verdict).toBe('failed');
    expect(await open()).toBe(0);
  });
});
