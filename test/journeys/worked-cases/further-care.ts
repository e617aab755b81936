import { agreed, objected, lifted, open, refused, told, withdrew, type Case, type Party } from './cases.js';
import { before, DOCTOR, EDUCATOR, health, notes, NURSE, on, SOCIAL_WORKER, type Cases } from './parties.js';

const nurse: Party = { ...NURSE, at: 'SSIAD', care: true };
/** In order: an educator tells the nurse who also cares for the person. */
const exchange: Case = {
  from: { ...EDUCATOR, at: 'SAVS', care: true },
  to: { nurse },
  items: notes,
  words: [told(before)],
  on,
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-ii-exchange',
};
const outside: Case = { ...exchange, words: open(before), provision: 'csp-l1110-4-iii-outside-team' };
const team: Case = {
  ...exchange,
  to: { colleague: { ...EDUCATOR, at: 'SAVS', care: true } },
  words: [told(before, { general: true })],
  provision: 'csp-l1110-4-iii-same-team',
};
const relatives: Case = {
  from: { ...DOCTOR, care: true },
  to: { wife: { outsider: { kind: 'relative' } } },
  items: health,
  words: [told(before)],
  on,
  purpose: 'relatives-information',
  provision: 'csp-l1110-4-v-relatives',
};
const helpers: Party = {
  at: 'association X',
  is: ['esms-staff'],
  bound: ['care-participation'],
  function: { accessLog: true },
};
const exception = (kind: string) => ({ exception: { kind, reason: 'Inconscient.', reviewBy: '2026-12-01' } });

