import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from './expect-problem.js';
import type { Held, Prepared } from './session-answers.js';
import { statuses, World, type Body, type Knowing, type Professional, type Someone } from './harness.js';

/** The CCAPEX hears the examiner's report on a household that may be evicted. */
let world: World;
let [secretary, vidal, lopez, martin, landlord, colleague]: Professional[] = [];
let person: Someone;
let [debt, steps]: string[] = [];
let [commission, session, hearing, heard]: string[] = [];

const EVICTION = 'eviction-prevention';
const opinion = {
  kind: 'opinion',
  label: 'Avis favorable au maintien dans le logement',
  levers: 'Saisine du fonds de solidarité pour le logement',
  accompaniment: 'Mesure d’accompagnement budgétaire',
  cooperation: 'CCAS et bailleur : un point tous les deux mois',
};

async function assemble(): Promise<void> {
  const ddt = await world.institution('DDT du Vernay');
  const examiner = { secrecy: ['ccapex-commission'], purposes: [EVICTION], institution: ddt };
  const body = {
    categories: ['pdalhpd-designated-body', 'social-worker'],
    secrecy: ['ccapex-commission'],
    purposes: [EVICTION],
  };
  secretary = await world.professional('Aubry', { ...examiner, categories: ['ccapex-member'] });
  vidal = await world.professional('Vidal', { ...examiner, categories: ['ccapex-instructor'] });
  lopez = await world.professional('Lopez', body);
  martin = await world.professional('Martin', body);
  landlord = await world.professional('Bonnet', { ...body, categories: ['ccapex-member'] });
  colleague = await world.professional('Weber', {
    categories: ['social-worker'],
    secrecy: ['social-work-profession'],
  });
}

async function describe_(label: string, category: string): Promise<string> {
  const overrides = {
    label,
    category,
    purpose: EVICTION,
    source: { kind: 'person' },
    effectiveAt: '2026-04-07',
  };
  return world.item(person, vidal!, overrides);
}

const as = (who: Professional | Someone) => world.client.as(who.by);
const preparation = async (who: Professional) => as(who).get(`${hearing}/preparation`);
const table = (who: Professional, body: Body = {}) =>
  as(who).post(`${hearing}/agenda/${heard}/tabling`, body);

const prepared = async (): Promise<Prepared> => {
  const { body } = await preparation(secretary!);
  return (body['agenda'] as readonly Prepared[])[0]!;
};

const held = async (who: Professional): Promise<Held> =>
  (await as(who).get(hearing!)).body as unknown as Held;

beforeAll(async () => {
  world = await World.open();
  await world.on('2026-04-01');
  await assemble();
});
afterAll(() => world.close());

