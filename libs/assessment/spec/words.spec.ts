import { describe, expect, it } from '@jest/globals';
import type { AssessmentFacts, PartyScope } from '../src/facts.js';
import type { DisclosureRequest } from '../src/request.js';
import { assessed } from './expect.js';
import {
  ADULT,
  agreed,
  care,
  CHILD,
  EVERYTHING,
  item,
  mandate,
  objected,
  on,
  outsider,
  professional,
  purpose,
  refused,
  representative,
  scopeOf,
  service,
  stranger,
  told,
  voice,
  type Situation,
} from './given.js';

const note = item('note', 'social-follow-up-notes');
const scope = scopeOf([note], [mandate('nurse')], 'social-follow-up');
const CONSENT_TEXT = 'csp-l1110-4-iii-outside-team';
const OBJECTION_TEXT = 'csp-l1110-4-ii-exchange';
const act: Situation = {
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
};
const before = { informations: [told('2026-01-15', scope)] };

/** State of point 8, which depends on nobody's information but on the words alone. */
function words(provision: string, facts: Partial<AssessmentFacts>, request: Partial<DisclosureRequest> = {}) {
  return assessed({ ...act, provision, facts: { ...before, ...facts }, request }).points[7]?.state;
}
const unable = (at: string, able = false) => ({ id: at, ableToDecide: able, at: on(at) });

describe('who may consent', () => {
  const guardian = representative('guardian', 'representation');
  const byGuardian = {
    representatives: [guardian],
    consents: [agreed('2026-02-01', scope, { by: voice('guardian') })],
  };

  it('an adult alone, as far as able: the guardian only once they are not', () => {
    expect(words(CONSENT_TEXT, byGuardian)).toBe('block');
    expect(
      words(CONSENT_TEXT, { ...byGuardian, person: { ...ADULT, capacity: [unable('2026-01-01')] } }),
    ).toBe('ok');
  });

  it('as the last assessment of capacity found', () => {
    const capacity = [unable('2026-01-01'), unable('2025-01-01', true)];
    expect(words(CONSENT_TEXT, { ...byGuardian, person: { ...ADULT, capacity } })).toBe('ok');
    const recovered = [unable('2025-01-01'), unable('2026-01-01', true)];
    expect(words(CONSENT_TEXT, { ...byGuardian, person: { ...ADULT, capacity: recovered } })).toBe('block');
    const since = [unable('2026-02-20')];
    const own = { consents: [agreed('2026-02-01', scope)], person: { ...ADULT, capacity: since } };
    expect(words(CONSENT_TEXT, own)).toBe('ok');
  });

  it('nobody with a measure on property, assistance, or trust alone', () => {
    const person = { ...ADULT, capacity: [unable('2026-01-01')] };
    for (const about of [
      representative('guardian', 'representation', { domain: 'property' }),
      representative('guardian', 'assistance'),
      representative('guardian', 'trusted-person'),
    ])
      expect(words(CONSENT_TEXT, { ...byGuardian, person, representatives: [about] })).toBe('escalate');
  });

  it('somebody on no record is for a human to find out', () => {
    expect(words(CONSENT_TEXT, { consents: [agreed('2026-02-01', scope, { by: voice('aunt') })] })).toBe(
      'escalate',
    );
  });

  it('an unknown birth date: the person’s consent is doubtful, their objection counts', () => {
    const person = { capacity: [] };
    expect(words(CONSENT_TEXT, { person, consents: [agreed('2026-02-01', scope)] })).toBe('escalate');
    expect(words(OBJECTION_TEXT, { person, against: [objected('2026-02-01')] })).toBe('block');
    expect(words(OBJECTION_TEXT, { person })).toBe('document');
    const fine = assessed({ ...act, person, provision: OBJECTION_TEXT, facts: before });
    expect(fine.points[3]).toMatchObject({ state: 'warn', rule: 'p4-age-unknown' });
  });

  it('a birth date known by year leaves the year of majority open', () => {
    const by = (birthDate: string) =>
      words(CONSENT_TEXT, { person: { birthDate, capacity: [] }, consents: [agreed('2026-02-01', scope)] });
    expect([by('2007'), by('2008'), by('2008-01'), by('2008-02-01'), by('2008-02-02')]).toEqual([
      'ok',
      'escalate',
      'ok',
      'ok',
      'block',
    ]);
  });
});