export const CARE: Cases = {
  'an exchange in order': { ...exchange, says: 'P8 DOC: ALLOW-WITH-DUTIES', because: ['p4-no-objection'] },
  'inside the team': { ...team, says: 'ALLOW-WITH-DUTIES', because: ['p8-same-institution', 'p5-ok'] },
  'outside the team, with agreement': {
    ...outside,
    says: 'ALLOW-WITH-DUTIES',
    because: ['p4-informed', 'p4-consent-valid', 'p8-agreed', 'p3-dates-unknown'],
  },
  'outside the team, in an emergency': {
    ...outside,
    words: [],
    request: exception('emergency'),
    says: 'P4 WARN, P8 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-emergency', 'p4-exception', 'p8-emergency'],
  },
  'an emergency does not open what was refused': {
    ...outside,
    words: [refused(before)],
    request: exception('impossibility'),
    says: 'P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-objected', 'p8-objected'],
  },
  'the child’s interest is no emergency of care': {
    ...outside,
    words: [],
    request: exception('contrary-to-interest'),
    says: 'P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-not-informed', 'p4-consent-missing', 'p8-no-agreement'],
  },
  'nobody may consent for an adult who cannot': {
    ...outside,
    able: false,
    words: [told(before)],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-nobody-may-consent', 'p8-to-decide'],
  },
  'what was agreed and taken back since': {
    ...outside,
    words: [...open('2026-02-01'), withdrew(before)],
    says: 'P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-objected'],
  },
  'what was refused and agreed to since': {
    ...outside,
    words: [refused('2026-02-01'), ...open(before)],
    says: 'ALLOW-WITH-DUTIES',
  },
  'an objection that was lifted': {
    ...exchange,
    words: [told(before), objected('2026-02-01'), lifted(before)],
    says: 'P8 DOC: ALLOW-WITH-DUTIES',
  },
  'nobody is named': {
    ...exchange,
    to: { helpers: { ...helpers, care: true } },
    says: 'P5 BLOCK, P8 DOC: DENY',
    because: ['p5-not-named'],
  },
  'nobody keeps the log of who looked': {
    ...outside,
    to: { helpers: { ...helpers, care: true, function: { accessLog: false } } },
    says: 'P9 BLOCK: DENY',
    because: ['p9-not-recordable'],
  },
  'another team of the same home': {
    ...team,
    from: { ...EDUCATOR, at: 'home', care: { team: 'first floor' } },
    to: { night: { ...EDUCATOR, at: 'home', care: { team: 'second floor' } } },
    says: 'P4 BLOCK, P5 BLOCK: DENY',
    because: ['p5-other-team'],
  },
  'one team declared across two institutions': {
    ...team,
    to: { nurse: { ...nurse, care: undefined } as Party },
    words: [told(before)],
    says: 'P5 BLOCK, P8 DOC: DENY',
    because: ['p5-team-across-institutions'],
  },
  'the recipient no longer takes part': {
    ...exchange,
    to: { nurse: { ...nurse, care: { until: '2026-02-01' } } },
    says: 'P5 BLOCK, P8 DOC: DENY',
    because: ['p5-recipient-care-ended'],
  },
  'the discloser no longer takes part': {
    ...exchange,
    from: { ...exchange.from, care: { until: '2026-02-01' } },
    says: 'P5 BLOCK, P8 DOC: DENY',
    because: ['p5-discloser-care-ended'],
  },
  'a specialist whom the person will see': {
    ...exchange,
    to: { cardiologist: DOCTOR },
    says: 'P5 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p5-declared'],
  },
  'coordination by a DAC': {
    ...team,
    from: { is: ['dac-agent'], bound: ['care-participation'], care: { team: 'DAC' } },
    to: { nurse: { ...nurse, care: { team: 'DAC' } } },
    provision: 'csp-l6327-1-dac',
    says: 'P8 DOC: ALLOW-WITH-DUTIES',
  },
  'a discloser whom no text binds': {
    ...exchange,
    from: { is: ['social-worker'], care: true },
    says: 'P6 BLOCK, P8 DOC: DENY',
    because: ['p6-discloser-unbound'],
  },
  'somebody whom the text does not list': {
    ...exchange,
    to: { agent: { is: ['siao-agent'], bound: ['siao-function'], care: true } },
    says: 'P5 BLOCK, P8 DOC: DENY',
    because: ['p5-recipient-not-listed'],
  },
  'the prognosis, to the wife': {
    ...relatives,
    says: 'P3 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p3-medium-confidence'],
  },
  'the prognosis, to the wife, after an objection': {
    ...relatives,
    words: [objected(before)],
    says: 'P3 WARN, P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-inform-soon', 'p4-objected'],
  },
  'told by somebody who is no doctor': {
    ...relatives,
    from: { ...NURSE, care: true },
    says: 'P3 WARN, P5 BLOCK, P8 DOC: DENY',
    because: ['p5-discloser-not-listed'],
  },
  'a hurried e-mail with the whole file': {
    ...exchange,
    items: { notes: { ...notes.notes, as: { wholeFile: true, commentary: true } } },
    request: { channel: 'email', objective: undefined, benefit: undefined, responsibleManager: undefined },
    says: 'P1 WARN, P7 WARN, P8 WARN, P9 WARN: ALLOW-WITH-DUTIES',
    because: [
      'p1-objective-blank',
      'p1-no-benefit',
      'p7-whole-file',
      'p7-commentary',
      'p8-no-manager',
      'p9-insecure-channel',
    ],
  },
  'kept for longer than the rule lets': {
    ...exchange,
    request: { retentionRule: 'clspd-no-file', retainUntil: '2030-01-01' },
    says: 'P8 DOC, P9 WARN: ALLOW-WITH-DUTIES',
    because: ['p9-beyond-rule', 'p9-rule-for-others'],
  },
  'kept by no rule': {
    ...exchange,
    request: { retentionRule: undefined },
    says: 'P8 DOC, P9 BLOCK: DENY',
    because: ['p9-no-retention'],
  },
  'told of weeks later': {
    ...exchange,
    words: [told('2026-01-10')],
    request: { effectiveAt: '2026-01-20' },
    says: 'P8 DOC, P9 BLOCK: DENY',
    because: ['p9-duty-impossible'],
  },
  'levels that are missing or too low, and a third party': {
    ...exchange,
    items: {
      undeclared: { category: 'health-data', level: null },
      'declared low': { category: 'health-data', level: 'personal' },
      'about a son': { category: 'family', more: { thirdParty: 'fils' } },
      beside: { ...notes.notes, as: { unrelated: true } },
    },
    says: {
      undeclared: 'P2 WARN, P8 DOC: ALLOW-WITH-DUTIES',
      'declared low': 'P2 WARN, P8 DOC: ALLOW-WITH-DUTIES',
      'about a son': 'P2 WARN, P8 DOC: ALLOW-WITH-DUTIES',
      beside: 'P7 BLOCK, P8 DOC: DENY',
    },
    because: ['p2-level-missing', 'p2-declared-low', 'p2-third-party', 'p7-unrelated'],
  },
  'a person whose age nobody knows': {
    ...exchange,
    person: { birthDate: undefined },
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p4-age-unknown'],
  },
  'a text for another purpose': {
    ...exchange,
    items: { income: { category: 'resources-debt', more: { purpose: 'social-follow-up' } } },
    purpose: 'benefit-request-processing',
    says: 'P1 BLOCK, P8 DOC: DENY',
    because: ['p1-purpose-foreign', 'p1-reuse'],
  },
  'no text at all': {
    ...exchange,
    from: { ...SOCIAL_WORKER, care: true },
    words: [],
    provision: undefined,
    says: 'P3 BLOCK, P4 BLOCK, P5 BLOCK, P7 NA, P8 BLOCK: DENY',
    because: ['p3-no-provision', 'p5-secret-without-provision', 'p7-no-provision', 'p6-ok'],
  },
  'no text, but the person agrees': {
    ...exchange,
    from: { ...SOCIAL_WORKER, care: true },
    words: [told(before), agreed(before)],
    provision: undefined,
    says: 'P3 BLOCK, P5 BLOCK, P7 NA: DENY',
  },
} as Cases;
