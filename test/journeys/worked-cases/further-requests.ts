import { agreed, CHILD, MOTHER, open, told, type Case, type Party } from './cases.js';
import { address, before, family, health, income, on, SOCIAL_WORKER, type Cases } from './parties.js';

const ADMINISTRATION: Party = { is: ['administration'] };
const ADVISER: Party = { at: 'association' };
const asked: Case = {
  from: SOCIAL_WORKER,
  to: {},
  items: income,
  words: [told(before)],
  on,
  purpose: 'benefit-request-processing',
};
const exchanged: Case = {
  ...asked,
  from: ADMINISTRATION,
  to: { office: ADMINISTRATION },
  items: income,
  purpose: 'benefit-request-processing',
  provision: 'crpa-l114-8-i',
};
const uncited: Case = {
  ...asked,
  to: { CAF: ADMINISTRATION },
  items: income,
  words: open(before),
  purpose: 'benefit-request-processing',
};
const onBehalf: Case = { ...uncited, provision: 'cc-1984-on-behalf' };
const register: Case = {
  ...asked,
  from: { is: ['controller'] },
  to: { partner: { outsider: { kind: 'other-body' } } },
  items: address,
  words: [],
};
const alone: Case = {
  ...asked,
  from: ADVISER,
  to: { mediator: { outsider: { kind: 'other-body' } } },
  items: family,
  words: open(before),
  purpose: 'social-follow-up',
};

const toGuardian: Case = {
  ...asked,
  able: false,
  voices: { guardian: { kind: 'representation', domain: 'property', verified: true, held: 'guardian' } },
  to: { guardian: { at: 'UDAF' } },
  words: [],
};
const NOTHING_ASKED = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((point) => `P${point} NA`).join(', ');

export const REQUESTS: Cases = {
  'debts, to the guardian of property': {
    ...toGuardian,
    says: `${NOTHING_ASKED}: ALLOW`,
    because: ['not-a-disclosure'],
  },
  'health, to the guardian of property': {
    ...toGuardian,
    items: health,
    purpose: 'care-coordination',
    says: 'P3 BLOCK, P4 ESC, P5 BLOCK, P6 BLOCK, P7 NA, P8 ESC: DENY',
    because: ['p4-nobody-may-consent'],
  },
  'administrations exchange what a request needs': {
    ...exchanged,
    says: 'P4 DOC, P6 NA, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'administrations do so unannounced': {
    ...exchanged,
    words: [],
    says: 'P4 BLOCK, P6 NA, P8 DOC: DENY',
    because: ['p4-not-informed'],
  },
  'administrations look for who has a right': {
    ...exchanged,
    items: address,
    words: [],
    purpose: 'entitlement-outreach',
    provision: 'crpa-l114-8-ii',
    says: 'P4 WARN, P6 NA, P8 NA: ALLOW-WITH-DUTIES',
    because: ['below-level', 'p4-inform-soon'],
  },
  'a request made for the person': {
    ...onBehalf,
    says: 'P3 WARN: ALLOW-WITH-DUTIES',
  },
  'a request made for the person, who named no item': {
    ...onBehalf,
    words: [told(before), agreed(before, { more: { items: [], categories: ['resources-debt'] } })],
    says: 'P3 WARN, P4 BLOCK, P8 BLOCK: DENY',
  },
  'health, for a request, agreed to but not expressly': {
    ...onBehalf,
    items: health,
    says: 'P2 BLOCK, P3 WARN: DENY',
    because: ['p2-no-gdpr-ground'],
  },
  'health, for a request, agreed to expressly': {
    ...onBehalf,
    items: health,
    words: open(before, { more: { explicit: true } }),
    says: 'P3 WARN: ALLOW-WITH-DUTIES',
  },
  'a purpose whose text is being sought': {
    ...uncited,
    purpose: 'social-aid-instruction',
    says: 'P3 BLOCK, P5 BLOCK, P6 BLOCK, P7 NA: DENY',
    because: ['p3-text-sought', 'p6-recipient-unbound'],
  },
  'a school, which no text lets in': {
    ...uncited,
    person: CHILD,
    voices: MOTHER,
    words: [],
    purpose: 'schooling-support',
    says: 'P3 BLOCK, P4 BLOCK, P5 BLOCK, P6 BLOCK, P7 NA, P8 BLOCK: DENY',
    because: ['p3-none-on-purpose'],
  },
  'the duty to keep a register lets nobody in': {
    ...register,
    purpose: 'accountability-retention',
    provision: 'gdpr-30',
    says: 'P4 DOC, P5 BLOCK, P6 NA, P8 NA: DENY',
    because: ['p4-information-not-applicable'],
  },
  'nor does the duty to tell of a breach': {
    ...register,
    purpose: 'breach-management',
    provision: 'gdpr-32-33-34',
    says: 'P4 DOC, P5 BLOCK, P6 NA, P8 NA: DENY',
  },
  'confidential facts, on consent alone, to whom it names': {
    ...alone,
    says: 'P3 NA, P6 NA: ALLOW-WITH-DUTIES',
  },
  'confidential facts, justified by nothing': {
    ...alone,
    items: { family: { ...family.family, unjustified: true } },
    says: 'P3 NA, P6 NA, P7 WARN: ALLOW-WITH-DUTIES',
    because: ['p7-justify'],
  },
  'confidential facts, to a mission that serves another purpose': {
    ...alone,
    to: { agent: { serves: ['housing-orientation'] } },
    says: 'P3 NA, P5 BLOCK, P6 NA: DENY',
    because: ['p5-mission-foreign'],
  },
};
