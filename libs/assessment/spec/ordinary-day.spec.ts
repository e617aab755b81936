import { describe, expect, it } from '@jest/globals';
import { assessed } from './expect.js';
import {
  ADULT,
  agreed,
  care,
  CHILD,
  EVERYTHING,
  institution,
  item,
  mandate,
  on,
  professional,
  representative,
  scopeOf,
  seat,
  service,
  START,
  stranger,
  told,
  type Situation,
  type Somebody,
} from './given.js';

const ASS: Somebody = { is: ['social-worker'], bound: ['social-work-profession'] };
const DOCTOR: Somebody = { is: ['physician'], bound: ['health-profession'] };
const SAVS: Somebody = { at: 'SAVS', is: ['educator', 'esms-staff'], bound: ['care-participation'] };
const notes = item('notes', 'social-follow-up-notes');
const health = item('health', 'health-data');

/** Told beforehand, and agreed where the text asks for it. */
function open(items: Situation['items'], to: ReturnType<typeof service>, purpose: string, explicit = false) {
  const scope = scopeOf(items, [to], purpose);
  return { informations: [told('2026-03-01', scope)], consents: [agreed('2026-03-01', scope, { explicit })] };
}
const inform = (items: Situation['items'], to: ReturnType<typeof service>, purpose: string) => ({
  informations: open(items, to, purpose).informations,
});

const ep = [seat('EP', 'MDPH-EP')];
const secretary = professional('secretary', {
  at: 'MDPH',
  is: ['mdph-team-member'],
  bound: ['mdph-commission'],
});
const urgent = { objective: '', benefit: '', channel: 'phone' };

