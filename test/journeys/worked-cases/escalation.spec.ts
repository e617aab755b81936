import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { expectProblem } from '../expect-problem.js';
import { World, type Client, type Knowing, type Professional, type Told } from '../harness.js';
import { ask, factsOf, record, replayed } from './answers.js';
import { objected, told, type Case, type Staged } from './cases.js';
import { before, notes, on, SOCIAL_WORKER } from './parties.js';
import { stage } from './stage.js';

let world: World;
let staged: Staged;
let decider: Professional;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** The text is silent on consent and the person objects: a named human being decides. */
const contested: Case = {
  from: { ...SOCIAL_WORKER, at: 'CCAS' },
  to: { colleague: { ...SOCIAL_WORKER, serves: ['social-action-coordination'] } },
  items: notes,
  words: [told(before), objected(before)],
  on,
  purpose: 'social-action-coordination',
  provision: 'casf-l121-6-2-sharing',
};

async function contest(changes: Partial<Case> = {}): Promise<void> {
  staged = await stage(world, { ...contested, ...changes });
  decider = await world.professional('Directrice', { institution: staged.from.institution });
}

const waiting = (key = 'waits-for-decision') =>
  world.client
    .as(staged.from.by)
    .post(
      `${staged.person.path}/disclosures`,
      { ...staged.act, escalateTo: decider.mandate },
      { 'idempotency-key': `${key}-${staged.person.id}` },
    );

const decide = (disclosure: unknown, decision: string, by = decider.by, headers = {}): Promise<Told> =>
  client(by).post(
    `${staged.person.path}/disclosures/${String(disclosure)}/decision`,
    { decision, reason: 'La continuité du suivi l’exige.', effectiveAt: on },
    headers,
  );
const client = (by: string): Client => world.client.as(by);
const types = async () => (await factsOf(staged)).map(({ type }) => type);
const holders = async () => {
  const rows = await world.client.rows<Knowing>(`${staged.person.path}/who-knows`);
  return rows.map(({ holder }) => holder.key);
};

