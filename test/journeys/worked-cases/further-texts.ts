import { loadCatalogue } from '#catalogue';
import type { Body } from '../harness.js';
import { open, told, type Case } from './cases.js';
import { before, EDUCATOR, notes, NURSE, type Cases } from './parties.js';

/** A text, as a data officer finds that it must be read from 2027 on. */
function read(id: string, changes: Body): Body {
  const entry = loadCatalogue().content.sections.provisions.find((one) => one.id === id);
  return { section: 'provisions', entry: { ...entry, ...changes } };
}

export const REVISION: Body = {
  version: '2027-1',
  validFrom: '2027-01-01',
  title: { fr: 'Textes revus', en: 'Texts read again' },
  changed: [
    read('csp-l1110-4-ii-exchange', { inForce: { from: '2016-01-28', until: '2026-12-31' } }),
    read('csp-l1110-4-iii-same-team', { confidence: 'low' }),
    read('csp-l1110-4-iii-outside-team', { inForce: { from: '2016-01-28' } }),
    read('casf-l226-2-1', { inForce: { from: '2016-01-28', until: '2026-12-31' } }),
  ],
};

const exchange: Case = {
  from: { ...EDUCATOR, at: 'SAVS', care: true },
  to: { nurse: { ...NURSE, at: 'SSIAD', care: true } },
  items: notes,
  words: open(before),
  on: '2027-03-02',
  purpose: 'social-follow-up',
};

/** After the revision. */
export const TEXTS: Cases = {
  'a text that has gone': {
    ...exchange,
    provision: 'csp-l1110-4-ii-exchange',
    says: 'P3 BLOCK, P8 DOC: DENY',
    because: ['p3-not-in-force'],
  },
  'a text whose reading is very uncertain': {
    ...exchange,
    to: { colleague: { ...EDUCATOR, at: 'SAVS', care: true } },
    words: [told(before, { general: true })],
    provision: 'csp-l1110-4-iii-same-team',
    says: 'P3 ESC: ESCALATE',
    because: ['p3-low-confidence'],
  },
  'a text whose dates are known': {
    ...exchange,
    provision: 'csp-l1110-4-iii-outside-team',
    says: 'ALLOW-WITH-DUTIES',
    because: ['p3-ok'],
  },
  'an alert is not stopped by the dates of its text': {
    ...exchange,
    person: { birthDate: '2020-05-17' },
    to: { CRIP: { is: ['crip'] } },
    items: { bruises: { category: 'child-danger' } },
    words: [],
    purpose: 'child-danger-alert',
    provision: 'casf-l226-2-1',
    says: 'P3 WARN, P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
    because: ['p3-not-in-force'],
  },
};
