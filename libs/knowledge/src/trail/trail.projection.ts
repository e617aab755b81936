import { holderKey, institutionOf, type ActivePerson, type ItemId } from '#person';
import { endMs, startMs } from '#time';
import { OPEN_END, type Row, type Table } from '#read-store';
import { edgesOf, originsOf, unexplainedIn } from '../edges.js';

/** Every passing of every item from the moment it took effect, and every holding that starts a chain. */
export const EDGE: Table = {
  name: 'edge',
  columns: {
    person: 'TEXT',
    item: 'TEXT',
    disclosure: 'TEXT',
    from_holder: 'TEXT',
    to_holder: 'TEXT',
    to_institution: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    purpose: 'TEXT',
    basis: 'TEXT',
    rests_on: 'TEXT',
    frame: 'TEXT',
    channel: 'TEXT',
    until: 'INTEGER',
    reported: 'INTEGER',
    source: 'TEXT',
  },
  scope: ['person', 'item'],
};

export function edgeRows(person: ActivePerson, item: ItemId): readonly Row[] {
  const about = { person: person.identity.person, item, valid_to: OPEN_END };
  const [holdings, edges] = [originsOf(person, item), edgesOf(person, item)];
  const origins = holdings.map(({ holder, purpose, source, origin }) => ({
    ...about,
    to_holder: holderKey(holder),
    to_institution: institutionOf(holder) ?? null,
    valid_from: startMs(origin.effectiveAt),
    purpose,
    reported: 0,
    source: source.kind,
  }));
  const unexplained = unexplainedIn(holdings, edges).map(({ holder, key, atMs }) => ({
    ...about,
    to_holder: key,
    to_institution: institutionOf(holder) ?? null,
    valid_from: atMs,
    reported: 0,
    source: 'unknown',
  }));
  const acts = edges.map(({ act, from, to, recipient, atMs }) => ({
    ...about,
    disclosure: act.disclosure,
    from_holder: from ?? null,
    to_holder: to,
    to_institution: institutionOf(recipient) ?? null,
    valid_from: atMs,
    purpose: act.purpose ?? null,
    basis: act.basis?.provision ?? null,
    rests_on: act.basis?.restsOn ?? null,
    frame: act.frame ?? null,
    channel: act.channel ?? null,
    until: act.retainUntil ? endMs(act.retainUntil) : null,
    reported: act.reported ? 1 : 0,
  }));
  return [...origins, ...unexplained, ...acts];
}
