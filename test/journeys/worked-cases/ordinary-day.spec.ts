import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { World, type Knowing } from '../harness.js';
import { factsOf, played } from './answers.js';
import { MOTHER, CHILD, open, told, type Case, type Party } from './cases.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const SOCIAL_WORKER: Party = { is: ['social-worker'], bound: ['social-work-profession'] };
const DOCTOR: Party = { is: ['physician'], bound: ['health-profession'] };
const NURSE: Party = { is: ['nurse'], bound: ['health-profession'] };
const EDUCATOR: Party = { is: ['educator', 'esms-staff'], bound: ['care-participation'] };
const SECRETARY: Party = { at: 'MDPH', is: ['mdph-team-member'], bound: ['mdph-commission'] };
const COORDINATES = { serves: ['social-action-coordination'], at: 'CCAS' };
const notes = { notes: { category: 'social-follow-up-notes' } };
const health = { health: { category: 'health-data' } };
const income = { income: { category: 'resources-debt' } };
const bruises = { bruises: { category: 'child-danger' } };
const on = '2026-03-02';
const TOLD = [told('2026-03-01')];
const NOTICE = [told('2026-01-05', { general: true })];
const TRANSMITTED = { frame: 'transmission' };

const DAY: Readonly<Record<string, Case>> = {
  'a colleague takes over, in one service': {
    from: { ...SOCIAL_WORKER, ...COORDINATES },
    to: { Bob: { ...SOCIAL_WORKER, ...COORDINATES } },
    items: notes,
    on,
    purpose: 'social-action-coordination',
    provision: 'casf-l121-6-2-sharing',
  },
  'the same colleague, under the text of the care team': {
    from: { ...SOCIAL_WORKER, at: 'CCAS', care: true },
    to: { Bob: { ...SOCIAL_WORKER, at: 'CCAS' } },
    items: notes,
    words: NOTICE,
    on,
    purpose: 'social-follow-up',
    provision: 'csp-l1110-4-iii-same-team',
    request: { frame: 'care-team' },
  },
  'a GP writes to the cardiologist whom the person will see': {
    from: { ...DOCTOR, care: true },
    to: { cardiologist: { ...DOCTOR, at: 'hospital' } },
    items: health,
    words: TOLD,
    on,
    purpose: 'care-coordination',
    provision: 'csp-l1110-4-ii-exchange',
  },
  'a SAVS educator tells the nurse who also cares for the person': {
    from: { ...EDUCATOR, at: 'SAVS', care: true },
    to: { nurse: { ...NURSE, at: 'SSIAD', care: true } },
    items: notes,
    words: TOLD,
    on,
    purpose: 'social-follow-up',
    provision: 'csp-l1110-4-ii-exchange',
  },
  'two educators of one home': {
    from: { ...EDUCATOR, at: 'home', care: { team: 'home' } },
    to: { night: { ...EDUCATOR, at: 'home', care: { team: 'home' } } },
    items: notes,
    words: NOTICE,
    on,
    purpose: 'social-follow-up',
    provision: 'csp-l1110-4-iii-same-team',
    request: { frame: 'care-team', channel: 'oral' },
  },
  'the hospital tells the judicial representative': {
    from: { ...DOCTOR, at: 'hospital', care: true },
    to: { MJPM: { is: ['judicial-representative'], bound: ['judicial-representative-oath'] } },
    items: health,
    words: TOLD,
    on,
    purpose: 'social-follow-up',
    provision: 'csp-l1110-4-ii-exchange',
  },
  'a housing request is sent for the person to the SIAO': {
    from: { ...EDUCATOR, at: 'CHRS' },
    to: { SIAO: { is: ['siao-agent'], bound: ['siao-function'] } },
    items: { ...income, ...notes },
    words: open('2026-03-01'),
    on,
    purpose: 'housing-orientation',
    provision: 'cc-1984-on-behalf',
    request: TRANSMITTED,
  },
  'an aid request is sent with and for the person to the CAF': {
    from: SOCIAL_WORKER,
    to: { CAF: { is: ['administration'] } },
    items: { ...income, ...health },
    words: open('2026-03-01', { more: { explicit: true } }),
    on,
    purpose: 'benefit-request-processing',
    provision: 'cc-1984-on-behalf',
    request: TRANSMITTED,
  },
  'the MDPH secretary hands the file to the team’s doctor': {
    from: SECRETARY,
    to: { doctor: { ...SECRETARY, is: ['physician', 'mdph-team-member'], sits: 'MDPH-EP' } },
    items: health,
    on,
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
  },
  'the MDPH secretary prepares the CDAPH': {
    from: SECRETARY,
    to: { member: { is: ['cdaph-member'], bound: ['mdph-commission'], sits: 'CDAPH' } },
    items: { impact: { category: 'functional-impact' } },
    on,
    purpose: 'disability-decision',
    provision: 'casf-l241-10-cdaph',
  },
  'the decision goes to the paying body': {
    from: SECRETARY,
    to: { CAF: { is: ['payer'] } },
    items: { decision: { category: 'professional-appraisal' } },
    on,
    purpose: 'disability-decision',
    provision: 'casf-r241-32-notification',
    request: TRANSMITTED,
  },
  'a doctor tells the wife the prognosis, without objection': {
    from: { ...DOCTOR, care: true },
    to: { wife: { outsider: { kind: 'relative', relation: 'épouse' } } },
    items: health,
    on,
    purpose: 'relatives-information',
    provision: 'csp-l1110-4-v-relatives',
    request: { channel: 'oral' },
  },
  'a doctor calls the ambulance with nothing on paper': {
    person: { birthDate: undefined },
    from: DOCTOR,
    to: { crew: { at: 'SAMU', is: ['emergency-services'], function: { function: 'crew' } } },
    items: { health: { category: 'health-data', level: null, unjustified: true } },
    on: '2026-03-02T10:00:00Z',
    purpose: 'rescue-imminent-peril',
    provision: 'cp-223-6',
    request: {
      channel: 'phone',
      objective: undefined,
      benefit: undefined,
      retentionRule: undefined,
      responsibleManager: undefined,
    },
  },
  'a childminder tells the CRIP': {
    person: CHILD,
    from: { is: ['family-assistant'] },
    to: { CRIP: { is: ['crip'] } },
    items: bruises,
    on,
    purpose: 'child-danger-alert',
    provision: 'casf-l226-2-1',
    request: TRANSMITTED,
  },
  'a social worker writes to the prosecutor about a child, parents untold': {
    person: CHILD,
    voices: MOTHER,
    from: SOCIAL_WORKER,
    to: { prosecutor: { is: ['prosecutor'], bound: ['judicial-oath'] } },
    items: bruises,
    on,
    purpose: 'judicial-reporting',
    provision: 'casf-l411-3-minors',
    request: TRANSMITTED,
  },
  'the same to a prosecutor without a mandate here': {
    person: CHILD,
    voices: MOTHER,
    from: SOCIAL_WORKER,
    to: { prosecutor: { outsider: { category: 'prosecutor' } } },
    items: bruises,
    on,
    purpose: 'judicial-reporting',
    provision: 'casf-l226-4-ii',
    request: TRANSMITTED,
  },
  'an ASE file moves to another département': {
    person: CHILD,
    voices: MOTHER,
    from: { is: ['ase-mission'], bound: ['ase-mission'] },
    to: { 'ASE 93': { is: ['departmental-council-president'] } },
    items: notes,
    on,
    purpose: 'child-protection-measures',
    provision: 'casf-l221-3-transfer',
    request: TRANSMITTED,
  },
  'a word to the guardian': {
    able: false,
    voices: { tutor: { kind: 'representation', domain: 'both', verified: true, held: 'guardian' } },
    from: DOCTOR,
    to: { guardian: { at: 'UDAF' } },
    items: health,
    on,
    purpose: 'care-coordination',
    request: { channel: 'phone' },
  },
};

