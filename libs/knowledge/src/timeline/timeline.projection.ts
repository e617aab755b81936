import type { Recorded } from '#decider';
import { isDisclosersSide, ownRevision, placeNumber, type PersonEvent } from '#person';
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
    // In the order of the person's record, also for what stood on another stream.
    place: 'INTEGER',
  },
  scope: ['person', 'effective_from', 'place', 'event'],
};

export function timelineChange(person: string, event: Recorded<PersonEvent>): Change {
  const { id, stream, type, effectiveAt, recordedAt } = event;
  const revision = ownRevision(event);
  const place = placeNumber(event.revision);
  const side = isDisclosersSide(type) ? event.actor.id : null;
  const effective_from = startMs(effectiveAt);
  const scope = { person, effective_from, place, event: id };
  const row = { ...scope, stream, revision, type, side };
  return { table: TIMELINE, scope, rows: [row], recordedMs: epochMs(recordedAt) };
}
