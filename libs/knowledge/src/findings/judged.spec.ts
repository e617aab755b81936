import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type PersonEvent, type ReportedData } from '#person';
import { civilDate, startMs } from '#time';
import {
  amended,
  constituted,
  elsewhereAfter,
  ended,
  given,
  inCommission,
  SESSION,
  SOCIAL_WORKERS,
  TERRITORY,
  type Happening,
} from '../elsewhere/elsewhere.testing.js';
import { acted, assessed, guard, ITEM, nurse, worker } from '../duties/story.testing.js';
import { allFindings } from './all-findings.js';
import { at, granted, henri, told, withdrawn } from './story.testing.js';

const { aConsent, CCAS, id, informed, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

const found = (more: readonly Happening[], ...events: readonly PersonEvent[]) =>
  allFindings(henri(...events), elsewhereAfter(...TERRITORY, ...more));
const rules = (more: readonly Happening[], ...events: readonly PersonEvent[]) =>
  found(more, ...events).map(({ rule }) => rule);

const under = (provision: string, restsOn: 'consent' | 'absence-of-objection' | 'provision') => ({
  provision: asCode<'Provision'>(provision),
  consents: restsOn === 'consent' ? [id<'Consent'>('Consent', 1)] : [],
  restsOn,
});
const EXCHANGE = { basis: under('csp-l1110-4-ii-exchange', 'absence-of-objection') };
const OUTSIDE = { basis: under('csp-l1110-4-iii-outside-team', 'consent') };
const BORDER = { basis: under('casf-l241-10-outside', 'consent') };
const told4b = told(1, EXCHANGE);
const TOLD = { ...informed(), ...at('2026-01-08') } as PersonEvent;

describe('an act that the assessment allows', () => {
  test('is not found', () => {
    expect(rules([], TOLD, told4b)).toEqual([]);
    expect(rules([], TOLD, granted, told(1, OUTSIDE))).toEqual([]);
  });

  test('is not found for what the safety rule makes a warning', () => {
    const basis = under('casf-l226-2-1', 'provision');
    const alert = told(1, { basis, purpose: asCode('child-danger-alert') });
    const crip = given(CCAS, { ...SOCIAL_WORKERS, categories: ['crip'] });
    // What is left is to tell them afterwards: a duty, about no item in particular.
    expect(found([crip], alert).filter(({ item }) => item !== null)).toEqual([]);
    expect(rules([], alert)).toContain('no-valid-basis');
  });

  test('is not found for what its discloser is, where nobody knows who that was', () => {
    const unknown = told(1, { ...BORDER, discloser: { kind: 'unknown' } });
    expect(rules([], TOLD, granted, unknown)).not.toContain('no-valid-basis');
    expect(rules([], TOLD, granted, told(1, BORDER))).toContain('no-valid-basis');
  });

  test('is judged by nothing where the ledger has no catalogue', () => {
    expect(allFindings(henri(told4b), elsewhereAfter())).toEqual([]);
  });
});

describe('a person who was not informed in time', () => {
  test('is found, and not once it turns out that they were told on the day', () => {
    expect(found([], told4b)).toMatchObject([
      { rule: 'person-not-informed', item: ITEM, holder: `mandate:${SOCIAL_WORKER}`, institution: SSIAD },
    ]);
    expect(rules([], told4b, TOLD)).toEqual([]);
    expect(rules([], told4b, { ...informed(), ...at('2026-01-09') })).toEqual([]);
    expect(rules([], told4b, { ...informed(), ...at('2026-01-10') })).toEqual(['person-not-informed']);
  });
});

describe('a person who was to be told after the act', () => {
  test('is found from the day after the last, until they are told', () => {
    const duty = [acted(1, worker, '2026-01-09'), assessed(1, worker, { 'inform-person': undefined })];
    const overdue = (...events: readonly PersonEvent[]) =>
      allFindings(henri(...duty, ...events), elsewhereAfter()).filter(
        ({ rule }) => rule === 'person-not-informed',
      );
    expect(overdue()).toMatchObject([
      {
        rule: 'person-not-informed',
        holder: `mandate:${SOCIAL_WORKER}`,
        fromMs: startMs(civilDate('2026-04-01')),
      },
    ]);
    expect(overdue({ ...informed(), ...at('2026-03-31') } as PersonEvent)).toEqual([]);
    expect(overdue({ ...informed(), ...at('2026-04-05') } as PersonEvent)).toMatchObject([
      { toMs: startMs(civilDate('2026-04-05')) },
    ]);
  });
});

describe('what lacks the person’s agreement', () => {
  test('is found as outside of the care team where the provision opens the team', () => {
    expect(rules([], TOLD, told(1, OUTSIDE))).toEqual([
      'no-valid-basis',
      'outside-care-team',
      'border-not-agreed',
    ]);
    expect(rules([], TOLD, told(1, OUTSIDE), granted)).toEqual([]);
  });

  test('is found as outside of the care team where the recipient had left it', () => {
    const team = under('csp-l1110-4-iii-same-team', 'absence-of-objection');
    const care = { mandate: SOCIAL_WORKER, institution: CCAS };
    const data = { ...care, declaredBy: 'institution' } as const;
    const started: PersonEvent = { type: 'CareRelationStarted', data, ...at('2026-01-01') };
    const left = (day: string) => ({ type: 'CareRelationEnded', data: care, ...at(day) }) as PersonEvent;
    expect(rules([], TOLD, started, left('2026-01-08'), told(1, { basis: team }))).toEqual([
      'no-valid-basis',
      'outside-care-team',
    ]);
    expect(rules([], TOLD, started, told4b)).toEqual([]);
    const exchanged = rules([], TOLD, started, left('2026-01-08'), told4b);
    expect(exchanged).toEqual(['no-valid-basis', 'outside-care-team']);
    expect(rules([], TOLD, granted, started, left('2026-01-08'), told4b)).toEqual(['no-valid-basis']);
  });

  test('is found as crossing an institution where the provision asks for agreement to that', () => {
    const mdph = { categories: ['mdph-team-member'] };
    const team = given(SSIAD, { mandate: id('Mandate', 3), ...mdph });
    const from = { ...nurse, mandate: id<'Mandate'>('Mandate', 3) };
    const act = told(1, { ...BORDER, discloser: from });
    const declared: PersonEvent = {
      type: 'HoldingDeclared',
      data: { item: ITEM, holder: from, purpose: asCode('care-coordination'), source: { kind: 'person' } },
      ...at('2026-01-02'),
    };
    expect(rules([team], TOLD, declared, act)).toEqual(['no-valid-basis', 'border-not-agreed']);
    expect(rules([team], TOLD, declared, act, granted)).toEqual([]);
    const within = { ...SOCIAL_WORKERS, mandate: id<'Mandate'>('Mandate', 4) };
    const colleague = { ...worker, mandate: within.mandate, institution: SSIAD };
    const inside = told(1, { ...BORDER, discloser: from, recipients: [colleague] });
    const toldOf = { ...informed({ recipients: [colleague] }), ...at('2026-01-08') } as PersonEvent;
    expect(rules([team, given(SSIAD, within)], toldOf, declared, inside)).toEqual(['no-valid-basis']);
  });

  test('is found as after a withdrawal where there was one, beside whatever else it broke', () => {
    const after = ['after-withdrawal', 'no-valid-basis', 'outside-care-team', 'border-not-agreed'];
    expect(rules([], TOLD, granted, withdrawn('2026-01-09'), told(1, OUTSIDE))).toEqual(after);
    const objection: PersonEvent = { ...personTesting.objected(), ...at('2026-01-08') };
    const onConsentAlone = told(1, { basis: { consents: [id('Consent', 1)], restsOn: 'consent' } });
    expect(rules([], TOLD, granted, objection, onConsentAlone)).toEqual(
      expect.arrayContaining(['after-withdrawal', 'no-valid-basis', 'border-not-agreed']),
    );
    const facts = [{ kind: 'word', id: id('Objection', 1) }];
    // The text asks for no agreement, so none was missing at the border.
    expect(found([], TOLD, objection, told4b)).toMatchObject([
      { rule: 'after-withdrawal', facts },
      { rule: 'no-valid-basis', facts },
    ]);
  });
});

describe('a provision that could not carry the act', () => {
  test.each([
    ['authorises nothing', 'cp-226-13'],
    ['serves other purposes', 'casf-l226-2-1'],
    ['designates other recipients', 'loi-90-449-7-2-to-instructor'],
  ])('is found where it %s', (_, provision) => {
    expect(rules([], TOLD, told(1, { basis: under(provision, 'provision') }))).toContain('no-valid-basis');
  });

  test('is found by the catalogue that was in force on the day of the act', () => {
    const repealed = { inForce: { from: '2016-01-28', until: '2026-01-31' } };
    const february = told(2, EXCHANGE, '2026-02-02');
    expect(
      rules([amended('csp-l1110-4-ii-exchange', repealed, '2026-02-01')], TOLD, told4b, february),
    ).toEqual(['no-valid-basis']);
  });
});

describe('a recipient who is not bound by secrecy', () => {
  test('is found, and not once their mandate says that they are', () => {
    const unbound = given(CCAS, { ...SOCIAL_WORKERS, secrecy: [] });
    expect(rules([unbound], TOLD, told4b)).toEqual(['recipient-not-bound']);
  });
});

describe('a purpose that differs', () => {
  const act = told(1, { ...EXCHANGE, purpose: asCode('disability-support') });
  const toldOf = {
    ...informed({ purposes: [asCode('disability-support')] }),
    ...at('2026-01-08'),
  } as PersonEvent;

  test('is found as reuse, not also as without basis', () => {
    expect(found([], toldOf, act)).toMatchObject([{ rule: 'purpose-differs', facts: [{ kind: 'holding' }] }]);
  });

  test('is not found where the discloser had it for that purpose by then', () => {
    const data = { item: ITEM, holder: nurse, purpose: asCode<'Purpose'>('disability-support') };
    const held = (day: string): PersonEvent => ({
      type: 'HoldingDeclared',
      data: { ...data, source: { kind: 'person' } },
      ...at(day),
    });
    expect(rules([], toldOf, act, held('2026-01-09'))).toEqual(['no-valid-basis']);
    expect(rules([], toldOf, act, held('2026-01-10'))).toEqual(['purpose-differs']);
  });
});

describe('a mandate or a seat that was over', () => {
  test('is found of the discloser and of the recipient, from the day after the last', () => {
    const own = [`mandate:${SOCIAL_WORKER}`];
    for (const happening of [ended(SSIAD, NURSE, '2026-01-08'), ended(CCAS, SOCIAL_WORKER, '2026-01-08')])
      expect(found([happening], TOLD, told4b).filter(({ rule }) => rule === 'mandate-over')).toMatchObject([
        { holder: own[0], about: id('Disclosure', 1) },
      ]);
    expect(rules([ended(SSIAD, NURSE, '2026-01-09')], TOLD, told4b)).not.toContain('mandate-over');
  });

  test('is found of a word to the guardian too, of which nothing else is', () => {
    const guardian: PersonEvent = {
      type: 'RepresentationEstablished',
      data: {
        representative: id('Representative', 1),
        kind: 'representation',
        domain: 'personal',
        familyName: 'L.',
        givenName: 'Claire',
        instrument: 'jugement',
        verified: true,
        mandate: SOCIAL_WORKER,
        validFrom: civilDate('2025-01-01'),
      },
      ...at('2025-01-01'),
    };
    const word = told(1, { basis: { consents: [], restsOn: 'provision' } });
    expect(rules([], guardian, word)).toEqual([]);
    for (const over of [ended(SSIAD, NURSE, '2026-01-08'), ended(CCAS, SOCIAL_WORKER, '2026-01-08')])
      expect(rules([over], guardian, word).filter((rule) => rule !== 'kept-after-mandate')).toEqual([
        'mandate-over',
      ]);
  });

  test('is found of a seat in the commission that the provision names; one who never sat has no basis', () => {
    const mdph = {
      categories: ['mdph-team-member'],
      secrecy: [{ binding: asCode<'Binding'>('mdph-commission'), firm: true }],
    };
    const both = [given(SSIAD, mdph), given(CCAS, { ...SOCIAL_WORKERS, ...mdph }), constituted()];
    const validFrom = civilDate('2026-01-01');
    const seat = inCommission({
      type: 'MemberAppointed',
      data: { mandate: SOCIAL_WORKER, institution: CCAS, validFrom },
    });
    const left = (until: string) =>
      inCommission({ type: 'MemberEnded', data: { mandate: SOCIAL_WORKER, until: civilDate(until) } });
    const act = told(1, {
      basis: under('casf-l241-10-team', 'provision'),
      purpose: asCode('disability-assessment'),
    });
    const about = { recipients: [worker], purposes: [asCode<'Purpose'>('disability-assessment')] };
    const toldOf = { ...informed(about), ...at('2026-01-10') } as PersonEvent;
    const found = (...more: readonly Happening[]) => rules([...both, ...more], act, toldOf);
    expect(found(seat)).toEqual([]);
    expect(found(seat, left('2026-01-09'))).toEqual([]);
    expect(found(seat, left('2026-01-08'))).toEqual(['mandate-over']);
    expect(found()).toEqual(['no-valid-basis']);
  });
});

describe('knowledge of a mandate that ended', () => {
  const kept = (...more: readonly Happening[]) =>
    found(more, TOLD, told4b).filter(({ rule }) => rule === 'kept-after-mandate');
  const over = ended(CCAS, SOCIAL_WORKER, '2026-02-28');

  test('is found from the day after, until its holder has another mandate there', () => {
    expect(kept(over)).toMatchObject([
      {
        item: ITEM,
        holder: `mandate:${SOCIAL_WORKER}`,
        institution: CCAS,
        fromMs: startMs(civilDate('2026-03-01')),
      },
    ]);
    const renewed = { ...SOCIAL_WORKERS, mandate: id<'Mandate'>('Mandate', 5) };
    expect(kept(over, given(CCAS, { ...renewed, validFrom: civilDate('2026-03-01') }))).toEqual([]);
    expect(kept(over, given(CCAS, { ...renewed, validFrom: civilDate('2026-04-01') }))).toMatchObject([
      { toMs: startMs(civilDate('2026-04-01')) },
    ]);
    expect(kept(over, given(SSIAD, { ...renewed, validFrom: civilDate('2026-03-01') }))).toHaveLength(1);
  });

  test('is not found once it is purged', () => {
    const purged: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: worker, items: [ITEM], remains: 'nothing' },
      ...at('2026-02-28'),
    };
    expect(rules([over], TOLD, told4b, purged)).toEqual([]);
  });
});

