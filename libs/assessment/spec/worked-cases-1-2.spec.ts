import { describe, expect, it } from '@jest/globals';

import { assessed, expectItem } from './expect.js';
import {
  agreed,
  care,
  EVERYTHING,
  item,
  mandate,
  on,
  professional,
  refused,
  scopeOf,
  seat,
  service,
  told,
  type Situation,
} from './given.js';

describe('case 1: MDPH team', () => {
  const roche = professional('Dr Roche', {
    at: 'MDPH',
    is: ['physician', 'mdph-team-member'],
    bound: ['health-profession', 'mdph-commission'],
    serves: ['disability-assessment'],
    seats: [seat('EP 75', 'MDPH-EP')],
  });
  const petit = professional('M. Petit', {
    at: 'MDPH',
    is: ['mdph-team-member'],
    bound: ['mdph-commission'],
    serves: ['disability-assessment'],
    seats: [seat('EP 75', 'MDPH-EP')],
  });
  const limits = item('functional limits', 'functional-impact');
  const treatment = item('treatment constraints', 'health-data');
  const partner = item('partner’s depression', 'health-data', { thirdParty: 'partner' });
  const items = [limits, treatment, partner];
  const meeting: Situation = {
    discloser: roche,
    recipients: [petit],
    items,
    unjustified: [partner.item],
    at: '2026-03-10',
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
    facts: { informations: [told('2026-02-20', scopeOf(items, [service('MDPH')], 'disability-assessment'))] },
  };

  it('lets the team share what it needs, and holds back what concerns the partner', () => {
    const result = assessed(meeting);
    expectItem(result, limits.item, { 4: 'document' }, 'allow-with-duties');
    expectItem(result, treatment.item, { 4: 'document' }, 'allow-with-duties');
    expectItem(result, partner.item, { 2: 'warn', 4: 'document', 7: 'block' }, 'deny');
    expect(result.verdict).toBe('deny');
    expect(result.removals[0]).toMatchObject({
      verdict: 'allow-with-duties',
      cells: [{ item: partner.item }],
    });
  });

  const aune = professional('Mme Aune', {
    at: 'SAVS',
    is: ['educator', 'esms-staff'],
    bound: ['care-participation'],
    care: [care()],
  });
  const outside: Situation = {
    ...meeting,
    recipients: [aune],
    items: [limits],
    at: '2026-03-13',
    purpose: 'disability-support',
    provision: 'casf-l241-10-outside',
    facts: {},
  };

  it('1b: nothing leaves the MDPH without agreement', () => {
    expectItem(assessed(outside), limits.item, { 4: 'block', 8: 'block' }, 'deny');
  });

  it('1b: with information and agreement it does', () => {
    const scope = scopeOf([limits], [mandate('Mme Aune')], 'disability-support');
    const facts = { informations: [told('2026-03-12', scope)], consents: [agreed('2026-03-12', scope)] };
    expectItem(assessed({ ...outside, facts }), limits.item, {}, 'allow-with-duties');
  });
});

