import type { DomainEvent, Recorded } from '#decider';
import type { LedgerConsulted } from '#person';
import type { Change, Table } from '#read-store';
import { epochMs, startMs } from '#time';

/** Every look at a person's ledger that was recorded. Ids and codes only. */
export const CONSULTATION: Table = {
  name: 'consultation',
  columns: {
    person: 'TEXT',
    event: 'TEXT',
    revision: 'INTEGER',
    by_kind: 'TEXT',
    by_id: 'TEXT',
    reason: 'TEXT',
    question: 'TEXT',
    about: 'TEXT',
    effective_from: 'INTEGER',
  },
  scope: ['person', 'effective_from', 'revision', 'event'],
};

/** @param person whom it was about: the name of the stream of a deferral does not tell */
export function consultationChanges(person: string, event: Recorded<DomainEvent>): readonly Change[] {
  if (!isConsultation(event)) return [];
  const { by, reason, question, about = null } = event.data;
  const { id, revision, effectiveAt, recordedAt } = event;
  const scope = { person, effective_from: startMs(effectiveAt), revision, event: id };
  const row = {
    ...scope,
    by_kind: by.kind,
    by_id: by.kind === 'mandate' ? by.mandate : by.client,
    reason,
    question,
    about,
  };
  return [{ table: CONSULTATION, scope, rows: [row], recordedMs: epochMs(recordedAt) }];
}

function isConsultation(event: Recorded<DomainEvent>): event is Recorded<LedgerConsulted> {
  return event.type === 'LedgerConsulted';
}