describe('what was learnt in a session', () => {
  const tabled = told(1, {
    basis: under('casf-l241-10-team', 'provision'),
    purpose: asCode('disability-assessment'),
    frame: 'commission-session',
    session: SESSION,
  });
  const used = told(2, { ...EXCHANGE, discloser: worker, recipients: [nurse] }, '2026-01-10');
  const onward = { ...informed({ recipients: [nurse] }), ...at('2026-01-08') } as PersonEvent;
  const ofUse = (...events: readonly PersonEvent[]) =>
    found([constituted()], onward, ...events).filter(({ about }) => about === id('Disclosure', 2));

  test('is found where it is used outside of that commission, unless a consent names that use', () => {
    expect(ofUse(tabled, used)).toMatchObject([{ rule: 'session-reused', holder: `mandate:${NURSE}` }]);
    const agreed: PersonEvent = {
      ...granted,
      data: aConsent({ recipients: [nurse], validFrom: civilDate('2026-01-08') }),
    } as PersonEvent;
    expect(ofUse(tabled, used, agreed)).toEqual([]);
  });

  test('is found through however many hands it went', () => {
    const between = { ...worker, mandate: id<'Mandate'>('Mandate', 4) };
    const passed = told(4, { ...EXCHANGE, discloser: worker, recipients: [between] }, '2026-01-09');
    const further = told(2, { ...EXCHANGE, discloser: between, recipients: [nurse] }, '2026-01-10');
    expect(ofUse(tabled, passed, further)).toContainEqual(
      expect.objectContaining({ rule: 'session-reused', holder: `mandate:${NURSE}` }),
    );
    const free = told(5, { ...EXCHANGE, recipients: [between] });
    expect(ofUse(tabled, passed, free, further).map(({ rule }) => rule)).not.toContain('session-reused');
  });

  test('is not found where they also had it from elsewhere', () => {
    expect(
      ofUse(
        told4b,
        { ...tabled, data: { ...tabled.data, disclosure: id('Disclosure', 3) } } as PersonEvent,
        used,
      ),
    ).toEqual([]);
  });

  test('is not found of an act before the session', () => {
    expect(
      ofUse(told4b, used, {
        ...tabled,
        ...at('2026-01-11'),
        data: { ...tabled.data, disclosure: id('Disclosure', 3) },
      } as PersonEvent),
    ).toEqual([]);
  });
});

