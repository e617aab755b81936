import { asCode } from '#decider';
import { personTesting, type DisclosureReported, type ReportedData } from '#person';
import { civilDate } from '#time';

const { CCAS, id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

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