describe('before the session', () => {
  test('a commission is constituted and its members appointed', async () => {
    const { institution } = secretary!;
    const told = await world.client.tell('/v1/commissions', {
      kind: 'CCAPEX',
      name: 'CCAPEX du Vernay',
      institution,
      purpose: EVICTION,
      regime: 'loi-90-449-7-2-from-instructor',
    });
    commission = told['commission'] as string;
    const members = `/v1/commissions/${commission}/members`;
    for (const { mandate } of [vidal!, lopez!, martin!, landlord!])
      expect(await world.client.tell(members, { mandate, validFrom: '2026-01-01' })).toMatchObject({
        events: [{ type: 'MemberAppointed' }],
      });
  });

  test('the examiner refers the case, first without its report', async () => {
    await world.on('2026-04-07');
    person = await world.person({ givenName: 'Amadou', familyName: 'Diallo' });
    debt = await describe_('dette de loyer', 'resources-debt');
    steps = await describe_('démarches engagées', 'social-follow-up-notes');
    const referral = {
      commission,
      question: 'Maintien dans le logement',
      whyCollective: 'Plusieurs services interviennent',
      items: [debt, steps].map((item) => ({ item, justification: 'Apprécier la menace d’expulsion.' })),
      benefit: 'Rester dans le logement',
      responsibleManager: 'Direction de la DDT',
    };
    const told = await as(vidal!).tell(`${person.path}/cases`, referral);
    heard = told['case'] as string;
    expectProblem(await as(lopez!).post(`${person.path}/cases`, referral), 422, 'not-held', 'items[0].item');
    const report = {
      date: '2026-04-08',
      diagnosisSources: 'Service social',
      criteria: 'Règlement de la CCAPEX',
    };
    await world.on('2026-04-08');
    await as(vidal!).tell(`${person.path}/cases`, { ...referral, case: heard, report });
    const known = { ...report, knownToPerson: true };
    const again = await as(vidal!).tell(`${person.path}/cases`, { ...referral, case: heard, report: known });
    expect(again['case']).toBe(heard);
  });

  test('the secretariat convenes the session and puts the case on its agenda; others find no commission', async () => {
    const sessions = `/v1/commissions/${commission}/sessions`;
    expectProblem(await as(lopez!).post(sessions, { on: '2026-04-21' }), 404, 'not-found');
    session = (await as(secretary!).tell(sessions, { on: '2026-04-21' }))['session'] as string;
    hearing = `${sessions}/${session}`;
    expectProblem(
      await as(secretary!).post(`${hearing}/agenda`, { case: session }),
      422,
      'unknown-reference',
      'case',
    );
    await as(secretary!).tell(`${hearing}/agenda`, { case: heard });
  });

  test('its preparation says what is missing, whom to tell of, and with whom it cannot be shared', async () => {
    const first = await prepared();
    expect(first.personName).toBe('Amadou Diallo');
    expect(first.expected).toHaveLength(4);
    expect(first.preparation.verdict).toBe('deny');
    expect(first.preparation.missing[0]).toMatchObject({ state: 'block' });
    const toldOf = [lopez!, martin!, landlord!].map(({ by }) => by);
    expect(first.preparation.toInform.recipients).toEqual(toldOf);
    await world.on('2026-04-10');
    await as(vidal!).tell(`${person.path}/informations`, {
      items: [debt, steps],
      recipients: [lopez!, martin!].map(({ to }) => to),
      purposes: [EVICTION],
      form: 'written',
      effectiveAt: '2026-04-10',
    });
    const { preparation: ready } = await prepared();
    expect(ready.toInform.recipients).toEqual([landlord!.by]);
    expect(ready.barred).toMatchObject([{ recipient: landlord!.by, items: [debt, steps] }]);
    expect(ready.missing.map(({ rule }) => rule)).toContain('p5-recipient-not-listed');
  });

  test('nobody else is shown the preparation', async () => {
    for (const who of [lopez!, landlord!, colleague!])
      expectProblem(await preparation(who), 404, 'not-found');
  });

  test('nothing can be tabled before its day', async () => {
    const attendance = `${hearing}/agenda/${heard}/attendance`;
    expectProblem(
      await as(secretary!).post(attendance, { present: [lopez!.mandate] }),
      422,
      'date-in-future',
    );
    expectProblem(await table(vidal!), 422, 'contradiction');
  });
});

describe('in the session', () => {
  test('only members whose seat covers the case, or named guests, are in the room', async () => {
    await world.on('2026-04-21');
    const attendance = `${hearing}/agenda/${heard}/attendance`;
    const wrong = { present: [lopez!.mandate, colleague!.mandate] };
    expectProblem(await as(secretary!).post(attendance, wrong), 422, 'contradiction', 'present[1]');
    const room = { present: [vidal!.mandate, lopez!.mandate, landlord!.mandate] };
    await as(secretary!).tell(attendance, room);
  });

  test('the report is refused while one of them may not hear it, and others cannot table it', async () => {
    expectProblem(await table(lopez!), 404, 'not-found');
    expectProblem(await table(secretary!), 422, 'disclosure-refused');
    const refused = await table(vidal!);
    expectProblem(refused, 422, 'disclosure-refused');
    expect(JSON.stringify(refused.body['reasons'])).toContain('p5-recipient-not-listed');
  });

  test('it cannot be recorded in this frame past the room either', async () => {
    const past = await as(vidal!).post(`${person.path}/disclosures`, {
      items: [{ item: debt, justification: 'x' }],
      recipients: [martin!.to],
      purpose: EVICTION,
      provision: 'loi-90-449-7-2-from-instructor',
      frame: 'commission-session',
      session,
      channel: 'oral',
      effectiveAt: '2026-04-21',
    });
    expectProblem(past, 422, 'contradiction', 'frame');
  });

  test('it is tabled to the others, who are named, and to nobody else', async () => {
    const tabled = await table(vidal!, { leaveOut: true });
    expect(tabled.status).toBe(201);
    expect(tabled.body).toMatchObject({
      verdict: 'allow-with-duties',
      leftOut: { items: [], recipients: [{ mandate: landlord!.mandate }] },
    });
    expect(await statuses(world.client, person)).toEqual([
      'Dominique Lopez: in-use',
      'Dominique Lopez: in-use',
      'Dominique Vidal: in-use',
      'Dominique Vidal: in-use',
    ]);
  });

  test('a member who comes in later is told alone', async () => {
    const room = { present: [vidal!.mandate, lopez!.mandate, martin!.mandate] };
    await as(secretary!).tell(`${hearing}/agenda/${heard}/attendance`, room);
    const key = { 'idempotency-key': 'tabled-to-the-late' };
    const path = `${hearing}/agenda/${heard}/tabling`;
    const late = await as(vidal!).tell(path, {}, key);
    expect((await as(vidal!).tell(path, {}, key))['disclosure']).toBe(late['disclosure']);
    expect(await as(vidal!).tell(path, {})).toMatchObject({ disclosure: null, events: [] });
    const register = await world.client.rows<{ disclosure: string; person: string }>(
      `/v1/institutions/${martin!.institution}/register`,
    );
    expect(register).toMatchObject([{ disclosure: late['disclosure'], person: person.id }]);
    const kept = `${person.path}/disclosures/${String(late['disclosure'])}/assessment`;
    expect((await as(vidal!).get(kept)).body).toMatchObject({ agrees: true });
  });

  test('its opinion is recorded by label, with levers, accompaniment and cooperation', async () => {
    const path = `${person.path}/cases/${heard}/conclusions`;
    expectProblem(await as(lopez!).post(path, { ...opinion, session }), 404, 'not-found');
    const { levers: _, ...without } = opinion;
    expectProblem(await as(secretary!).post(path, { ...without, session }), 400, 'invalid-request', 'levers');
    await as(secretary!).tell(path, { ...opinion, session });
  });

  test('its end ends the tabling', async () => {
    expect((await held(secretary!)).agenda[0]!.toAttest).toEqual([]);
    await as(secretary!).tell(`${hearing}/close`, {});
    expectProblem(await table(vidal!), 409, 'already-ended');
  });
});

