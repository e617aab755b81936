import type { Recorded } from '#decider';
import { holderKey, type Holder, type PersonEvent } from '#person';
import type { Change, Table } from '#read-store';
import { epochMs } from '#time';

/** Holders and cases that a person's stream ever named: whose findings a fact of another stream can change. */
export const MENTION: Table = {
  name: 'mention',
  columns: { named: 'TEXT', person: 'TEXT' },
  scope: ['named', 'person'],
};

export function mentionChanges(person: string, event: Recorded<PersonEvent>): readonly Change[] {
  const recordedMs = epochMs(event.recordedAt);
  return [...new Set(namedIn(event))].map((named) => {
    const scope = { named, person };
    return { table: MENTION, scope, rows: [scope], recordedMs };
  });
}

function namedIn({ type, data }: Recorded<PersonEvent>): readonly string[] {
  switch (type) {
    case 'InformationDescribed':
      return keysOf([data.holding.holder]);
    case 'HoldingDeclared':
      return keysOf([data.holder]);
    case 'DisclosureRecorded':
    case 'DisclosureReported':
      return keysOf([data.discloser, ...(data.recipients ?? [])]);
    case 'DisclosureCorrected':
      return keysOf([data.changes.discloser, ...(data.changes.recipients ?? [])]);
    case 'CareRelationStarted':
      return keysOf([{ kind: 'mandate', mandate: data.mandate, institution: data.institution }]);
    case 'CaseReferred':
      return [caseKey(data.case)];
    default:
      return [];
  }
}

export function caseKey(referred: string): string {
  return `case:${referred}`;
}

/** What becomes of outsiders and of nobody in particular is told by no other stream. */
function keysOf(holders: readonly (Holder | undefined)[]): readonly string[] {
  return holders.flatMap((holder) =>
    holder && (holder.kind === 'mandate' || holder.kind === 'category') ? [holderKey(holder)] : [],
  );
}
