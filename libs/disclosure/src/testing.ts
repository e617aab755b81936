import type { Gathered } from '#assessment';
import { asCode } from '#decider';
import { institutionStream, type KnownMandate, type Mandate, type MandateId } from '#directory';
import {
  personTesting,
  type ActivePerson,
  type DisclosureReported,
  type PersonEvent,
  type ReportedData,
} from '#person';
import { civilDate } from '#time';
import type { IntendedFacts } from './intended.js';
import type { PastFacts } from './reported.js';

const { CCAS, described, henri, id, informed, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

export const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
export const noel = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
export const happenedAt = civilDate('2026-01-09');

/** Item 1 told by the nurse to the social worker, as it was reported. */
export function aReport(overrides: Partial<ReportedData> = {}): ReportedData {
  return {
    disclosure: id('Disclosure', 1),
    discloser: nurse,
    items: [{ item: id('Item', 1) }],
    recipients: [noel],
    purpose: asCode('care-coordination'),
    basis: {
      provision: asCode('csp-l1110-4-ii-exchange'),
      consents: [],
      restsOn: 'absence-of-objection',
    },
    frame: 'exchange',
    channel: 'phone',
    retainUntil: civilDate('2027-01-09'),
    reporter: NURSE,
    source: 'carnet de liaison',
    certainty: 'certain',
    ...overrides,
  };
}

export function reported(overrides: Partial<ReportedData> = {}): DisclosureReported {
  return { type: 'DisclosureReported', data: aReport(overrides), effectiveAt: happenedAt };
}

/** The mandates of the nurse and the social worker, as their institutions have them. */
export function aMandate(who: MandateId, overrides: Partial<Mandate> = {}): KnownMandate {
  const isNurse = who === NURSE;
  const institution = isNurse ? SSIAD : CCAS;
  const social = {
    mandate: SOCIAL_WORKER,
    actor: id('Actor', 2),
    categories: ['social-worker'],
    secrecy: [{ binding: asCode<'Binding'>('social-work-profession'), firm: true }],
  };
  const mandate = personTesting.nurseMandate({ ...(isNurse ? {} : social), ...overrides });
  return { mandate, institution, stream: institutionStream(institution), revision: 7 };
}

const inCare = (who: typeof nurse | typeof noel): PersonEvent => ({
  type: 'CareRelationStarted',
  data: { mandate: who.mandate, institution: who.institution, declaredBy: 'institution' },
  effectiveAt: civilDate('2026-01-05'),
});

/** What is on record about Henri as case 4(b) finds him: both take part in his care, and he was told. */
export const TOLD_OF_IT: readonly PersonEvent[] = [described(), inCare(nurse), inCare(noel), informed()];

export function henriToldOfIt(...more: readonly PersonEvent[]): ActivePerson {
  return henri(...TOLD_OF_IT, ...more);
}

/** The same for an act that happened, under the catalogue of today. */
export function pastFacts(...mandates: readonly KnownMandate[]): PastFacts {
  const facts = intendedFacts(...mandates);
  return { ...facts, catalogueThen: facts.catalogue };
}

export function intendedFacts(...mandates: readonly KnownMandate[]): IntendedFacts {
  const known = [aMandate(NURSE), aMandate(SOCIAL_WORKER), ...mandates];
  const around: Gathered = {
    mandates: new Map(known.map((one) => [one.mandate.mandate, one])),
    otherMandates: [],
    institutions: new Map(),
    memberships: new Map(),
    sessions: [],
    maySee: () => true,
    cites: known.map(({ stream, revision }) => ({ stream, revision })),
    alsoRead: [],
  };
  return { ...personTesting.facts({ revision: 5 }), around, callerInstitution: SSIAD };
}
