import type { Recorded } from '#decider';
import type { PersonEvent } from '#person';
import type { Change, Table } from '#read-store';
import { epochMs } from '#time';

/** Whose case it is that stands on the agenda of a commission. */
export const CASE: Table = {
  name: 'referred_case',
  columns: { person: 'TEXT', referred: 'TEXT' },
  scope: ['person', 'referred'],
  indexes: [['referred']],
};

export function caseChanges(person: string, event: Recorded<PersonEvent>): readonly Change[] {
  if (event.type !== 'CaseReferred') return [];
  const scope = { person, referred: event.data.case };
  return [{ table: CASE, scope, rows: [scope], recordedMs: epochMs(event.recordedAt) }];
}
