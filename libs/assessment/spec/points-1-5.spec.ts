import { describe, expect, it } from '@jest/globals';
import type { ItemFacts, PartyFacts, Representative } from '../src/facts.js';
import type { DisclosureRequest } from '../src/request.js';
import { assessed, rulesOf } from './expect.js';
import { care, institution, item, on, professional, purpose, seat, START, type Situation } from './given.js';

const note = item('note', 'social-follow-up-notes');
const educator = professional('educator', {
  at: 'SAVS',
  is: ['educator'],
  bound: ['ase-mission'],
  care: [care('team')],
});
const nurse = professional('nurse', {
  at: 'SSIAD',
  is: ['nurse'],
  bound: ['health-profession'],
  care: [care('other team')],
});
const exchange: Situation = {
  discloser: educator,
  recipients: [nurse],
  items: [note],
  at: '2026-03-01',
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-ii-exchange',
};
const asked = (change: Partial<DisclosureRequest>): Situation => ({ ...exchange, request: change });
const about = (change: Partial<ItemFacts>): Situation => ({ ...exchange, items: [{ ...note, ...change }] });
const holding = (code: string, onward?: never[]) => [
  { id: 'h', holder: 'educator' as never, purpose: purpose(code), ...(onward && { onward }) },
];
const between = (a: Partial<PartyFacts>, b: Partial<PartyFacts>, provision: string): Situation => ({
  ...exchange,
  provision,
  discloser: { ...educator, ...a },
  recipients: [{ ...nurse, ...b }],
});
const ENDED = [care('team', on('2026-01-01'))];

type Row = readonly [what: string, situation: Situation, point: number, rule: string, state: string];