describe('what was said for somebody who may be of age by now', () => {
  const mother = [representative('mother')];
  const said = (birthDate: string) =>
    words(CONSENT_TEXT, {
      person: { birthDate, capacity: [] },
      representatives: mother,
      consents: [agreed('2025-06-01', scope, { by: voice('mother') })],
    });

  it('counts for a minor, lapses at majority, and is doubtful where the year leaves it open', () => {
    expect([said('2009'), said('2008-01-31'), said('2008')]).toEqual(['ok', 'block', 'escalate']);
  });

  it('counts where they were found unable to decide, whatever their age', () => {
    const tutor = [representative('tutor', 'representation')];
    const consents = [agreed('2026-02-01', scope, { by: voice('tutor') })];
    const found = (ableToDecide: boolean) =>
      words(CONSENT_TEXT, {
        person: { capacity: [{ id: 'c', ableToDecide, at: on('2025-01-01') }] },
        representatives: tutor,
        consents,
      });
    expect([found(false), found(true)]).toEqual(['ok', 'escalate']);
  });
});

describe('which word counts', () => {
  it('on one day the recorded order decides, and without it what stands against', () => {
    const same = (order: number, at = '2026-02-01') =>
      words(CONSENT_TEXT, {
        consents: [agreed('2026-02-01', scope, { order })],
        against: [refused(at, EVERYTHING, { order: 5 })],
      });
    expect([same(4), same(5), same(6)]).toEqual(['block', 'block', 'ok']);
    expect([same(9, '2026-02-02'), same(1, '2026-01-31')]).toEqual(['block', 'ok']);
  });

  it('to the minute where both are told so precisely', () => {
    const consents = [agreed('2026-02-01T09:00:00Z', scope, { order: 9 })];
    const at = (time: string) =>
      words(CONSENT_TEXT, { consents, against: [refused(time, EVERYTHING, { order: 5 })] });
    expect([at('2026-02-01T08:00:00Z'), at('2026-02-01T10:00:00Z')]).toEqual(['ok', 'block']);
  });

  it('a refusal ends with a later consent, an objection only when lifted', () => {
    const consents = [agreed('2026-02-10', scope)];
    expect(words(OBJECTION_TEXT, { consents, against: [refused('2026-02-01')] })).toBe('document');
    expect(words(OBJECTION_TEXT, { consents, against: [objected('2026-02-01')] })).toBe('block');
    const lifted = objected('2026-02-01', EVERYTHING, { liftedAt: on('2026-02-20') });
    expect(words(OBJECTION_TEXT, { against: [lifted] })).toBe('document');
    expect(words(OBJECTION_TEXT, { against: [{ ...lifted, liftedAt: on('2026-03-02') } as never] })).toBe(
      'block',
    );
  });

  it('a refusal that a consent has ended stays ended when that consent runs out', () => {
    const short = agreed('2026-02-05', scope, { validUntil: on('2026-02-10') });
    expect(words(OBJECTION_TEXT, { consents: [short], against: [refused('2026-02-01')] })).toBe('document');
    expect(words(CONSENT_TEXT, { consents: [short] })).toBe('block');
  });

  it('a withdrawal takes back what it excludes of its consent, and no more', () => {
    const consents = [agreed('2026-02-01', scope, { id: 'c' })];
    const withdrawal = (of: string, excluded = EVERYTHING) =>
      words(CONSENT_TEXT, {
        consents,
        against: [refused('2026-02-05', excluded, { kind: 'withdrawal', of })],
      });
    expect(withdrawal('c')).toBe('block');
    expect(withdrawal('c', { ...EVERYTHING, recipients: [service('SSIAD')] })).toBe('block');
    expect(withdrawal('c', { ...EVERYTHING, recipients: [service('CCAS')] })).toBe('ok');
  });

  it('a word about others says nothing here', () => {
    for (const open of [
      { ...EVERYTHING, recipients: [service('CCAS')] },
      { ...EVERYTHING, items: [item('other', 'housing').item] },
      { ...EVERYTHING, purposes: [purpose('schooling-support')] },
    ])
      expect(words(OBJECTION_TEXT, { against: [objected('2026-02-01', open)] })).toBe('document');
  });

  it('an unverified objection blocks the emergency, and otherwise is for a human', () => {
    const against = [objected('2026-02-01', EVERYTHING, { by: voice('mother') })];
    const facts = {
      person: CHILD,
      representatives: [representative('mother', 'parental-authority', { verified: false })],
      against,
    };
    const exception = { kind: 'emergency' as const, reason: 'unconscious' };
    expect(words(CONSENT_TEXT, { ...facts, against: [] }, { exception })).toBe('warn');
    expect(words(CONSENT_TEXT, facts, { exception })).toBe('block');
    expect(words(OBJECTION_TEXT, facts)).toBe('escalate');
    const father = representative('father');
    const split = {
      ...facts,
      representatives: [...facts.representatives, father],
      consents: [agreed('2026-02-02', scope, { by: voice('father') })],
    };
    expect(words(CONSENT_TEXT, split)).toBe('escalate');
  });
});

