import { describe, expect, it } from '@jest/globals';
import { asId } from '#decider';
import { assessed, expectItem } from './expect.js';
import {
  agreed,
  care,
  CHILD,
  EVERYTHING,
  institution,
  item,
  mandate,
  objected,
  on,
  PERSON,
  professional,
  refused,
  representative,
  scopeOf,
  seat,
  service,
  stranger,
  told,
  voice,
  type Situation,
} from './given.js';

describe('case 3: a worry about a child, parents not told', () => {
  it('goes out', () => {
    const faure = professional('Mme Faure', {
      at: 'PMI',
      is: ['nurse', 'pmi-mission'],
      bound: ['health-profession', 'pmi-mission'],
    });
    const items = [
      item('bruises', 'child-danger'),
      item('threats', 'family'),
      item('address', 'identity-contact'),
    ];
    const result = assessed({
      person: CHILD,
      discloser: faure,
      recipients: [professional('CRIP', { at: 'CRIP', is: ['crip'], bound: ['ase-mission'] })],
      items,
      at: '2026-02-03',
      purpose: 'child-danger-alert',
      provision: 'casf-l226-2-1',
      facts: { representatives: [representative('mother'), representative('father')] },
      request: { exception: { kind: 'contrary-to-interest', reason: 'reprisals on the child' } },
    });
    for (const { item: id } of items)
      expectItem(result, id, { 4: 'document', 8: 'document' }, 'allow-with-duties');
  });
});

describe('cases 4 and 9: care team or not, objection after sharing', () => {
  const caron = professional('Mme Caron', {
    at: 'SSIAD',
    is: ['nurse'],
    bound: ['health-profession'],
    care: [care()],
  });
  const fall = item('fall risk', 'health-data');
  const exchange: Situation = {
    discloser: caron,
    recipients: [
      professional('care assistant', {
        at: 'SSIAD',
        is: ['esms-staff'],
        bound: ['care-participation'],
        care: [care()],
      }),
    ],
    items: [fall],
    at: '2026-01-09',
    purpose: 'care-coordination',
    provision: 'csp-l1110-4-iii-same-team',
    facts: { informations: [told('2026-01-05', EVERYTHING)] },
  };

  it('4a: inside the team the general notice is enough', () => {
    expectItem(assessed(exchange), fall.item, {}, 'allow-with-duties');
  });

  const noel = professional('M. Noël', {
    at: 'CCAS',
    is: ['social-worker'],
    bound: ['social-work-profession'],
    care: [care()],
  });
  const toNoel: Situation = {
    ...exchange,
    recipients: [noel],
    provision: 'csp-l1110-4-ii-exchange',
    facts: { informations: [told('2026-01-08', scopeOf([fall], [mandate('M. Noël')], 'care-coordination'))] },
  };

  it('4b: with a named professional outside', () => {
    expectItem(assessed(toNoel), fall.item, { 8: 'document' }, 'allow-with-duties');
  });

  it('4c: making it available to a category needs consent', () => {
    const helpers = professional('home helpers', {
      at: 'association X',
      is: ['esms-staff'],
      bound: ['care-participation'],
      care: [care()],
      facts: {
        party: { kind: 'category', institution: institution('association X'), function: 'home helper' },
        accessLog: true,
      },
    });
    const result = assessed({
      ...exchange,
      recipients: [helpers],
      provision: 'csp-l1110-4-iii-outside-team',
      request: { frame: 'made-available' },
    });
    expectItem(result, fall.item, { 4: 'block', 8: 'block' }, 'deny');
  });

  it('9: after the objection a new exchange is refused, the earlier one keeps its verdict', () => {
    const objection = objected('2026-02-20', { ...EVERYTHING, recipients: [service('CCAS')] });
    const facts = { ...toNoel.facts, against: [objection] };
    expectItem(
      assessed({ ...toNoel, at: '2026-02-25', facts }),
      fall.item,
      { 4: 'block', 8: 'block' },
      'deny',
    );
    expectItem(assessed({ ...toNoel, facts }), fall.item, { 8: 'document' }, 'allow-with-duties');
  });
});

describe('case 5: the mayor asks for names', () => {
  const karim = professional('Karim', {
    at: 'prevention club',
    is: ['educator', 'clspd-group-member'],
    bound: ['ase-mission'],
    seats: [seat('CLSPD')],
  });
  const mayor = professional('mayor', {
    at: 'town hall',
    is: ['mayor', 'clspd-group-member'],
    seats: [seat('CLSPD')],
  });
  const names = item('names', 'identity-contact');
  const result = assessed({
    discloser: karim,
    recipients: [mayor],
    items: [names],
    at: '2026-06-11',
    purpose: 'delinquency-prevention',
    provision: 'csi-l132-5-clspd',
  });

  it('is refused', () => {
    expectItem(result, names.item, { 3: 'block', 4: 'warn', 7: 'block', 8: 'warn' }, 'deny');
  });

  it('offers anonymous facts, and the alert if there is danger', () => {
    expect(result.otherWays.map((w) => w.way)).toEqual(
      expect.arrayContaining(['anonymous-facts', 'alert-if-danger']),
    );
  });
});

describe('case 6: the school asks', () => {
  const absent = item('reason of absence', 'schooling');
  const result = assessed({
    person: CHILD,
    discloser: professional('Mme Roy', {
      at: 'département',
      is: ['social-worker'],
      bound: ['social-work-profession'],
    }),
    recipients: [
      professional('M. Blanc', {
        at: 'school',
        is: ['school-staff'],
        bound: ['public-agent-status'],
        serves: ['schooling-support'],
      }),
    ],
    items: [absent],
    at: '2026-09-22',
    purpose: 'schooling-support',
    facts: { representatives: [representative('mother')] },
  });

  it('is refused', () => {
    expectItem(
      result,
      absent.item,
      { 3: 'block', 4: 'block', 5: 'block', 6: 'escalate', 7: 'not-applicable', 8: 'block' },
      'deny',
    );
  });

  it('says that no provision is missing by oversight, and sends it by the parents', () => {
    expect(result.points[2]).toMatchObject({ rule: 'p3-none-on-purpose' });
    expect(result.otherWays[0]?.way).toBe('hand-to-person');
  });
});

describe('case 8: curator versus protected adult', () => {
  it('the curator cannot consent for her', () => {
    const followUp = item('psychiatric follow-up', 'health-data');
    const scope = scopeOf(
      [followUp],
      [{ kind: 'outsider', outsider: asId<'Outsider'>('landlord') }],
      'social-follow-up',
    );
    const result = assessed({
      person: {
        birthDate: '1974-01-01',
        capacity: [{ id: 'capacity', ableToDecide: true, at: on('2026-02-01') }],
      },
      discloser: professional('SAVS', {
        at: 'SAVS',
        is: ['educator', 'esms-staff'],
        bound: ['care-participation'],
        care: [care()],
      }),
      recipients: [stranger('landlord')],
      items: [followUp],
      unjustified: [followUp.item],
      at: '2026-02-10',
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-iii-outside-team',
      facts: {
        representatives: [
          representative('M. Lenoir', 'assistance', { domain: 'property', validFrom: on('2024-10-02') }),
        ],
        consents: [agreed('2026-02-06', scope, { by: voice('M. Lenoir') })],
        against: [refused('2026-02-05', EVERYTHING, { by: PERSON })],
      },
    });
    expectItem(result, followUp.item, { 4: 'block', 5: 'block', 6: 'block', 7: 'block', 8: 'block' }, 'deny');
  });
});