const ROWS: readonly Row[] = [
  ['no purpose', { ...exchange, purpose: '' }, 1, 'p1-purpose-missing', 'block'],
  [
    'a purpose that the catalogue does not know',
    { ...exchange, purpose: 'curiosity' },
    1,
    'p1-purpose-missing',
    'block',
  ],
  [
    'a purpose foreign to the provision',
    { ...exchange, purpose: 'eviction-prevention' },
    1,
    'p1-purpose-foreign',
    'block',
  ],
  [
    'reuse that neither text nor consent names',
    { ...about({ holdings: holding('child-assessment') }), purpose: 'eviction-prevention' },
    1,
    'p1-reuse',
    'block',
  ],
  ['reuse that the text names', about({ holdings: holding('child-assessment') }), 1, 'p1-ok', 'ok'],
  ['a blank objective', asked({ objective: ' ' }), 1, 'p1-objective-blank', 'warn'],
  ['no benefit', asked({ benefit: '' }), 1, 'p1-no-benefit', 'warn'],

  [
    'health data for a purpose without a ground',
    { ...exchange, items: [item('h', 'health-data')], purpose: 'entitlement-outreach' },
    2,
    'p2-no-gdpr-ground',
    'block',
  ],
  ['a missing level', about({ level: undefined } as never), 2, 'p2-level-missing', 'warn'],
  ['third-party data', about({ thirdParty: 'mother' }), 2, 'p2-third-party', 'warn'],
  ['a level below the category default', about({ level: 'confidential' }), 2, 'p2-declared-low', 'warn'],

  ['a secret without provision', { ...exchange, provision: '' }, 3, 'p3-no-provision', 'block'],
  [
    'a secret for a purpose whose text is sought',
    { ...exchange, provision: '', purpose: 'social-aid-instruction' },
    3,
    'p3-text-sought',
    'block',
  ],
  [
    'a provision of lower level',
    { ...exchange, provision: 'csi-l132-13-cispd' },
    3,
    'p3-above-max-level',
    'block',
  ],
  [
    'a provision whose reading is to be confirmed',
    { ...exchange, provision: 'cc-1984-on-behalf' },
    3,
    'p3-medium-confidence',
    'warn',
  ],
  ['a provision whose dates are not known', exchange, 3, 'p3-dates-unknown', 'ok'],

  [
    'the discloser out of office',
    { ...exchange, discloser: { ...educator, period: { validFrom: START, validUntil: on('2026-02-28') } } },
    5,
    'p5-discloser-not-in-force',
    'block',
  ],
  [
    'the last day in office',
    { ...exchange, discloser: { ...educator, period: { validFrom: START, validUntil: on('2026-03-01') } } },
    5,
    'p5-ok',
    'ok',
  ],
  [
    'the recipient out of office',
    { ...exchange, recipients: [{ ...nurse, period: { validFrom: on('2026-03-02') } }] },
    5,
    'p5-recipient-not-in-force',
    'block',
  ],
  [
    'a discloser whom the text does not list',
    { ...exchange, discloser: { ...educator, categories: ['mayor'] } },
    5,
    'p5-discloser-not-listed',
    'block',
  ],
  [
    'a recipient whom the text does not list',
    { ...exchange, recipients: [{ ...nurse, categories: ['mayor'] }] },
    5,
    'p5-recipient-not-listed',
    'block',
  ],
  [
    'a recipient who is not named',
    {
      ...exchange,
      recipients: [
        { ...nurse, party: { kind: 'category', institution: institution('SSIAD'), function: 'nurse' } },
      ],
    },
    5,
    'p5-not-named',
    'block',
  ],
  [
    'care that ended, the discloser’s',
    between({ care: ENDED }, {}, 'csp-l1110-4-ii-exchange'),
    5,
    'p5-discloser-care-ended',
    'block',
  ],
  [
    'care that ended, the recipient’s',
    between({}, { care: ENDED }, 'csp-l1110-4-ii-exchange'),
    5,
    'p5-recipient-care-ended',
    'block',
  ],
  [
    'care that is only declared',
    between({}, { care: [] }, 'csp-l1110-4-ii-exchange'),
    5,
    'p5-declared',
    'warn',
  ],
  ['another team', between({}, {}, 'csp-l1110-4-iii-same-team'), 5, 'p5-other-team', 'block'],
  [
    'a team declared across institutions',
    between({}, { care: [] }, 'csp-l1110-4-iii-same-team'),
    5,
    'p5-team-across-institutions',
    'block',
  ],
  [
    'a team declared in one institution',
    between({ institution: institution('SSIAD') }, { care: [] }, 'csp-l1110-4-iii-same-team'),
    5,
    'p5-declared',
    'warn',
  ],
  [
    'a formal team across institutions',
    between({}, { care: [care('team')] }, 'csp-l1110-4-iii-same-team'),
    5,
    'p5-ok',
    'ok',
  ],
  [
    'no seat in the commission',
    { ...exchange, provision: 'casf-l241-10-team' },
    5,
    'p5-no-membership',
    'block',
  ],
  [
    'a seat limited to other cases',
    {
      ...exchange,
      provision: 'casf-l241-10-team',
      recipients: [{ ...nurse, memberships: [seat('EP', 'MDPH-EP', false)] }],
    },
    5,
    'p5-no-membership',
    'block',
  ],
  [
    'a seat in another commission',
    { ...exchange, provision: 'casf-l241-10-team', recipients: [{ ...nurse, memberships: [seat('CDAPH')] }] },
    5,
    'p5-no-membership',
    'block',
  ],
  ['a mission that does not serve', { ...exchange, provision: 'casf-l226-2-2' }, 5, 'p5-declared', 'warn'],
];

describe('a representation on record', () => {
  const guardian = { ...nurse, care: [], representative: 'Lenoir' as never };
  const standing = (kind: Representative['kind'], verified = true) =>
    assessed({
      ...exchange,
      recipients: [guardian],
      facts: {
        representatives: [
          {
            id: 'judgment',
            representative: 'Lenoir' as never,
            kind,
            domain: 'property',
            verified,
            validFrom: START,
          },
        ],
      },
    }).points[4];

  it('confirms that its holder acts for the person', () => {
    expect(standing('representation')).toMatchObject({ state: 'ok', rule: 'p5-ok' });
    expect(standing('assistance')).toMatchObject({ state: 'ok', rule: 'p5-ok' });
  });

  it('confirms nothing where it is not verified, or is a trusted person’s', () => {
    expect(standing('representation', false)).toMatchObject({ state: 'warn', rule: 'p5-declared' });
    expect(standing('trusted-person')).toMatchObject({ state: 'warn', rule: 'p5-declared' });
  });
});

describe('points 1 to 5', () => {
  it.each(ROWS)('%s', (_, situation, point, rule, state) => {
    const result = assessed(situation);
    expect(rulesOf(result, point)).toContain(rule);
    expect(result.points[point - 1]?.state).toBe(state);
  });
});