describe('case 2: CCAPEX', () => {
  const sow = professional('Mme Sow', { is: ['social-worker'], bound: ['social-work-profession'] });
  const vidal = professional('Mme Vidal', {
    at: 'DDETS',
    is: ['ccapex-instructor'],
    bound: ['ccapex-commission'],
    serves: ['eviction-prevention'],
  });
  const allowed = [
    item('debt', 'resources-debt'),
    item('resources', 'resources-debt'),
    item('household', 'family'),
    item('steps', 'social-follow-up-notes'),
  ];
  const addiction = item('husband’s addiction treatment', 'detailed-diagnosis');
  const items = [...allowed, addiction];

  it('sends the four items and keeps the treatment', () => {
    const result = assessed({
      discloser: sow,
      recipients: [vidal],
      items,
      at: '2026-04-14',
      purpose: 'eviction-prevention',
      provision: 'loi-90-449-7-2-to-instructor',
      facts: {
        informations: [told('2026-04-10', scopeOf(items, [service('DDETS')], 'eviction-prevention'))],
      },
    });
    for (const { item: id } of allowed)
      expectItem(result, id, { 4: 'document', 8: 'document' }, 'allow-with-duties');
    expectItem(result, addiction.item, { 4: 'document', 7: 'block', 8: 'document' }, 'deny');
    expect(result.removals[0]?.verdict).toBe('allow-with-duties');
  });

  it('demo: the adviser passes on what the household told her, as long as they agree', () => {
    const adviser = professional('adviser', { at: 'housing association', serves: ['eviction-prevention'] });
    const mediation = professional('mediation', {
      at: 'landlord mediation',
      serves: ['eviction-prevention'],
    });
    const fsl = professional('FSL', { at: 'FSL', serves: ['eviction-prevention'] });
    const two = [item('composition', 'family'), item('steps taken', 'housing')];
    const scope = scopeOf(two, [service('landlord mediation')], 'eviction-prevention');
    const consent = agreed('2026-04-11', scope, {
      validUntil: on('2026-10-11'),
      onward: [service('FSL')],
      id: 'written agreement',
    });
    const told1 = told('2026-04-11', {
      ...scope,
      recipients: [service('landlord mediation'), service('FSL')],
    });
    const passing: Situation = {
      discloser: adviser,
      recipients: [mediation],
      items: two,
      at: '2026-04-12',
      purpose: 'eviction-prevention',
      facts: { informations: [told1], consents: [consent] },
    };
    for (const { item: id } of two)
      expectItem(assessed(passing), id, { 3: 'not-applicable', 6: 'not-applicable' }, 'allow-with-duties');

    const onward = { ...passing, discloser: mediation, recipients: [fsl], at: '2026-04-20' };
    expect(assessed(onward).verdict).toBe('allow-with-duties');
    const withdrawal = { kind: 'withdrawal' as const, of: consent.id };
    const after = { ...passing.facts, against: [refused('2026-05-02', EVERYTHING, withdrawal)] };
    expect(assessed({ ...onward, at: '2026-05-03', facts: after }).verdict).toBe('deny');
    expect(assessed({ ...onward, facts: after }).verdict).toBe('allow-with-duties');
  });

  it('demo: in the session the report reaches the designated body and nobody else', () => {
    const body = {
      is: ['pdalhpd-designated-body'],
      serves: ['eviction-prevention'],
      seats: [seat('CCAPEX 93', 'CCAPEX')],
    };
    const debt = [item('debt', 'resources-debt')];
    const result = assessed({
      discloser: vidal,
      recipients: [
        professional('caf', { ...body, at: 'CAF' }),
        professional('bailiff', { is: ['ccapex-member'], seats: body.seats }),
      ],
      items: debt,
      at: '2026-04-21',
      purpose: 'eviction-prevention',
      provision: 'loi-90-449-7-2-from-instructor',
      facts: {
        informations: [
          told('2026-04-10', scopeOf(debt, [service('CAF'), service('a service')], 'eviction-prevention')),
        ],
        sessions: [
          {
            id: 'session 1',
            session: 's1',
            commission: 'CCAPEX 93',
            kind: 'CCAPEX',
            purpose: 'eviction-prevention' as never,
            regime: 'loi-90-449-7-2-from-instructor' as never,
            onAgenda: true,
            whyCollective: 'several creditors',
            report: {
              author: 'Mme Vidal',
              date: on('2026-04-15'),
              diagnosisSources: 'file',
              criteria: 'debt',
            },
            personKnowsReport: true,
          },
        ],
      },
      request: { frame: 'commission-session', session: 's1' },
    });
    const [caf, bailiff] = result.byRecipient;
    expect(caf).toMatchObject({ verdict: 'allow-with-duties', states: { 1: 'document', 5: 'ok' } });
    expect(bailiff).toMatchObject({ verdict: 'deny', states: { 5: 'block' } });
  });
});
