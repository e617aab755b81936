import type { Recorded } from '#decider';
import type { PersonEvent } from '#person';
import { epochMs, startMs } from '#time';
import type { Change, Table } from '#read-store';

/** Where each event about a person stands; what it says is read from the ledger when it is asked for. */
export const TIMELINE: Table = {
  name: 'timeline',
  columns: {
    person: 'TEXT',
    event: 'TEXT',
    stream: 'TEXT',
    revision: 'INTEGER',
    type: 'TEXT',
    // Whose side alone sees it: the mandate or client that recorded it; null: whoever sees the person.
    side: 'TEXT',
    effective_from: 'INTEGER',
  },
  scope: ['event'],
  indexes: [['person', 'effective_from', 'revision']],
};

/** What the discloser's side is told and says for itself. */
const DISCLOSERS_SIDE: ReadonlySet<string> = new Set(['DisclosureAssessed', 'DutyDischarged']);

export function timelineChange(person: string, event: Recorded<PersonEvent>): Change {
  const { id, stream, revision, type, effectiveAt, recordedAt } = event;
  const side = DISCLOSERS_SIDE.has(type) ? event.actor.id : null;
  const row = { person, event: id, stream, revision, type, side, effective_from: startMs(effectiveAt) };
  return { table: TIMELINE, scope: { event: id }, rows: [row], recordedMs: epochMs(recordedAt) };
}
