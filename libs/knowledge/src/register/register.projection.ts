import { institutionOf, stands, type Act, type ActivePerson } from '#person';
import { startMs } from '#time';
import type { Row, Table } from '#read-store';
import { ACT_COLUMNS, actCodes } from '../act-codes.js';

/** Every disclosure that an institution made, received, or made within itself. */
export const REGISTER: Table = {
  name: 'register',
  columns: {
    disclosure: 'TEXT',
    institution: 'TEXT',
    direction: 'TEXT',
    person: 'TEXT',
    effective_from: 'INTEGER',
    discloser: 'TEXT',
    recipients: 'TEXT',
    items: 'TEXT',
    // By which deferral alone it stands here; null: the person is told of it.
    deferral: 'TEXT',
    ...ACT_COLUMNS,
  },
  scope: ['disclosure'],
  indexes: [['institution', 'effective_from', 'disclosure']],
};

export function registerRows(person: ActivePerson, act: Act): readonly Row[] {
  if (!stands(person, act)) return [];
  const from = act.discloser && institutionOf(act.discloser);
  // Somebody outside belongs to none: what they too were told went out.
  const to = new Set(act.recipients.map(institutionOf));
  const directions = new Map<string, string>();
  if (from) directions.set(from, to.has(from) && to.size === 1 ? 'within' : 'out');
  for (const institution of to)
    if (institution !== undefined && institution !== from) directions.set(institution, 'in');
  return [...directions].map(([institution, direction]) => ({
    disclosure: act.disclosure,
    institution,
    direction,
    person: person.identity.person,
    effective_from: startMs(act.effectiveAt),
    discloser: act.discloser ? JSON.stringify(act.discloser) : null,
    recipients: JSON.stringify(act.recipients),
    items: JSON.stringify(act.items.map(({ item }) => item)),
    deferral: null,
    ...actCodes(act),
  }));
}
