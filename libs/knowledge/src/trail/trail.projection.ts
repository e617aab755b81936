import { institutionOf, type ItemId, type PersonId } from '#person';
import { OPEN_END, type Row, type Table } from '#read-store';
import { ACT_COLUMNS, actCodes } from '../act-codes.js';
import type { Way } from '../ways.js';

/** Every passing of every item from the moment it took effect, and every holding that starts a chain. */
export const EDGE: Table = {
  name: 'edge',
  columns: {
    person: 'TEXT',
    item: 'TEXT',
    via: 'TEXT',
    disclosure: 'TEXT',
    from_holder: 'TEXT',
    to_holder: 'TEXT',
    to_institution: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    place_ms: 'INTEGER',
    place_n: 'INTEGER',
    place_end: 'INTEGER',
    ...ACT_COLUMNS,
    source: 'TEXT',
  },
  scope: ['person', 'item', 'via'],
};

/** Scope of what a holder learnt by themselves; an act's is its id. */
export function ownVia(holder: string): string {
  return `own:${holder}`;
}

export function edgeRow(person: PersonId, item: ItemId, way: Way): Row {
  const { telling, place } = way;
  const row = {
    person,
    item,
    via: telling?.act.disclosure ?? ownVia(way.to),
    to_holder: way.to,
    to_institution: institutionOf(way.holder) ?? null,
    valid_from: way.atMs,
    valid_to: OPEN_END,
    place_ms: place.ms,
    place_n: place.n,
    place_end: place.endMs,
    purpose: way.purpose,
    source: way.source,
    reported: 0,
  };
  if (!telling) return row;
  const { act, from } = telling;
  return {
    ...row,
    disclosure: act.disclosure,
    from_holder: from ?? null,
    ...actCodes(act),
  };
}