const ALLOWED: readonly [string, Situation][] = [
  [
    'a social worker tells the colleague who takes over, in one service',
    {
      discloser: professional('Ana', { ...ASS, serves: ['social-action-coordination'] }),
      recipients: [professional('Bob', { ...ASS, serves: ['social-action-coordination'] })],
      items: [notes],
      at: '2026-03-02',
      purpose: 'social-action-coordination',
      provision: 'casf-l121-6-2-sharing',
    },
  ],
  [
    'the same colleague, under the care team’s text',
    {
      discloser: professional('Ana', { ...ASS, care: [care()] }),
      recipients: [professional('Bob', ASS)],
      items: [notes],
      at: '2026-03-02',
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-iii-same-team',
      facts: { informations: [told('2026-01-01', EVERYTHING)] },
    },
  ],
  [
    'a GP writes to the cardiologist whom the person will see',
    {
      discloser: professional('GP', { ...DOCTOR, at: 'surgery', care: [care()] }),
      recipients: [professional('cardiologist', { ...DOCTOR, at: 'hospital' })],
      items: [health],
      at: '2026-03-02',
      purpose: 'care-coordination',
      provision: 'csp-l1110-4-ii-exchange',
      facts: inform([health], mandate('cardiologist'), 'care-coordination'),
    },
  ],
  [
    'a SAVS educator tells the nurse who also cares for the person',
    {
      discloser: professional('educator', { ...SAVS, care: [care()] }),
      recipients: [
        professional('nurse', { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'], care: [care()] }),
      ],
      items: [notes],
      at: '2026-03-02',
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-ii-exchange',
      facts: inform([notes], mandate('nurse'), 'social-follow-up'),
    },
  ],
  [
    'two educators of one home',
    {
      discloser: professional('day', { ...SAVS, at: 'home', care: [care('home')] }),
      recipients: [professional('night', { ...SAVS, at: 'home', care: [care('home')] })],
      items: [notes],
      at: '2026-03-02',
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-iii-same-team',
      facts: { informations: [told('2026-01-01', EVERYTHING)] },
    },
  ],
  [
    'the hospital tells the judicial representative',
    {
      discloser: professional('ward', { ...DOCTOR, at: 'hospital', care: [care()] }),
      recipients: [
        professional('MJPM', {
          at: 'UDAF',
          is: ['judicial-representative'],
          bound: ['judicial-representative-oath'],
        }),
      ],
      items: [health],
      at: '2026-03-02',
      purpose: 'social-follow-up',
      provision: 'csp-l1110-4-ii-exchange',
      facts: inform([health], mandate('MJPM'), 'social-follow-up'),
    },
  ],
  [
    'a housing request is sent for the person to the SIAO',
    {
      discloser: professional('educator', SAVS),
      recipients: [professional('SIAO', { at: 'SIAO', is: ['siao-agent'], bound: ['siao-function'] })],
      items: [item('income', 'resources-debt'), notes],
      at: '2026-03-02',
      purpose: 'housing-orientation',
      provision: 'cc-1984-on-behalf',
      facts: open([item('income', 'resources-debt'), notes], service('SIAO'), 'housing-orientation'),
    },
  ],
  [
    'an aid request is sent with and for the person to the CAF',
    {
      discloser: professional('Ana', ASS),
      recipients: [professional('CAF', { at: 'CAF', is: ['administration'] })],
      items: [item('income', 'resources-debt'), health],
      at: '2026-03-02',
      purpose: 'benefit-request-processing',
      provision: 'cc-1984-on-behalf',
      facts: open(
        [item('income', 'resources-debt'), health],
        service('CAF'),
        'benefit-request-processing',
        true,
      ),
    },
  ],
  [
    'the MDPH secretary hands the file to the team’s doctor',
    {
      discloser: secretary,
      recipients: [
        professional('doctor', {
          at: 'MDPH',
          is: ['physician', 'mdph-team-member'],
          bound: ['mdph-commission'],
          seats: ep,
        }),
      ],
      items: [health],
      at: '2026-03-02',
      purpose: 'disability-assessment',
      provision: 'casf-l241-10-team',
    },
  ],
  [
    'the MDPH secretary prepares the CDAPH',
    {
      discloser: secretary,
      recipients: [
        professional('member', {
          at: 'association',
          is: ['cdaph-member'],
          bound: ['mdph-commission'],
          seats: [seat('CDAPH 75', 'CDAPH')],
        }),
      ],
      items: [item('impact', 'functional-impact')],
      at: '2026-03-02',
      purpose: 'disability-decision',
      provision: 'casf-l241-10-cdaph',
    },
  ],
  [
    'the decision goes to the paying body',
    {
      discloser: secretary,
      recipients: [professional('CAF', { at: 'CAF', is: ['payer'] })],
      items: [item('decision', 'professional-appraisal')],
      at: '2026-03-02',
      purpose: 'disability-decision',
      provision: 'casf-r241-32-notification',
    },
  ],
  [
    'a doctor tells the wife the prognosis, without objection',
    {
      discloser: professional('doctor', { ...DOCTOR, care: [care()] }),
      recipients: [stranger('wife', 'relative')],
      items: [health],
      at: '2026-03-02',
      purpose: 'relatives-information',
      provision: 'csp-l1110-4-v-relatives',
    },
  ],
  [
    'a doctor calls the ambulance with nothing on paper',
    {
      person: { capacity: [] },
      discloser: professional('doctor', DOCTOR),
      recipients: [
        professional('SAMU', {
          is: ['emergency-services'],
          facts: { party: { kind: 'category', institution: institution('SAMU'), function: 'crew' } },
        }),
      ],
      items: [{ ...health, level: undefined }],
      unjustified: [health.item],
      at: '2026-03-02T10:00:00Z',
      purpose: 'rescue-imminent-peril',
      provision: 'cp-223-6',
      request: { ...urgent, retention: undefined, responsibleManager: undefined },
    } as Situation,
  ],
  [
    'a childminder tells the CRIP',
    {
      person: CHILD,
      discloser: professional('childminder', { is: ['family-assistant'] }),
      recipients: [professional('CRIP', { at: 'CRIP', is: ['crip'] })],
      items: [item('bruises', 'child-danger')],
      at: '2026-03-02',
      purpose: 'child-danger-alert',
      provision: 'casf-l226-2-1',
    },
  ],
  [
    'a social worker writes to the prosecutor about a child, parents untold',
    {
      person: CHILD,
      discloser: professional('Ana', ASS),
      recipients: [professional('prosecutor', { at: 'court', is: ['prosecutor'], bound: ['judicial-oath'] })],
      items: [item('bruises', 'child-danger')],
      at: '2026-03-02',
      purpose: 'judicial-reporting',
      provision: 'casf-l411-3-minors',
      facts: { representatives: [representative('mother')] },
    },
  ],
  [
    'the same under the subsidiary report to the prosecutor',
    {
      person: CHILD,
      discloser: professional('Ana', ASS),
      recipients: [professional('prosecutor', { at: 'court', is: ['prosecutor'] })],
      items: [item('bruises', 'child-danger')],
      at: '2026-03-02',
      purpose: 'judicial-reporting',
      provision: 'casf-l226-4-ii',
    },
  ],
  [
    'an ASE file moves to another département',
    {
      person: CHILD,
      discloser: professional('ASE 75', { at: 'ASE 75', is: ['ase-mission'], bound: ['ase-mission'] }),
      recipients: [professional('ASE 93', { at: 'ASE 93', is: ['departmental-council-president'] })],
      items: [notes],
      at: '2026-03-02',
      purpose: 'child-protection-measures',
      provision: 'casf-l221-3-transfer',
    },
  ],
  [
    'a word to the guardian',
    {
      person: {
        ...ADULT,
        capacity: [{ id: 'c', ableToDecide: false, at: '2025-01-01T00:00:00.000Z' as never }],
      },
      discloser: professional('doctor', DOCTOR),
      recipients: [
        professional('guardian', {
          at: 'UDAF',
          facts: { representative: representative('tutor').representative },
        }),
      ],
      items: [health],
      at: '2026-03-02',
      facts: { representatives: [representative('tutor', 'representation', { domain: 'both' })] },
    },
  ],
];

describe('a professional’s ordinary day comes out right', () => {
  it.each(ALLOWED)('%s', (_, day) => {
    expect(['allow', 'allow-with-duties']).toContain(assessed(day).verdict);
  });

  it('a word to the guardian is information, no disclosure', () => {
    const [cell] = assessed(ALLOWED.at(-1)![1]).cells;
    expect(cell).toMatchObject({ disclosure: false, verdict: 'allow' });
  });

  it('a mother is told about her child, but not what is kept from her', () => {
    const mother = professional('mother', {
      facts: {
        representative: representative('mother').representative,
        party: { kind: 'outsider', outsider: 'm' as never },
      },
    });
    const day: Situation = {
      person: CHILD,
      discloser: professional('doctor', DOCTOR),
      recipients: [mother],
      items: [health],
      at: '2026-03-02',
      facts: { representatives: [representative('mother')] },
    };
    expect(assessed(day).verdict).toBe('allow');
    expect(assessed({ ...day, items: [{ ...health, keptFromParents: true }] }).verdict).toBe('deny');
    expect(assessed({ ...day, items: [{ ...health, deferred: true }] }).verdict).toBe('deny');
    expect(assessed({ ...day, person: { birthDate: '2008-03-03', capacity: [] } }).verdict).toBe('allow');
    expect(assessed({ ...day, person: { birthDate: '2008-03-02', capacity: [] } }).verdict).toBe('deny');
    expect(assessed({ ...day, person: { capacity: [] } }).verdict).toBe('allow');
  });

  it('a word to the guardian needs a mandate in force on both sides, and nothing else', () => {
    const day = ALLOWED.at(-1)![1];
    const ended = { period: { validFrom: START, validUntil: on('2026-03-01') } };
    const [doctor, [guardian]] = [day.discloser, day.recipients];
    const changes = {
      'p5-discloser-not-in-force': { discloser: { ...doctor, ...ended } },
      'p5-recipient-not-in-force': { recipients: [{ ...guardian!, ...ended }] },
    };
    for (const [rule, change] of Object.entries(changes)) {
      const { verdict, points, duties } = assessed({ ...day, ...change, provision: 'casf-l226-2-1' });
      expect([verdict, duties]).toEqual(['deny', []]);
      const open = points.filter(({ state }) => state !== 'not-applicable');
      expect(open).toMatchObject([{ point: 5, rule, state: 'block', softened: false }]);
    }
  });
});
