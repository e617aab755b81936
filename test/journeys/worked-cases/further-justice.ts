import { CHILD, MOTHER, open, told, type Case, type Party } from './cases.js';
import {
  before,
  bruises,
  family,
  health,
  notes,
  NURSE,
  on,
  PROSECUTOR,
  SOCIAL_WORKER,
  type Cases,
} from './parties.js';

const minor = { person: CHILD, voices: MOTHER };
const AGENT: Party = { is: ['public-agent'], bound: ['public-agent-status'] };
const POLICE: Party = { is: ['judicial-police-officer'], bound: ['judicial-oath'] };
const ARS: Party = { is: ['ars-maltreatment-unit'] };

/** A nurse writes to the prosecutor about an adult. */
const reported: Case = {
  from: NURSE,
  to: { prosecutor: PROSECUTOR },
  items: health,
  on,
  purpose: 'judicial-reporting',
  provision: 'cp-226-14-2',
  request: { frame: 'transmission' },
};
const required: Case = {
  ...reported,
  from: SOCIAL_WORKER,
  to: { officer: POLICE },
  items: notes,
  purpose: 'judicial-requisition',
  request: { frame: 'requisition', channel: 'paper' },
};
const maltreated: Case = {
  ...reported,
  to: { ARS },
  purpose: 'adult-maltreatment-alert',
  provision: 'casf-l119-2-any',
};

export const JUSTICE: Cases = {
  'abuse of an adult who has not agreed': {
    ...reported,
    says: 'P4 BLOCK, P8 BLOCK: DENY',
    because: ['p4-consent-missing', 'p4-inform-soon'],
  },
  'abuse of an adult who agreed': {
    ...reported,
    words: open(before),
    provision: 'cp-226-14-2bis',
    says: 'P3 WARN: ALLOW-WITH-DUTIES',
  },
  'abuse of somebody who cannot protect themselves': {
    ...reported,
    request: { unableToProtectThemselves: true, frame: 'transmission' },
    says: 'P4 WARN, P8 WARN: ALLOW-WITH-DUTIES',
  },
  'abuse of a minor': {
    ...reported,
    ...minor,
    items: bruises,
    says: 'P4 WARN, P8 WARN: ALLOW-WITH-DUTIES',
  },
  'violence of a partner, without her agreement': {
    ...reported,
    purpose: 'partner-violence-protection',
    provision: 'cp-226-14-3',
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'somebody dangerous has a weapon': {
    ...reported,
    to: { prefect: { is: ['prefect'] } },
    purpose: 'public-safety-danger',
    provision: 'cp-226-14-4-weapon',
    says: 'P3 WARN, P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'a bound agent cites article 40': {
    ...reported,
    from: AGENT,
    items: notes,
    provision: 'cpp-40-al2',
    says: 'P3 ESC, P4 WARN, P8 DOC: ESCALATE',
    because: ['p3-cpp-40'],
  },
  'a bound agent cites article 40 for a child': {
    ...reported,
    ...minor,
    from: AGENT,
    items: bruises,
    provision: 'cpp-40-al2',
    says: 'P3 WARN, P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'a requisition of a preliminary inquiry': {
    ...required,
    provision: 'cpp-77-1-1-requisition',
    says: 'P3 ESC, P4 NA, P8 DOC: ESCALATE',
    because: ['p3-requisition', 'p4-requisition', 'p8-provision-instead'],
  },
  'a requisition in flagrante': {
    ...required,
    provision: 'cpp-60-1-requisition',
    says: 'P3 ESC, P4 NA, P8 DOC: ESCALATE',
  },
  'a requisition of the investigating judge': {
    ...required,
    to: { judge: { outsider: { category: 'investigating-judge' } } },
    provision: 'cpp-99-3-requisition',
    says: 'P3 ESC, P4 NA, P8 DOC: ESCALATE',
  },
  'anybody tells the ARS of maltreatment': {
    ...maltreated,
    from: { is: ['family-assistant'] },
    items: notes,
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'whoever is bound may tell it too': {
    ...maltreated,
    provision: 'casf-l119-2-bound',
    says: 'P4 WARN, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'the ambulance, with nothing on paper': {
    ...reported,
    person: { birthDate: undefined },
    to: { crew: { at: 'SAMU', is: ['emergency-services'], function: {} } },
    items: { health: { category: 'health-data', level: null, unjustified: true } },
    purpose: 'rescue-imminent-peril',
    provision: 'cp-223-6',
    request: {
      channel: 'phone',
      objective: undefined,
      benefit: undefined,
      retentionRule: undefined,
      responsibleManager: undefined,
    },
    says: 'P1 WARN, P2 WARN, P4 WARN, P7 WARN, P8 WARN, P9 WARN: ALLOW-WITH-DUTIES',
    because: ['p4-information-not-required', 'p9-no-retention', 'p9-not-recordable'],
  },
  'violent radicalisation, without health data': {
    ...reported,
    from: { is: ['prefect'] },
    to: { service: { is: ['intelligence-service'] } },
    items: { beliefs: { category: 'beliefs-origins-sexuality' }, ...health },
    purpose: 'radicalisation-prevention',
    provision: 'csp-l3211-12-7-radicalisation',
    says: {
      beliefs: 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
      health: 'P4 DOC, P7 BLOCK, P8 DOC: DENY',
    },
    because: ['p7-excluded'],
  },
  'the mayor writes to the prosecutor': {
    ...reported,
    from: { is: ['mayor'] },
    items: family,
    provision: 'csi-l132-2-mayor',
    says: 'P4 DOC, P8 DOC: ALLOW-WITH-DUTIES',
  },
  'the mayor passes on what is secret': {
    ...reported,
    from: { is: ['mayor'] },
    items: notes,
    provision: 'csi-l132-2-mayor',
    says: 'P3 BLOCK, P4 DOC, P8 DOC: DENY',
    because: ['p3-above-max-level'],
  },
  'article 226-14 in general, and nothing more precise': {
    ...reported,
    words: [told(before)],
    provision: 'cp-226-14-general',
    says: 'P3 BLOCK, P4 BLOCK, P5 BLOCK, P7 NA, P8 BLOCK: DENY',
    because: ['p3-unfit-provision'],
  },
};
