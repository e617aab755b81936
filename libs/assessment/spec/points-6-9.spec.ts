import { describe, expect, it } from '@jest/globals';
import type { ItemFacts } from '../src/facts.js';
import type { DisclosureRequest } from '../src/request.js';
import { assessed, rulesOf } from './expect.js';
import {
  agreed,
  care,
  institution,
  item,
  mandate,
  on,
  professional,
  purpose,
  scopeOf,
  stranger,
  type Situation,
} from './given.js';

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
type Row = readonly [what: string, situation: Situation, point: number, rule: string, state: string];

const ROWS: readonly Row[] = [
  [
    'an unbound discloser',
    { ...exchange, discloser: { ...educator, secrecy: [] } },
    6,
    'p6-discloser-unbound',
    'block',
  ],
  [
    'an unbound recipient',
    { ...exchange, recipients: [{ ...nurse, secrecy: [] }] },
    6,
    'p6-recipient-unbound',
    'block',
  ],
  [
    'a debated basis',
    { ...exchange, recipients: [professional('teacher', { is: ['nurse'], bound: ['public-agent-status'] })] },
    6,
    'p6-recipient-debated',
    'escalate',
  ],
  [
    'a basis debated elsewhere, firm under this text',
    {
      ...exchange,
      recipients: [professional('aide', { is: ['esms-staff'], bound: ['care-participation'] })],
    },
    6,
    'p6-ok',
    'ok',
  ],
  [
    'the same basis under another text',
    {
      ...exchange,
      provision: 'casf-l226-2-2',
      recipients: [professional('aide', { is: ['esms-staff'], bound: ['care-participation'] })],
    },
    6,
    'p6-recipient-debated',
    'escalate',
  ],
  [
    'an authority that the text designates',
    {
      ...exchange,
      provision: 'casf-l226-2-1',
      recipients: [professional('president', { is: ['departmental-council-president'] })],
    },
    6,
    'p6-ok',
    'ok',
  ],

  ['no justification', { ...exchange, unjustified: [note.item] }, 7, 'p7-no-justification', 'block'],
  ['an excluded category', { ...exchange, provision: 'crpa-l114-8-i' }, 7, 'p7-excluded', 'block'],
  [
    'an unrelated item',
    asked({ items: [{ item: note.item, justification: 'x', unrelated: true }] }),
    7,
    'p7-unrelated',
    'block',
  ],
  [
    'a whole file',
    asked({ items: [{ item: note.item, justification: 'x', wholeFile: true }] }),
    7,
    'p7-whole-file',
    'warn',
  ],
  [
    'a commentary',
    asked({ items: [{ item: note.item, justification: 'x', commentary: true }] }),
    7,
    'p7-commentary',
    'warn',
  ],

  [
    'onward passing that is barred',
    about({ holdings: holding('social-follow-up', []) }),
    8,
    'p8-onward-barred',
    'block',
  ],
  [
    'onward passing that is open to this recipient',
    about({ holdings: holding('social-follow-up', [mandate('nurse') as never]) }),
    8,
    'p8-provision-instead',
    'document',
  ],
  ['no responsible manager', asked({ responsibleManager: '' }), 8, 'p8-no-manager', 'warn'],

  [
    'an unknown recipient',
    { ...exchange, recipients: [{ ...stranger('x'), party: { kind: 'unknown' } }] },
    9,
    'p9-not-recordable',
    'block',
  ],
  [
    'a category without access log',
    {
      ...exchange,
      recipients: [
        { ...nurse, party: { kind: 'category', institution: institution('SSIAD'), function: 'nurse' } },
      ],
    },
    9,
    'p9-not-recordable',
    'block',
  ],
  ['no retention rule', asked({ retention: undefined } as never), 9, 'p9-no-retention', 'block'],
  [
    'a rule that the catalogue does not know',
    asked({ retention: { rule: 'for-ever' as never } }),
    9,
    'p9-no-retention',
    'block',
  ],
  [
    'a file under a text that bars it',
    { ...exchange, provision: 'csi-l132-5-clspd', request: { keeps: ['file'] } },
    9,
    'p9-no-file',
    'block',
  ],
  ['an insecure channel', asked({ channel: 'email' }), 9, 'p9-insecure-channel', 'warn'],
  ['a channel nobody told', asked({ channel: undefined } as never), 9, 'p9-insecure-channel', 'warn'],
  [
    'an expiry beyond the rule',
    asked({ retention: { rule: 'end-of-follow-up' as never, until: on('2028-03-02') } }),
    9,
    'p9-beyond-rule',
    'warn',
  ],
  [
    'an expiry on the rule’s last day',
    asked({ retention: { rule: 'end-of-follow-up' as never, until: on('2028-03-01') } }),
    9,
    'p9-trace',
    'document',
  ],
  [
    'the rule of medical archives, for what is not medical',
    asked({ retention: { rule: 'public-archives-medical' as never } }),
    9,
    'p9-rule-for-others',
    'warn',
  ],
  [
    'the rule of child-welfare files, for another purpose',
    asked({ retention: { rule: 'ase-file' as never, until: on('2146-01-01') } }),
    9,
    'p9-rule-for-others',
    'warn',
  ],
  [
    'a rule that counts from birth, for longer than that',
    {
      ...asked({ retention: { rule: 'public-archives-medical' as never, until: on('2146-01-01') } }),
      items: [item('file', 'health-data')],
    },
    9,
    'p9-beyond-rule',
    'warn',
  ],
  [
    'an expiry in the past',
    asked({ retention: { rule: 'end-of-follow-up' as never, until: on('2026-02-01') } }),
    9,
    'p9-duty-impossible',
    'block',
  ],
  [
    'a question asked after a deadline',
    asked({ assessedAt: on('2026-03-20') }),
    9,
    'p9-duty-impossible',
    'block',
  ],
];

