import { institutionOf, type ItemId, type PersonId } from '#person';
import { endMs } from '#time';
import { OPEN_END, type Row, type Table } from '#read-store';
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
    purpose: 'TEXT',
    basis: 'TEXT',
    rests_on: 'TEXT',
    frame: 'TEXT',
    channel: 'TEXT',
    until: 'INTEGER',
    reported: 'INTEGER',
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
    basis: act.basis?.provision ?? null,
    rests_on: act.basis?.restsOn ?? null,
    frame: act.frame ?? null,
    channel: act.channel ?? null,
    until: act.retainUntil ? endMs(act.retainUntil) : null,
    reported: act.reported ? 1 : 0,
  };
}