describe('what a consent covers', () => {
  const consented = (about: Parameters<typeof agreed>[2], given = scope) =>
    words(CONSENT_TEXT, { consents: [agreed('2026-02-01', given, about)] });

  it('never widens by silence', () => {
    expect(consented({}, { ...scope, items: [] })).toBe('block');
    expect(consented({}, { ...scope, recipients: [] })).toBe('block');
    expect(consented({}, { ...scope, purposes: [] })).toBe('block');
  });

  it('items of a category described later, and later mandates of an institution', () => {
    expect(consented({}, { ...scope, items: [], categories: [note.category!] })).toBe('ok');
    expect(consented({}, { ...scope, recipients: [service('SSIAD')] })).toBe('ok');
    const nurses = { kind: 'category' as const, institution: 'SSIAD' as never, function: 'nurse' };
    expect(consented({}, { ...scope, recipients: [nurses] })).toBe('ok');
    expect(consented({}, { ...scope, recipients: [{ ...nurses, function: 'driver' }] })).toBe('block');
  });

  it('one discloser, if it names one', () => {
    expect(consented({ discloser: 'educator' as never })).toBe('ok');
    expect(consented({ discloser: 'somebody else' as never })).toBe('block');
  });

  it('onward passing by the recipients it names, to those it names', () => {
    const toUs = { ...scope, recipients: [service('SAVS')] };
    expect(consented({ onward: [service('SSIAD')] }, toUs)).toBe('ok');
    expect(consented({ onward: [service('CCAS')] }, toUs)).toBe('block');
    expect(consented({ onward: [service('SSIAD')] }, { ...scope, recipients: [service('CCAS')] })).toBe(
      'block',
    );
  });

  it('without provision, standing for the outsiders it names, onward ones included', () => {
    const home = item('home', 'housing');
    const standing = (recipients: readonly PartyScope[], onward: readonly PartyScope[]) => {
      const given = { ...scopeOf([home], recipients, 'social-follow-up') };
      const fsl: Situation = {
        ...act,
        discloser: professional('mediator', { at: 'mediation' }),
        recipients: [stranger('FSL')],
        items: [home],
        facts: { consents: [agreed('2026-02-01', given, { onward })] },
      };
      return assessed(fsl).points[4]?.state;
    };
    expect(standing([outsider('FSL')], [])).toBe('ok');
    expect(standing([service('mediation')], [outsider('FSL')])).toBe('ok');
    expect(standing([service('mediation')], [])).toBe('block');
  });

  it('its period, the last day included', () => {
    expect(consented({ validUntil: on('2026-03-01') })).toBe('ok');
    expect(consented({ validUntil: on('2026-02-28') })).toBe('block');
    expect(consented({ validFrom: on('2026-03-02') })).toBe('block');
  });
});

describe('an act that names the consents it rests on', () => {
  const other = scopeOf([note], [service('CCAS')], 'social-follow-up');
  const both = [
    agreed('2026-02-01', scope, { id: 'ours' }),
    agreed('2026-02-02', other, { id: 'the other' }),
  ];
  const takenBack = (of: string) => ({
    consents: both,
    against: [refused('2026-02-10', EVERYTHING, { kind: 'withdrawal', of } as never)],
  });
  const naming = (...consents: readonly string[]) => ({ consents });

  it('rests on no other', () => {
    expect(words(CONSENT_TEXT, { consents: both }, naming('ours'))).toBe('ok');
    expect(words(CONSENT_TEXT, { consents: both }, naming('the other'))).toBe('block');
  });

  it('does not end with another that was taken back', () => {
    expect(words(CONSENT_TEXT, takenBack('the other'), naming('ours'))).toBe('ok');
    expect(words(CONSENT_TEXT, takenBack('ours'), naming('ours'))).toBe('block');
  });
});