describe('an act that a human being must decide', () => {
  test('says so, and wants to know who decides', async () => {
    await contest();
    expect((await ask(staged)).verdict).toBe('escalate');
    expectProblem(await record(staged), 422, 'decision-needed', 'escalateTo');
    const elsewhere = await world.professional('Ailleurs');
    const foreign = await record(staged, { escalateTo: elsewhere.mandate });
    expectProblem(foreign, 422, 'unknown-reference', 'escalateTo');
    expect((await types()).at(-1)).toBe('ObjectionRaised');
  });

  test('waits: on record with its reasons, and nobody knows more than before', async () => {
    await contest();
    const known = await holders();
    const first = await waiting();
    expect([first.status, first.body['verdict'], first.body['duties']]).toEqual([201, 'escalate', []]);
    const { type, data } = (await factsOf(staged)).at(-1)!;
    expect([type, data]).toMatchObject([
      'DisclosureEscalated',
      { to: decider.mandate, reasons: [{ rule: 'p4-objection-to-weigh' }, { rule: 'p8-to-decide' }] },
    ]);
    expect(await holders()).toEqual(known);
    const again = await waiting();
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await types()).filter((one) => one === 'DisclosureEscalated')).toHaveLength(1);
  });

  test('is decided by nobody but the one who was named', async () => {
    await contest();
    const { disclosure } = (await waiting()).body;
    const recorded = await types();
    const colleague = await world.professional('Collègue', { institution: staged.from.institution });
    for (const by of [staged.from.by, colleague.by, staged.to['colleague']!.by])
      expectProblem(await decide(disclosure, 'allow', by), 403, 'not-permitted');
    for (const by of [staged.person.by, 'client:journey'])
      expect((await decide(disclosure, 'allow', by)).status).toBe(403);
    expectProblem(await decide('00000000-0000-4000-8000-00000000dead', 'allow'), 404, 'not-found');
    expect(await types()).toEqual(recorded);
  });

  test('allowed: the act is recorded with the decision, once', async () => {
    await contest();
    const { disclosure } = (await waiting()).body;
    const key = { 'idempotency-key': 'the-decision' };
    const decided = await decide(disclosure, 'allow', decider.by, key);
    expect([decided.status, decided.body['recorded']]).toEqual([201, true]);
    const [decision, recorded, assessed] = (await factsOf(staged)).slice(-3);
    expect(decision).toMatchObject({
      type: 'EscalationDecided',
      data: { disclosure, by: decider.mandate, decision: 'allow', reason: expect.any(String) },
    });
    expect(recorded).toMatchObject({ type: 'DisclosureRecorded', data: { disclosure } });
    expect(assessed).toMatchObject({ type: 'DisclosureAssessed', data: { verdict: 'escalate' } });
    expect(await holders()).toContain(`mandate:${staged.to['colleague']!.mandate}`);
    expect(await replayed(staged, disclosure)).toMatchObject({
      agrees: true,
      again: { verdict: 'escalate' },
    });

    const end = await world.client.end();
    const again = await decide(disclosure, 'allow', decider.by, key);
    expect(again.body).toEqual({ ...decided.body, repeated: true });
    expectProblem(await decide(disclosure, 'deny'), 409, 'already-ended');
    expect(await world.client.end()).toBe(end);
  });

  test('denied: nothing is disclosed, and the decision stands', async () => {
    await contest();
    const { disclosure } = (await waiting()).body;
    const known = await holders();
    const decided = await decide(disclosure, 'deny');
    expect([decided.status, decided.body['recorded']]).toEqual([201, false]);
    expect((await types()).slice(-2)).toEqual(['DisclosureEscalated', 'EscalationDecided']);
    expect(await holders()).toEqual(known);
    expectProblem(await decide(disclosure, 'allow'), 409, 'already-ended');
    expect(await types()).not.toContain('DisclosureRecorded');
  });

  test('what became forbidden while it waited is refused, whatever is decided', async () => {
    await contest();
    const { disclosure } = (await waiting()).body;
    const { institution, mandate } = staged.to['colleague']!;
    await world.client.tell(`/v1/institutions/${institution}/mandates/${mandate}/end`, { until: before });
    const decided = await decide(disclosure, 'allow');
    expect([decided.status, decided.body['recorded']]).toEqual([201, false]);
    const [decision, refusal] = (await factsOf(staged)).slice(-2);
    expect(decision).toMatchObject({ type: 'EscalationDecided', data: { decision: 'allow' } });
    expect(refusal).toMatchObject({ type: 'DisclosureRefused', data: { disclosure } });
    const reasons = refusal!.data['reasons'] as readonly { rule: string }[];
    expect(reasons.map(({ rule }) => rule)).toContain('p5-recipient-not-in-force');
    expect(await holders()).not.toContain(`mandate:${mandate}`);
  });

  test('what the person, able again, refuses meanwhile is refused on record, beside the decision', async () => {
    await contest({
      able: false,
      from: { ...SOCIAL_WORKER, at: 'CCAS', care: true },
      to: { colleague: { is: ['nurse'], bound: ['health-profession'], care: true } },
      words: [told(before)],
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-iii-outside-team',
    });
    const { disclosure } = (await waiting()).body;
    const { path } = staged.person;
    const able = { ableToDecide: true, domain: 'personal', by: 'médecin traitant', effectiveAt: on };
    await client(staged.from.by).tell(`${path}/capacity-assessments`, able);
    await client(staged.person.by).tell(`${path}/refusals`, { means: 'oral', effectiveAt: on });
    const decided = await decide(disclosure, 'allow');
    expect([decided.status, decided.body['recorded']]).toEqual([201, false]);
    expect((await types()).slice(-2)).toEqual(['EscalationDecided', 'DisclosureRefused']);
    expect(await holders()).not.toContain(`mandate:${staged.to['colleague']!.mandate}`);
  });
});
