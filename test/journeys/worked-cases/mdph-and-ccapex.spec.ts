import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Knowing } from '../harness.js';
import { cellsInWords, factsOf, played, record } from './answers.js';
import { open, told, type Case, type Party } from './cases.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

describe('case 1: the MDPH team', () => {
  const team: Party = { at: 'MDPH', serves: ['disability-assessment'], sits: 'MDPH-EP' };
  const limits = { category: 'functional-impact' };
  const meeting: Case = {
    from: { ...team, is: ['physician', 'mdph-team-member'], bound: ['health-profession', 'mdph-commission'] },
    to: { 'M. Petit': { ...team, is: ['mdph-team-member'], bound: ['mdph-commission'] } },
    items: {
      'functional limits': limits,
      'treatment constraints': { category: 'health-data' },
      'her partner’s depression': {
        category: 'health-data',
        unjustified: true,
        more: { thirdParty: 'conjoint' },
      },
    },
    words: [told('2026-02-20', { institutions: ['MDPH'] })],
    on: '2026-03-10',
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
  };

  test('shares limits and constraints with duties, and not her partner’s depression', async () => {
    const { staged, assessment } = await played(world, meeting);
    expect(cellsInWords({ staged, assessment })).toEqual({
      'functional limits': 'P4 DOC: ALLOW-WITH-DUTIES',
      'treatment constraints': 'P4 DOC: ALLOW-WITH-DUTIES',
      'her partner’s depression': 'P2 WARN, P4 DOC, P7 BLOCK: DENY',
    });
    expect(assessment.verdict).toBe('deny');
    expect(assessment.byItem.map(({ verdict }) => verdict)).toEqual([
      'allow-with-duties',
      'allow-with-duties',
      'deny',
    ]);
    expect(assessment.byRecipient).toMatchObject([
      { verdict: 'deny', states: { 2: 'warn', 4: 'document', 7: 'block', 9: 'document' } },
    ]);
    const partner = staged.items['her partner’s depression'];
    expect(assessment.removals[0]).toMatchObject({ take: 'items', cells: [{ item: partner }] });
  });

  test('what is recorded without the denied item is what M. Petit then knows', async () => {
    const { staged } = await played(world, meeting);
    const { person, items, to } = staged;
    const rows = await world.client.rows<Knowing>(`${person.path}/who-knows`);
    const petit = rows.filter(({ holder }) => holder.key.includes(to['M. Petit']!.mandate));
    expect(petit.map(({ item }) => item).toSorted()).toEqual(
      [items['functional limits'], items['treatment constraints']].toSorted(),
    );
    const [refused, recorded] = (await factsOf(staged)).filter(({ type }) =>
      ['DisclosureRefused', 'DisclosureRecorded'].includes(type),
    );
    expect(refused!.data['reasons']).toMatchObject([{ rule: 'p7-no-justification' }]);
    expect(recorded!.data['basis']).toEqual({
      provision: 'casf-l241-10-team',
      consents: [],
      restsOn: 'provision',
    });
  });

  const outside: Case = {
    ...meeting,
    to: {
      'Mme Aune': { at: 'SAVS', is: ['educator', 'esms-staff'], bound: ['care-participation'], care: true },
    },
    items: { 'functional limits': limits },
    words: [],
    on: '2026-03-13',
    purpose: 'disability-support',
    provision: 'casf-l241-10-outside',
  };

  test('1b: nothing leaves the MDPH without agreement', async () => {
    const answered = await played(world, outside);
    expect(cellsInWords(answered)).toEqual({ 'functional limits': 'P4 BLOCK, P8 BLOCK: DENY' });
    expect(answered.assessment.removals).toEqual([]);
  });

  test('1b: after information and agreement it does, on that consent', async () => {
    const { staged, assessment } = await played(world, { ...outside, words: open('2026-03-12') });
    expect(cellsInWords({ staged, assessment })).toEqual({ 'functional limits': 'ALLOW-WITH-DUTIES' });
    const recorded = (await factsOf(staged)).findLast(({ type }) => type === 'DisclosureRecorded');
    expect(recorded!.data['basis']).toMatchObject({ restsOn: 'consent', consents: [expect.any(String)] });
  });
});

describe('case 2: CCAPEX', () => {
  const household: Case = {
    from: { is: ['social-worker'], bound: ['social-work-profession'] },
    to: {
      'Mme Vidal': {
        at: 'DDETS',
        is: ['ccapex-instructor'],
        bound: ['ccapex-commission'],
        serves: ['eviction-prevention'],
      },
    },
    items: {
      debt: { category: 'resources-debt' },
      resources: { category: 'resources-debt' },
      household: { category: 'family' },
      steps: { category: 'social-follow-up-notes' },
      'addiction treatment': { category: 'detailed-diagnosis' },
    },
    words: [told('2026-04-10', { institutions: ['DDETS'] })],
    on: '2026-04-14',
    purpose: 'eviction-prevention',
    provision: 'loi-90-449-7-2-to-instructor',
  };

  test('sends four items to the examining service, and keeps the treatment', async () => {
    const answered = await played(world, household);
    const sent = 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES';
    expect(cellsInWords(answered)).toEqual({
      debt: sent,
      resources: sent,
      household: sent,
      steps: sent,
      'addiction treatment': 'P4 DOC, P7 BLOCK, P8 DOC: DENY',
    });
    const { staged } = answered;
    const facts = await factsOf(staged);
    const recorded = facts.find(({ type }) => type === 'DisclosureRecorded');
    expect(recorded!.data['items']).toHaveLength(4);
    const refused = facts.find(({ type }) => type === 'DisclosureRefused');
    expect(refused!.data['reasons']).toMatchObject([{ rule: 'p7-excluded' }]);
  });

  test('owes afterwards what the points say, each duty with its last day', async () => {
    const { staged } = await played(world, { ...household, items: { debt: { category: 'resources-debt' } } });
    const done = await record(staged);
    const owed = (done.body['duties'] as { kind: string; deadline: object }[]).map((d) => d.kind);
    expect(owed).toEqual(
      expect.arrayContaining(['record-consent-sought', 'tell-secrecy', 'acknowledge-receipt', 'purge']),
    );
  });
});