describe('points 6 to 9', () => {
  it.each(ROWS)('%s', (_, situation, point, rule, state) => {
    const result = assessed(situation);
    expect(rulesOf(result, point)).toContain(rule);
    expect(result.points[point - 1]?.state).toBe(state);
  });

  it('asks only points 1, 2, 4, 7 and 9 of personal data without provision, 3 and 5 with one', () => {
    const name = item('name', 'identity-contact');
    const plain: Situation = {
      ...exchange,
      items: [name],
      discloser: professional('clerk', { at: 'town' }),
      provision: '',
    };
    const silent = (s: Situation) =>
      assessed(s)
        .points.filter((p) => p.rule === 'below-level')
        .map((p) => p.point);
    expect(silent(plain)).toEqual([3, 5, 6, 8]);
    expect(silent({ ...plain, provision: 'csp-l1110-4-ii-exchange' })).toEqual([6, 8]);
    expect(silent({ ...plain, items: [item('home', 'housing')] })).toEqual([3, 6]);
    expect(
      silent({ ...plain, items: [item('home', 'housing')], provision: 'csp-l1110-4-ii-exchange' }),
    ).toEqual([]);
  });

  it('a request made for the person needs their word on each item itself', () => {
    const byCategory = {
      ...scopeOf([], [mandate('nurse')], 'housing-orientation'),
      categories: [note.category!],
    };
    const request: Situation = {
      ...exchange,
      purpose: 'housing-orientation',
      provision: 'cc-1984-on-behalf',
    };
    const given = (scope: typeof byCategory) =>
      assessed({ ...request, facts: { consents: [agreed('2026-02-01', scope)] } })
        .cells[0]!.points[3]!.also.concat(
          assessed({ ...request, facts: { consents: [agreed('2026-02-01', scope)] } }).cells[0]!.points[3]!,
        )
        .map((r) => r.rule);
    expect(given(byCategory)).toContain('p4-consent-missing');
    expect(given({ ...byCategory, items: [note.item] })).toContain('p4-consent-valid');
  });
});
