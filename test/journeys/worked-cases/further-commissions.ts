import { told, type Case, type Party } from './cases.js';
import { before, health, MDPH, NURSE, on, SOCIAL_WORKER, type Cases } from './parties.js';

const SESSION = '00000000-0000-4000-8000-0000000000c7';
const housing = { housing: { category: 'housing' } };
const GROUP: Party = { is: ['clspd-group-member'] };

const group: Case = {
  from: { ...GROUP, at: 'town hall', sits: 'CLSPD' },
  to: { member: { ...GROUP, at: 'association', sits: 'CLSPD' } },
  items: housing,
  words: [told(before)],
  on,
  purpose: 'delinquency-prevention',
  provision: 'csi-l132-5-clspd',
  request: { channel: 'oral' },
};
/** Tabled in a session that is on no record: what C1 to C10 ask for is missing. */
const tabled: Case = {
  from: { ...MDPH, sits: 'MDPH-EP' },
  to: { member: { ...MDPH, sits: 'MDPH-EP' } },
  items: health,
  on,
  purpose: 'disability-assessment',
  provision: 'casf-l241-10-team',
  request: { frame: 'commission-session', session: SESSION, channel: 'oral' },
};
const learntThere = { health: { ...health.health, more: { source: { kind: 'session', session: SESSION } } } };

export const COMMISSIONS: Cases = {
  'confidential facts in a working group': {
    ...group,
    says: 'P4 DOC, P6 NA, P8 WARN: ALLOW-WITH-DUTIES',
  },
  'confidential facts in a working group, written down': {
    ...group,
    request: { keeps: [{ kind: 'file' }] },
    says: 'P4 DOC, P6 NA, P8 WARN, P9 BLOCK: DENY',
    because: ['p9-no-file'],
  },
  'confidential facts in another group’s text': {
    ...group,
    provision: 'csi-l132-13-cispd',
    says: 'P4 DOC, P5 BLOCK, P6 NA, P8 WARN: DENY',
    because: ['p5-no-membership'],
  },
  'confidential facts between towns': {
    ...group,
    from: { ...group.from, sits: 'CISPD' },
    to: { member: { ...GROUP, at: 'other town', sits: 'CISPD' } },
    provision: 'csi-l132-13-cispd',
    says: 'P4 DOC, P6 NA, P8 WARN: ALLOW-WITH-DUTIES',
  },
  'a secret among them': {
    ...group,
    from: { ...SOCIAL_WORKER, is: ['social-worker', 'clspd-group-member'], sits: 'CLSPD' },
    says: 'P3 BLOCK, P4 DOC, P7 BLOCK, P8 WARN: DENY',
    because: ['p3-above-max-level', 'p7-excluded'],
  },
  'a report tabled without report, agenda or information': {
    ...tabled,
    says: 'P1 DOC, P4 BLOCK, P7 BLOCK: DENY',
    because: [
      'c1-no-report',
      'c3-off-agenda',
      'c4-criteria-suffice',
      'c5-not-informed',
      'c9-destroy-papers',
      'c10-record-levers',
    ],
  },
  'the person was told, but not of the report': {
    ...tabled,
    words: [told(before)],
    says: 'P1 DOC, P4 WARN, P7 BLOCK: DENY',
    because: ['c5-report-unknown'],
  },
  'a private note from the session, and something kept back': {
    ...tabled,
    request: {
      ...tabled.request,
      exception: { kind: 'impossibility', reason: 'Personne hospitalisée.', reviewBy: '2026-12-01' },
      withheld: [{}],
      keeps: [{ kind: 'private-note' }],
    },
    says: 'P1 DOC, P4 WARN, P7 BLOCK, P9 BLOCK: DENY',
    because: ['c5-exception', 'c6-withheld', 'c8-kept-from-session'],
  },
  'somebody at the table whom nobody knows': {
    ...tabled,
    to: { stranger: { outsider: { kind: 'other' } } },
    says: 'P1 DOC, P4 BLOCK, P5 BLOCK, P6 BLOCK, P7 BLOCK, P8 DOC: DENY',
    because: ['c2-unidentified', 'c2-not-bound'],
  },
  'what was learnt there, told to a nurse': {
    ...tabled,
    from: { ...NURSE, care: true },
    to: { nurse: { ...NURSE, at: 'SSIAD', care: true } },
    items: learntThere,
    words: [told(before)],
    purpose: 'care-coordination',
    provision: 'csp-l1110-4-ii-exchange',
    request: {},
    says: 'P1 BLOCK, P8 DOC: DENY',
    because: ['c7-session-reuse'],
  },
};
