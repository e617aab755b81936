import { describe, expect, it } from '@jest/globals';
import { applyRevision, type Catalogue, type Provision } from '#catalogue';
import { assess } from '../src/assess.js';
import type { AssessmentFacts } from '../src/facts.js';
import type { DisclosureRequest } from '../src/request.js';
import type { State } from '../src/verdict.js';
import { states } from './expect.js';
import {
  agreed,
  ADULT,
  care,
  catalogue,
  CHILD,
  item,
  mandate,
  objected,
  on,
  professional,
  refused,
  representative,
  scopeOf,
  situation,
  told,
  voice,
  type Situation,
} from './given.js';

const note = item('note', 'social-follow-up-notes');
const scope = scopeOf([note], [mandate('nurse')], 'social-follow-up');
const CONSENT = { consents: [agreed('2026-02-01', scope)] };
const OBJECTION = { against: [objected('2026-02-02')] };
const INFORMED = { informations: [told('2026-01-15', scope)] };
const REASON = (kind: 'emergency' | 'impossibility' | 'contrary-to-interest') => ({
  exception: { kind, reason: 'unconscious' },
});

const exchange: Situation = {
  discloser: professional('educator', {
    at: 'SAVS',
    is: ['educator'],
    bound: ['ase-mission'],
    care: [care()],
  }),
  recipients: [
    professional('nurse', { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'], care: [care()] }),
  ],
  items: [note],
  at: '2026-03-01',
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-ii-exchange',
};

/** One provision with other rules, under the id of another where the id matters. */
function ruled(rules: Partial<Provision>, id = 'csp-l1110-4-ii-exchange'): Catalogue {
  const old = catalogue.content.sections.provisions.find((p) => p.id === id)!;
  const base = catalogue.content.sections.provisions.find((p) => p.id === exchange.provision)!;
  const entry: Provision = { ...base, ...rules, id: old.id };
  const { title, validFrom } = catalogue.content.version;
  const revised = applyRevision(catalogue, {
    version: 'test',
    title,
    validFrom,
    changed: [{ section: 'provisions', entry }],
  });
  if (revised.kind === 'rejected') throw new Error(revised.problems[0]!.message);
  return revised.catalogue;
}

function under(
  rules: Partial<Provision>,
  facts: Partial<AssessmentFacts>,
  request: Partial<DisclosureRequest> = {},
  id = 'csp-l1110-4-ii-exchange',
) {
  const drawn = situation({ ...exchange, provision: id, facts, request });
  return states(assess(drawn.facts, ruled(rules, id), drawn.request).cells[0]!.points);
}

describe('the table on informing the person', () => {
  const quiet: Partial<Provision> = { consent: 'objection-possible' };
  const elsewhere = 'casf-l121-6-2-sharing';
  const rows: readonly [
    Provision['personInformation'],
    State,
    State,
    Partial<DisclosureRequest>?,
    string?,
  ][] = [
    ['prior-required', 'ok', 'block'],
    ['prior-required', 'ok', 'document', REASON('emergency')],
    ['prior-required', 'ok', 'document', REASON('impossibility')],
    ['prior-required', 'ok', 'block', REASON('contrary-to-interest')],
    ['prior-required', 'ok', 'block', REASON('emergency'), elsewhere],
    ['prior-required-unless-emergency-or-impossible', 'ok', 'block'],
    ['prior-required-unless-emergency-or-impossible', 'ok', 'document', REASON('emergency'), elsewhere],
    ['prior-required-unless-contrary-to-interest', 'ok', 'document', REASON('contrary-to-interest')],
    ['prior-required-unless-contrary-to-interest', 'ok', 'block', REASON('emergency')],
    [
      'prior-required-unless-contrary-to-interest',
      'ok',
      'block',
      { exception: { kind: 'contrary-to-interest', reason: ' ' } },
    ],
    ['at-first-contact', 'ok', 'warn'],
    ['not-specified', 'ok', 'warn'],
    ['not-required', 'ok', 'ok'],
  ];

  it.each(rows)('%s: %s when informed, %s when not', (...[rule, informed, not, request, id]) => {
    expect(under({ ...quiet, personInformation: rule }, INFORMED, request, id)[4]).toBe(informed);
    expect(under({ ...quiet, personInformation: rule }, {}, request, id)[4]).toBe(not);
  });

  it('not-applicable leaves the point to the consent test', () => {
    expect(under({ ...quiet, personInformation: 'not-applicable' }, {})[4]).toBe('ok');
  });

  it('counts the same civil day as before, and the day after as too late', () => {
    const rule: Partial<Provision> = { ...quiet, personInformation: 'prior-required' };
    const act = { at: on('2026-03-01T08:00:00Z') };
    expect(under(rule, { informations: [told('2026-03-01T17:00:00Z', scope)] }, act)[4]).toBe('ok');
    expect(under(rule, { informations: [told('2026-03-02', scope)] }, act)[4]).toBe('block');
  });

  it('asks each known parent, and a child able to understand', () => {
    const rule: Partial<Provision> = { ...quiet, personInformation: 'prior-required' };
    const parents = { person: CHILD, representatives: [representative('mother'), representative('father')] };
    const to = (...who: string[]) => ({
      ...parents,
      informations: who.map((w) => told('2026-01-15', scope, voice(w))),
    });
    expect(under(rule, to('mother', 'father'))[4]).toBe('ok');
    expect(under(rule, to('mother'))[4]).toBe('warn');
    expect(under(rule, to())[4]).toBe('block');
    const able = { person: { ...CHILD, capacity: [{ id: 'c', ableToDecide: true, at: on('2026-01-01') }] } };
    expect(under(rule, { ...to('mother', 'father'), ...able })[4]).toBe('warn');
    const kept = { items: [{ ...note, keptFromParents: true }] };
    expect(under(rule, { ...to('mother', 'father'), ...kept })[4]).toBe('block');
    expect(under(rule, { ...parents, ...INFORMED, ...kept })[4]).toBe('ok');
  });
});

describe('the table on consent, under point 4 and point 8', () => {
  const told1 = { personInformation: 'not-required' as const };
  const rows: readonly [
    string,
    Partial<Provision>,
    Partial<AssessmentFacts>,
    State,
    State,
    Partial<DisclosureRequest>?,
    string?,
  ][] = [
    ['prior-required, valid', { consent: 'prior-required' }, CONSENT, 'ok', 'ok'],
    ['prior-required, none', { consent: 'prior-required' }, {}, 'block', 'block'],
    ['prior-required, refused', { consent: 'prior-required' }, OBJECTION, 'block', 'block'],
    ['prior-required, emergency', { consent: 'prior-required' }, {}, 'warn', 'warn', REASON('emergency')],
    [
      'prior-required, emergency, but refused',
      { consent: 'prior-required' },
      OBJECTION,
      'block',
      'block',
      REASON('emergency'),
    ],
    [
      'prior-required, emergency, another text',
      { consent: 'prior-required' },
      {},
      'block',
      'block',
      REASON('emergency'),
      'casf-l121-6-2-sharing',
    ],
    [
      'prior-required, emergency, under the text on DAC',
      { consent: 'prior-required' },
      {},
      'block',
      'block',
      REASON('emergency'),
      'csp-l6327-1-dac',
    ],
    ['objection-possible, none', { consent: 'objection-possible' }, {}, 'ok', 'document'],
    ['objection-possible, objection', { consent: 'objection-possible' }, OBJECTION, 'block', 'block'],
    [
      'objection-possible, refusal',
      { consent: 'objection-possible' },
      { against: [refused('2026-02-02')] },
      'block',
      'block',
    ],
    ['not-required', { consent: 'not-required' }, {}, 'document', 'document'],
    ['not-required, objection', { consent: 'not-required' }, OBJECTION, 'warn', 'warn'],
    ['not-applicable', { consent: 'not-applicable' }, {}, 'document', 'document'],
    ['not-specified, obliges', { consent: 'not-specified', role: 'obliges' }, {}, 'document', 'document'],
    [
      'not-specified, obliges, objection',
      { consent: 'not-specified', role: 'obliges' },
      OBJECTION,
      'warn',
      'warn',
    ],
    ['not-specified, authorises', { consent: 'not-specified' }, {}, 'document', 'warn'],
    ['not-specified, permits, agreed', { consent: 'not-specified', role: 'permits' }, CONSENT, 'ok', 'ok'],
    ['not-specified, authorises, objection', { consent: 'not-specified' }, OBJECTION, 'escalate', 'escalate'],
    [
      'requisition',
      { consent: 'not-required' },
      OBJECTION,
      'not-applicable',
      'document',
      { purpose: 'judicial-requisition' as never },
    ],
  ];

  it.each(rows)('%s', (...[, rules, facts, p4, p8, request, id]) => {
    const found = under({ ...told1, ...rules }, facts, request, id);
    expect([found[4], found[8]]).toEqual([p4, p8]);
  });

  it('asks point 8 of another institution only', () => {
    const inside = {
      discloser: { ...exchange.discloser, institution: exchange.recipients[0]!.institution! },
    };
    expect(under({ consent: 'prior-required' }, { ...inside, ...OBJECTION })[8]).toBe('ok');
  });

  const bare = (s: Partial<Situation>) => {
    const drawn = situation({ ...exchange, provision: undefined, ...s } as Situation);
    return states(assess(drawn.facts, catalogue, drawn.request).cells[0]!.points);
  };

  it('no provision, a secret item: agreement does not open points 3 and 5', () => {
    expect(bare({})).toMatchObject({ 3: 'block', 4: 'block', 5: 'block', 7: 'not-applicable', 8: 'block' });
    expect(bare({ facts: { ...CONSENT, ...INFORMED } })).toMatchObject({
      3: 'block',
      4: 'ok',
      5: 'block',
      7: 'not-applicable',
      8: 'ok',
    });
  });

  it('no provision, no secret item: consent is the basis', () => {
    const home = item('home', 'housing');
    const unbound: Partial<Situation> = {
      discloser: professional('adviser', { at: 'association' }),
      items: [home],
    };
    const homeScope = scopeOf([home], [mandate('nurse')], 'social-follow-up');
    const consented = {
      informations: [told('2026-01-15', homeScope)],
      consents: [agreed('2026-02-01', homeScope)],
    };
    const serving = [{ ...exchange.recipients[0]!, serves: ['social-follow-up' as never] }];
    expect(bare(unbound)).toMatchObject({ 3: 'not-applicable', 4: 'block', 5: 'block', 8: 'block' });
    expect(bare({ ...unbound, facts: consented })).toMatchObject({ 4: 'ok', 5: 'block', 8: 'ok' });
    expect(bare({ ...unbound, recipients: serving, facts: consented })).toMatchObject({
      4: 'ok',
      5: 'ok',
      8: 'ok',
    });
  });
});

describe('parents, under the rows that ask for consent', () => {
  const two = { person: CHILD, representatives: [representative('mother'), representative('father')] };
  const yes = (who: string, at = '2026-02-01') => agreed(at, scope, { by: voice(who), id: `yes ${who}` });
  const no = (who: string, at: string) => refused(at, undefined, { by: voice(who) });
  const of = (rule: Provision['consent'], facts: Partial<AssessmentFacts>) => {
    const found = under({ consent: rule, personInformation: 'not-required' }, { ...two, ...facts });
    return [found[4], found[8]];
  };

  it.each([
    ['both consent', { consents: [yes('mother'), yes('father')] }, ['ok', 'ok']],
    ['one consents, the other is silent', { consents: [yes('mother')] }, ['warn', 'ok']],
    [
      'one consents, the other refuses later',
      { consents: [yes('mother')], against: [no('father', '2026-02-05')] },
      ['escalate', 'escalate'],
    ],
    [
      'one consents, the other had refused',
      { consents: [yes('mother')], against: [no('father', '2026-01-05')] },
      ['escalate', 'escalate'],
    ],
    [
      'one consents, then takes it back',
      { consents: [yes('mother')], against: [no('mother', '2026-02-05')] },
      ['block', 'block'],
    ],
    [
      'the child refuses later',
      { consents: [yes('mother'), yes('father')], against: [refused('2026-02-05')] },
      ['block', 'block'],
    ],
    ['nobody has spoken', {}, ['block', 'block']],
    ['the child alone', { consents: [agreed('2026-02-01', scope)] }, ['block', 'block']],
    [
      'one whose standing is not verified',
      {
        consents: [yes('mother')],
        representatives: [representative('mother', 'parental-authority', { verified: false })],
      },
      ['escalate', 'escalate'],
    ],
    ['nobody is known to hold authority', { representatives: [] }, ['escalate', 'escalate']],
  ] as const)('%s', (_, facts, expected) => {
    expect(of('prior-required', facts as Partial<AssessmentFacts>)).toEqual(expected);
  });

  it('lets a minor decide alone about what is kept from the parents', () => {
    const facts = { items: [{ ...note, keptFromParents: true }], consents: [agreed('2026-02-01', scope)] };
    expect(of('prior-required', facts)).toEqual(['ok', 'ok']);
    expect(of('prior-required', { ...facts, consents: [yes('mother')] })).toEqual(['block', 'block']);
  });

  it('lets parents’ consent lapse at majority, and their objection stay', () => {
    const grown = { person: { ...ADULT, birthDate: '2008-02-15' } };
    expect(of('prior-required', { ...grown, consents: [yes('mother', '2026-01-01')] })).toEqual([
      'block',
      'block',
    ]);
    const objection = objected('2026-01-01', undefined, { by: voice('mother') });
    expect(of('objection-possible', { ...grown, against: [objection] })).toEqual(['block', 'block']);
  });
});
