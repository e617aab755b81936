import { agreed, CHILD, MOTHER, objected, PARENTS, refused, told, type Case } from './cases.js';
import {
  ASE,
  before,
  bruises,
  CRIP,
  EDUCATOR,
  health,
  notes,
  NURSE,
  on,
  PROSECUTOR,
  SOCIAL_WORKER,
  type Cases,
} from './parties.js';

const mother = { by: 'mother' };
const father = { by: 'father' };
const doubtful = { mother: { ...MOTHER.mother, verified: false } };
const BOTH_TOLD = [told(before, mother), told(before, father)];

/** In order but for the parents' word. */
const outside: Case = {
  person: CHILD,
  voices: PARENTS,
  from: { ...EDUCATOR, at: 'IME', care: true },
  to: { nurse: { ...NURSE, at: 'SSIAD', care: true } },
  items: notes,
  on,
  purpose: 'social-follow-up',
  provision: 'csp-l1110-4-iii-outside-team',
};
const exchange: Case = { ...outside, provision: 'csp-l1110-4-ii-exchange' };
const assessment: Case = {
  person: CHILD,
  voices: MOTHER,
  from: ASE,
  to: { educator: { is: ['educator'], bound: ['ase-mission'], serves: ['child-assessment'] } },
  items: notes,
  on,
  purpose: 'child-assessment',
  provision: 'casf-l226-2-2',
};
const reported: Case = {
  person: CHILD,
  voices: MOTHER,
  from: SOCIAL_WORKER,
  to: { prosecutor: PROSECUTOR },
  items: bruises,
  on,
  purpose: 'judicial-reporting',
  request: { frame: 'transmission' },
};
const contrary = {
  exception: { kind: 'contrary-to-interest', reason: 'Danger pour l’enfant.', reviewBy: '2026-12-01' },
};

export const CHILDREN: Cases = {
  'one parent agrees, the other refuses': {
    ...outside,
    words: [...BOTH_TOLD, agreed(before, mother), refused(before, father)],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-parents-disagree', 'p8-to-decide'],
  },
  'one parent agrees, the other is silent': {
    ...outside,
    words: [...BOTH_TOLD, agreed(before, mother)],
    says: 'P4 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-parent-silent', 'p8-agreed'],
  },
  'one parent was told, the other was not': {
    ...exchange,
    words: [told(before, mother)],
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p4-partly-informed'],
  },
  'somebody who may be the mother objects': {
    ...exchange,
    voices: doubtful,
    words: [told(before, mother), objected(before, mother)],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-objection-doubtful', 'p8-to-decide'],
  },
  'somebody who may be the mother agrees': {
    ...outside,
    voices: doubtful,
    words: [told(before, mother), agreed(before, mother)],
    says: 'P4 ESC, P8 ESC: ESCALATE',
    because: ['p4-consent-doubtful'],
  },
  'the child objects, the parents do not': {
    ...exchange,
    words: [...BOTH_TOLD, objected(before)],
    says: 'P4 BLOCK, P8 BLOCK: DENY',
  },
  'at sixteen, about what is kept from the parents': {
    ...outside,
    person: { birthDate: '2010-01-15' },
    items: { health: { ...health.health, more: { keptFromParents: true } } },
    words: [told(before), agreed(before)],
    says: 'ALLOW-WITH-DUTIES',
    because: ['p4-consent-valid'],
  },
  'parents’ consent lapses at majority': {
    ...outside,
    person: { birthDate: '2008-02-20' },
    words: [
      told('2026-02-10', mother),
      told('2026-02-10', father),
      agreed('2026-02-10', mother),
      agreed('2026-02-10', father),
      told(before),
    ],
    says: 'P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-consent-missing'],
  },
  'those who assess share what the mother objects to': {
    ...assessment,
    words: [told(before, mother), objected(before, mother)],
    says: 'P4 WARN, P8 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-answer-objection', 'p8-answer-objection'],
  },
  'those who assess tell no parent, and say not why': {
    ...assessment,
    says: 'P4 BLOCK, P8 DOC: DENY',
    because: ['p4-not-informed', 'p8-provision-instead'],
  },
  'the CRIP gives it to the evaluation team': {
    ...assessment,
    from: CRIP,
    to: { team: { is: ['evaluation-team'], bound: ['ase-mission'], serves: ['child-assessment'] } },
    provision: 'casf-l226-3-crip-use',
    request: contrary,
    says: 'P3 WARN, P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p4-exception', 'p4-record-sought'],
  },
  'the département reports to the prosecutor': {
    ...reported,
    from: { is: ['departmental-council-president'] },
    provision: 'casf-l226-4-i',
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p4-not-informed'],
  },
  'the school reports straight to the prosecutor': {
    ...reported,
    from: { is: ['school-staff'], bound: ['public-agent-status'] },
    provision: 'casf-l226-4-ii',
    request: contrary,
    says: 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'who works for the ASE tells its president': {
    ...reported,
    from: ASE,
    to: { president: { is: ['departmental-council-president'] } },
    purpose: 'child-danger-alert',
    provision: 'casf-l221-6-transmission',
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'the file follows the child': {
    ...reported,
    from: ASE,
    to: { president: { is: ['departmental-council-president'] } },
    purpose: 'child-protection-measures',
    provision: 'casf-l221-3-transfer',
    says: 'P3 WARN, P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'a social worker reports to the juvenile judge': {
    ...reported,
    to: { judge: { outsider: { category: 'juvenile-judge' } } },
    provision: 'casf-l411-3-minors',
    says: 'P3 WARN, P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'an agent whose secrecy is debated alerts all the same': {
    ...reported,
    from: { is: ['public-agent'], bound: ['public-agent-status'] },
    to: { CRIP },
    purpose: 'child-danger-alert',
    provision: 'cp-226-14-1',
    says: 'P4 WARN, P5 WARN, P6 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p5-debated-standing', 'p6-discloser-debated'],
  },
  'an alert to the wrong door': {
    ...reported,
    to: { mayor: { is: ['mayor'] } },
    purpose: 'child-danger-alert',
    provision: 'cp-226-14-1',
    says: 'P4 WARN, P5 BLOCK, P6 BLOCK, P8 DOC: DENY',
    because: ['p5-recipient-not-listed', 'p6-recipient-unbound'],
  },
  'an alert for a purpose that is none of the text’s': {
    ...reported,
    to: { CRIP },
    purpose: 'child-assessment',
    provision: 'cp-226-14-1',
    says: 'P1 BLOCK, P4 WARN, P8 DOC: DENY',
    because: ['p1-purpose-foreign'],
  },
  'an alert with an item too many': {
    ...reported,
    to: { CRIP },
    items: { ...bruises, gossip: { category: 'family', as: { unrelated: true } } },
    purpose: 'child-danger-alert',
    provision: 'casf-l226-2-1',
    request: contrary,
    says: 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
  },
};