describe('after the session', () => {
  test('each sees what concerns them', async () => {
    const whole = await held(secretary!);
    expect(whole.attestBy).toBe('2026-04-22');
    expect(whole.agenda[0]!.tabled.map(({ member }) => member.name)).toEqual([
      'Dominique Lopez',
      'Dominique Martin',
    ]);
    expect(whole.agenda[0]!.conclusions).toMatchObject([opinion]);
    const own = await held(lopez!);
    expect(own.agenda[0]!.tabled).toMatchObject([
      {
        member: { name: 'Dominique Lopez' },
        items: [{ label: 'dette de loyer' }, { label: 'démarches engagées' }],
      },
    ]);
    expect(own.agenda[0]!.toAttest).toHaveLength(1);
    expect((await held(vidal!)).agenda[0]!.tabled).toHaveLength(2);
    for (const who of [landlord!, colleague!]) expectProblem(await as(who).get(hearing!), 404, 'not-found');
  });

  const reuse = (effectiveAt: string): Body => ({
    items: [{ item: steps, justification: 'Préparer l’accompagnement.' }],
    recipients: [colleague!.to],
    purpose: 'social-action-coordination',
    objective: 'Accompagnement social',
    benefit: 'Un seul interlocuteur',
    provision: 'casf-l121-6-2-sharing',
    frame: 'exchange',
    channel: 'phone',
    retentionRule: 'end-of-follow-up',
    responsibleManager: 'Direction du CCAS',
    effectiveAt,
  });

  test('a member cannot use in their own mission what was learnt there (C7)', async () => {
    const asked = await as(lopez!).post(`${person.path}/assessments`, reuse('2026-04-21'));
    expect((asked.body['points'] as readonly Body[])[0]).toMatchObject({
      state: 'block',
      rule: 'c7-session-reuse',
    });
    const refused = await as(lopez!).post(`${person.path}/disclosures`, reuse('2026-04-21'));
    expectProblem(refused, 422, 'disclosure-refused');
    expect(refused.body['reasons']).toMatchObject([{ rule: 'c7-session-reuse' }]);
  });

  test('unless a consent names the new use', async () => {
    const scope = { items: [steps], recipients: [colleague!.to], purposes: ['social-action-coordination'] };
    const terms = { effectiveAt: '2026-04-21', explicit: true };
    const consent = await world.agreed(person, lopez!, scope, terms);
    const named = { ...reuse('2026-04-21'), consents: [consent] };
    const shared = await as(lopez!).tell(`${person.path}/disclosures`, named);
    expect(shared['verdict']).toBe('allow-with-duties');
    const told = await as(colleague!).rows<Knowing>(`${person.path}/who-knows`);
    expect(told.find(({ holder }) => holder.key === colleague!.by)).toMatchObject({ item: steps, hops: 2 });
  });

  test('what was heard is due for its purge the day after', async () => {
    const due = await statuses(world.client, person, { validAt: '2026-04-22' });
    expect(due.filter((who) => who === 'Dominique Martin: due-for-purge')).toHaveLength(2);
    expect(due).not.toContain('Dominique Lopez: in-use');
  });

  test('its preparation still says what had to be prepared', async () => {
    await world.on('2026-04-22');
    const { preparation: afterwards } = await prepared();
    expect(afterwards.barred.map(({ recipient }) => recipient)).toEqual([landlord!.by]);
    expect(afterwards.missing.map(({ rule }) => rule)).not.toContain('p9-duty-impossible');
  });

  test('each attests, and then owes nothing', async () => {
    const purge = { items: [debt, steps], remains: 'memory', why: 'Entendu en séance ; notes détruites.' };
    await as(lopez!).tell(`${person.path}/purges`, purge);
    const left = await held(secretary!);
    expect(left.agenda[0]!.toAttest.map(({ member }) => member.name)).toEqual(['Dominique Martin']);
    await as(martin!).tell(`${person.path}/purges`, { ...purge, remains: 'nothing' });
    expect((await held(secretary!)).agenda[0]!.toAttest).toEqual([]);
    const rows = await world.client.rows<Knowing>(`${person.path}/who-knows`);
    const byHolder = rows
      .filter(({ item }) => item === debt)
      .map(({ holder, status }) => [holder.key, status]);
    expect(Object.fromEntries(byHolder)).toEqual({
      [vidal!.by]: 'in-use',
      [lopez!.by]: 'unforgettable',
      [martin!.by]: 'purged',
    });
  });

  test('its agenda sheet and closing record are pages that run nothing', async () => {
    for (const [path, words] of [
      ['preparation.html', ['Amadou Diallo', 'dette de loyer', 'Ne peut pas être partagé avec']],
      ['record.html', ['Avis favorable au maintien', 'Saisine du fonds', 'Dominique Lopez']],
    ] as const) {
      const { status, headers, text } = await as(secretary!).get(`${hearing}/${path}`);
      expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      for (const word of words) expect(text).toContain(word);
      const style = /<style>([\s\S]*)<\/style>/.exec(text)![1]!;
      const hash = createHash('sha256').update(style).digest('base64');
      expect(headers.get('content-security-policy')).toContain(
        `default-src 'none'; style-src 'sha256-${hash}'`,
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expectProblem(await as(landlord!).get(`${hearing}/${path}`), 404, 'not-found');
    }
    const own = await as(lopez!).get(`${hearing}/record.html`);
    expect(own.text).toContain('Avis favorable au maintien');
    expectProblem(await as(lopez!).get(`${hearing}/preparation.html`), 404, 'not-found');
  });

  test('whoever looks at it says why, and the person sees who did', async () => {
    for (const path of [hearing!, `${hearing}/preparation`, `${hearing}/record.html`])
      expectProblem(await as(secretary!).send('GET', path), 400, 'reason-missing', 'reason');
    expectProblem(await as(colleague!).send('GET', hearing!), 404, 'not-found');
    const looks = await as(person).rows<{ question: string; by: { key: string } }>(
      `${person.path}/consultations`,
    );
    const seen = looks.map(({ question, by }) => `${by.key} ${question}`);
    for (const [who, question] of [
      [secretary!, 'session-preparation'],
      [secretary!, 'session-record'],
      [lopez!, 'session-record'],
    ] as const)
      expect(seen).toContain(`${who.by} ${question}`);
    expect(seen).not.toContain(`${colleague!.by} session-record`);
  });

  test('the person sees that the case was heard, by whom, and what came of it', async () => {
    const own = as(person);
    const events = await own.rows<{ type: string; data: Body }>(`${person.path}/timeline`);
    const types = events.map(({ type }) => type);
    for (const type of [
      'CaseReferred',
      'PersonInformed',
      'DisclosureRecorded',
      'OpinionGiven',
      'PurgeAttested',
    ])
      expect(types).toContain(type);
    expect(types).not.toContain('DisclosureAssessed');
    const trail = await own.rows<{ to: { name: string }; basis: string }>(`${person.path}/trail`, {
      item: debt!,
    });
    const [origin, ...heardIt] = trail.map(({ to }) => to.name);
    expect([origin, heardIt.toSorted()]).toEqual([
      'Dominique Vidal',
      ['Dominique Lopez', 'Dominique Martin'],
    ]);
    expect(trail[1]!.basis).toBe('loi-90-449-7-2-from-instructor');
    expect((await own.get(hearing!)).status).toBe(403);
  });
});
