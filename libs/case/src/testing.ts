import type { CommissionData } from '#commission';
import { commissionTesting } from '#commission';
import { personTesting, type CaseReferred, type PersonEvent } from '#person';
import { civilDate } from '#time';

const { id, NURSE } = personTesting;
const { ccapex } = commissionTesting;

export const commission: CommissionData = ccapex;

/** Case 1: the nurse reports on item 1. */
export function aReferral(overrides: Partial<CaseReferred['data']> = {}): CaseReferred['data'] {
  return {
    case: id('Case', 1),
    commission: ccapex.commission,
    question: 'Maintien dans le logement',
    whyCollective: 'Plusieurs services interviennent',
    reporter: NURSE,
    items: [{ item: id('Item', 1), justification: 'Le logement est à adapter.' }],
    benefit: 'Rester chez lui',
    responsibleManager: 'Direction du SSIAD',
    report: {
      author: NURSE,
      date: civilDate('2026-02-10'),
      diagnosisSources: 'SSIAD',
      criteria: 'Menace d’expulsion',
      knownToPerson: true,
    },
    ...overrides,
  };
}

export function referred(overrides: Partial<CaseReferred['data']> = {}): PersonEvent {
  return { type: 'CaseReferred', data: aReferral(overrides), effectiveAt: civilDate('2026-02-12') };
}
