import { agreed, open, refused, told, withdrew, type Case, type Party } from './cases.js';
import { before, EDUCATOR, family, health, MDPH, notes, NURSE, on, type Cases } from './parties.js';

const nurse: Party = { ...NURSE, at: 'SSIAD', care: true };
/** In order, on consent. */
const outside: Case = {
  from: { ...EDUCATOR, at: 'SAVS', care: true },
  to: { nurse },
  items: notes,
  words: open(before),
  on,
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-iii-outside-team',
};
const REFUSED = 'P4 BLOCK, P8 BLOCK: DENY';
const ALLOWED = 'ALLOW-WITH-DUTIES';
const agreedTo = (more: object) => [told(before), agreed(before, { more: { ...more } })];

/** How far what was said reaches, and whom it binds. */
export const WORDS: Cases = {
  'an agreement names the institution': {
    ...outside,
    words: open(before, { institutions: ['SSIAD'] }),
    says: ALLOWED,
  },
  'an agreement names another institution': {
    ...outside,
    words: [told(before), agreed(before, { institutions: ['SAVS'] })],
    says: REFUSED,
    because: ['p4-consent-missing'],
  },
  'an agreement names the category, described before or after': {
    ...outside,
    words: agreedTo({ items: [], categories: ['social-follow-up-notes'] }),
    says: ALLOWED,
  },
  'an agreement for another purpose': {
    ...outside,
    words: agreedTo({ purposes: ['care-coordination'] }),
    says: REFUSED,
  },
  'an agreement that somebody else may rely on': {
    ...outside,
    words: [told(before), agreed(before, { usedBy: 'nurse' })],
    says: REFUSED,
  },
  'an agreement that has run out': {
    ...outside,
    words: [told('2026-02-01'), agreed('2026-02-01', { more: { validUntil: before } })],
    says: REFUSED,
  },
  'an agreement that begins later': {
    ...outside,
    words: agreedTo({ validFrom: '2026-04-01' }),
    says: REFUSED,
  },
  'an agreement, partly taken back': {
    ...outside,
    items: { ...notes, ...health },
    words: [...open('2026-02-01'), withdrew(before, { more: { excluded: { categories: ['health-data'] } } })],
    says: { notes: ALLOWED, health: REFUSED },
  },
  'a refusal for one recipient, not for the other': {
    ...outside,
    to: { nurse, therapist: { ...NURSE, at: 'CMP', care: true } },
    words: [...open('2026-02-01'), refused(before, { institutions: ['CMP'] })],
    says: { 'notes → nurse': ALLOWED, 'notes → therapist': REFUSED },
  },
  'told of one item, agreed to both': {
    ...outside,
    items: { ...notes, ...family },
    words: [told(before, { more: { items: [], categories: ['family'] } }), agreed(before)],
    says: { notes: 'P4 BLOCK: DENY', family: ALLOWED },
    because: ['p4-not-informed', 'p8-agreed'],
  },
  'a professional without a mandate here, bound by profession': {
    ...outside,
    to: {
      specialist: {
        outsider: { kind: 'professional', category: 'physician', secrecyBasis: 'health-profession' },
      },
    },
    says: 'P5 WARN: ALLOW-WITH-DUTIES',
    because: ['p5-declared', 'p6-ok'],
  },
  'a professional without a mandate here, bound by nothing': {
    ...outside,
    to: { specialist: { outsider: { kind: 'professional', category: 'physician' } } },
    says: 'P5 WARN, P6 BLOCK: DENY',
    because: ['p6-recipient-unbound'],
  },
  'a guardian decides for somebody who cannot': {
    ...outside,
    able: false,
    voices: { guardian: { kind: 'representation', domain: 'personal', verified: true } },
    words: [told(before, { by: 'guardian' }), agreed(before, { by: 'guardian' })],
    says: ALLOWED,
  },
  'a guardian decides for somebody who can': {
    ...outside,
    able: true,
    voices: { guardian: { kind: 'representation', domain: 'personal', verified: true } },
    words: [told(before), agreed(before, { by: 'guardian' })],
    says: REFUSED,
  },
  'a guardian whose measure has ended': {
    ...outside,
    able: false,
    voices: {
      guardian: { kind: 'representation', domain: 'personal', verified: true, validUntil: '2026-02-01' },
    },
    words: [told(before), agreed(before, { by: 'guardian' })],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-nobody-may-consent'],
  },
  'a member whose seat has ended': {
    ...outside,
    from: MDPH,
    to: { member: { ...MDPH, sits: 'MDPH-EP', sitsUntil: '2026-02-01' } },
    purpose: 'disability-assessment',
    provision: 'casf-l241-10-team',
    says: 'P4 DOC, P5 BLOCK: DENY',
    because: ['p5-no-membership', 'p4-record-sought'],
  },
};
