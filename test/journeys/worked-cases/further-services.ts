import { objected, open, told, type Case, type Party } from './cases.js';
import {
  address,
  before,
  EDUCATOR,
  family,
  income,
  MDPH,
  notes,
  on,
  SOCIAL_WORKER,
  type Cases,
} from './parties.js';

const MAYOR: Party = { is: ['mayor'] };

const coordinated: Case = {
  from: SOCIAL_WORKER,
  to: { colleague: { ...SOCIAL_WORKER, at: 'CCAS', serves: ['social-action-coordination'] } },
  items: notes,
  words: [told(before)],
  on,
  purpose: 'social-action-coordination',
  provision: 'casf-l121-6-2-sharing',
};
const toMayor: Case = {
  ...coordinated,
  to: { mayor: MAYOR },
  words: [],
  purpose: 'social-action-referral',
  provision: 'casf-l121-6-2-alert',
};
const housed: Case = {
  ...coordinated,
  from: { is: ['siao-agent'], bound: ['siao-function'] },
  to: { shelter: { ...EDUCATOR, at: 'CHRS', serves: ['housing-orientation'] } },
  items: income,
  purpose: 'housing-orientation',
  provision: 'casf-l345-2-10-siao',
};
const evicted: Case = {
  ...coordinated,
  from: SOCIAL_WORKER,
  to: {
    examiner: { is: ['ccapex-instructor'], bound: ['ccapex-commission'], serves: ['eviction-prevention'] },
  },
  items: income,
  purpose: 'eviction-prevention',
  provision: 'loi-90-449-7-2-to-instructor',
};

export const SERVICES: Cases = {
  'two social workers act for the same person': {
    ...coordinated,
    says: 'P4 DOC, P8 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-record-sought', 'p8-agreement-lacking'],
  },
  'the same, and a third whose mandate is over': {
    ...coordinated,
    to: {
      ...coordinated.to,
      gone: { ...SOCIAL_WORKER, serves: ['social-action-coordination'], until: '2026-02-01' },
    },
    says: {
      'notes → colleague': 'P4 DOC, P8 WARN: ALLOW-WITH-DUTIES',
      'notes → gone': 'P4 DOC, P5 BLOCK, P8 WARN, P9 BLOCK: DENY',
    },
    because: ['p5-recipient-not-in-force', 'p9-duty-impossible'],
  },
  'the same, and the person agrees': {
    ...coordinated,
    words: open(before),
    says: 'ALLOW-WITH-DUTIES',
    because: ['p4-consent-valid', 'p8-agreed'],
  },
  'the same, and the person objects': {
    ...coordinated,
    words: [told(before), objected(before)],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-objection-to-weigh', 'p8-to-decide'],
  },
  'the mayor is told that a household needs help, not why': {
    ...toMayor,
    items: { ...address, ...family },
    says: {
      address: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
      family: 'P4 WARN, P7 BLOCK, P8 DOC: DENY',
    },
    because: ['p7-excluded'],
  },
  'the mayor is told what is strictly needed': {
    ...toMayor,
    provision: 'casf-l121-6-2-reveal-mayor',
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'the MDPH, to somebody of the house without a seat': {
    ...coordinated,
    from: MDPH,
    to: { agent: MDPH },
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
    says: 'P4 DOC, P5 BLOCK: DENY',
    because: ['p5-no-membership'],
  },
  'the MDPH, to a member who sits for another case': {
    ...coordinated,
    from: MDPH,
    to: { agent: { ...MDPH, sits: 'MDPH-EP', sitsFor: 'other case' } },
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
    says: 'P4 DOC, P5 BLOCK: DENY',
    because: ['p5-no-membership'],
  },
  'a diagnosis for the CDAPH': {
    ...coordinated,
    from: MDPH,
    to: { member: { is: ['cdaph-member'], bound: ['mdph-commission'], sits: 'CDAPH' } },
    items: { impact: { category: 'functional-impact' }, diagnosis: { category: 'detailed-diagnosis' } },
    purpose: 'disability-decision',
    provision: 'casf-l241-10-cdaph',
    says: {
      impact: 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
      diagnosis: 'P4 DOC, P7 BLOCK, P8 DOC: DENY',
    },
  },
  'the MDPH tells a SAVS, with agreement': {
    ...coordinated,
    from: MDPH,
    to: { educator: { ...EDUCATOR, at: 'SAVS', care: true } },
    words: open(before),
    purpose: 'disability-support',
    provision: 'casf-l241-10-outside',
    says: 'ALLOW-WITH-DUTIES',
  },
  'the decision, with a diagnosis, to the paying body': {
    ...coordinated,
    from: MDPH,
    to: { CAF: { is: ['payer'] } },
    items: {
      decision: { category: 'professional-appraisal' },
      diagnosis: { category: 'detailed-diagnosis' },
    },
    purpose: 'disability-decision',
    provision: 'casf-r241-32-notification',
    says: {
      decision: 'P3 WARN, P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
      diagnosis: 'P3 WARN, P4 DOC, P7 BLOCK, P8 DOC: DENY',
    },
  },
  'the SIAO, to an educator whose secrecy is debated': {
    ...housed,
    says: 'P4 DOC, P6 ESC, P8 WARN: ESCALATE',
    because: ['p6-recipient-debated'],
  },
  'the same educator, to the SIAO': {
    ...housed,
    from: { ...EDUCATOR, at: 'CHRS' },
    to: { SIAO: { is: ['siao-agent'], bound: ['siao-function'], serves: ['housing-orientation'] } },
    items: notes,
    says: 'P4 DOC, P6 ESC, P8 WARN: ESCALATE',
    because: ['p6-discloser-debated'],
  },
  'an objection to the CCAPEX is answered, and does not stop it': {
    ...evicted,
    words: [told(before), objected(before)],
    says: 'P4 WARN, P8 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-answer-objection'],
  },
  'the examiner tells the designated body': {
    ...evicted,
    from: { is: ['ccapex-instructor'], bound: ['ccapex-commission'] },
    to: { body: { is: ['pdalhpd-designated-body'], serves: ['eviction-prevention'] } },
    provision: 'loi-90-449-7-2-from-instructor',
    says: 'P4 DOC, P8 WARN: ALLOW-WITH-DUTIES',
  },
};