describe('a reported act', () => {
  const report = (data: Partial<ReportedData>): PersonEvent => {
    const known = {
      disclosure: id<'Disclosure'>('Disclosure', 1),
      reporter: 'x',
      source: 'x',
      certainty: 'rumoured',
    } as const;
    return { type: 'DisclosureReported', data: { ...known, ...data }, ...at('2026-01-09') };
  };

  test('of which nothing is known has no basis, and is no error', () => {
    expect(found([], report({}))).toMatchObject([{ rule: 'no-valid-basis', item: null, holder: null }]);
    expect(rules([], report({ items: [{ item: ITEM }] }))).toEqual([
      'no-valid-basis',
      'origin-not-confirmed',
    ]);
    expect(rules([], report({ recipients: [guard] }))).toEqual(['no-valid-basis']);
  });

  test('is judged by as much as is known', () => {
    const unknown = { kind: 'unknown' } as const;
    const told_ = { items: [{ item: ITEM }], recipients: [unknown], discloser: unknown };
    expect(rules([], report(told_)).toSorted()).toEqual([
      'no-valid-basis',
      'origin-not-confirmed',
      'recipient-not-bound',
    ]);
    const nobody = { ...worker, mandate: id<'Mandate'>('Mandate', 77) };
    expect(rules([], TOLD, report({ ...told_, recipients: [nobody] }))).toContain('no-valid-basis');
  });
});