describe('a professional’s ordinary day comes out right', () => {
  test.each(Object.entries(DAY))('%s', async (_, day) => {
    const { staged, assessment } = await played(world, day);
    expect(['allow', 'allow-with-duties']).toContain(assessment.verdict);
    const types = (await factsOf(staged)).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['DisclosureRecorded', 'DisclosureAssessed']);
  });

  test('a word to the guardian is information, and asks nothing', async () => {
    const { staged, assessment } = await played(world, DAY['a word to the guardian']!);
    expect(assessment).toMatchObject({ verdict: 'allow', duties: [], cells: [{ disclosure: false }] });
    const knowing = await world.client.rows<Knowing>(`${staged.person.path}/who-knows`);
    expect(knowing.map(({ status }) => status)).toEqual(['in-use', 'in-use']);
  });
});

const DEBTS = { debts: { category: 'resources-debt', level: 'public' } };
const toNeighbour: Case = {
  from: SOCIAL_WORKER,
  to: { neighbour: { outsider: { kind: 'relative', relation: 'voisine' } } },
  items: DEBTS,
  words: open('2026-03-01', { more: { explicit: true } }),
  on,
  purpose: 'social-follow-up',
};
const toNurse = DAY['a SAVS educator tells the nurse who also cares for the person']!;
const REFUSED = { what: 'refused', on: '2026-03-01' } as const;

const REVERSE: Readonly<Record<string, Case>> = {
  'a secret declared public': toNeighbour,
  ...Object.fromEntries(
    ['cp-226-13', 'csp-l1110-4-i', 'gdpr-6', 'csp-l1110-12-care-team', 'cp-226-14-general'].map(
      (provision) => [`${provision} cited as authorisation, for a neighbour`, { ...toNeighbour, provision }],
    ),
  ),
  'a second, unbound mandate of the same person': {
    ...toNeighbour,
    from: { at: 'town hall', also: SOCIAL_WORKER },
    items: { debts: { category: 'resources-debt' } },
  },
  'after a refusal under prior-required': {
    ...toNurse,
    words: [...open('2026-03-01'), REFUSED],
    provision: 'csp-l1110-4-iii-outside-team',
  },
  'after a refusal under objection-possible': { ...toNurse, words: [...open('2026-03-01'), REFUSED] },
  'after a refusal where nobody had agreed': { ...toNurse, words: [...TOLD, REFUSED] },
};

describe('the reverse is never allowed', () => {
  test.each(Object.entries(REVERSE))('%s', async (_, act) => {
    const { staged, assessment } = await played(world, act);
    expect(assessment.verdict).toBe('deny');
    expect(assessment.cells.map(({ level }) => level)).toEqual(['secret']);
    const types = (await factsOf(staged)).map(({ type }) => type);
    expect(types.at(-1)).toBe('DisclosureRefused');
    expect(types).not.toContain('DisclosureRecorded');
  });

  test.each(['csp-l1110-4-iii-outside-team', 'csp-l1110-4-ii-exchange'])(
    'and without the refusal %s lets it pass',
    async (provision) => {
      const { assessment } = await played(world, { ...toNurse, words: open('2026-03-01'), provision });
      expect(assessment.verdict).toBe('allow-with-duties');
    },
  );

  test('what is not secret passes on consent alone, whatever else is cited', async () => {
    const adviser: Case = { ...toNeighbour, from: { at: 'association' } };
    for (const provision of [undefined, 'gdpr-6']) {
      const { assessment } = await played(world, { ...adviser, ...(provision ? { provision } : {}) });
      expect(assessment.verdict).toBe('allow-with-duties');
    }
  });
});
