import { accept, type Decision } from '#decider';
import { unknownReference } from '#directory';
import type { AgendaItemAdded } from '../commission.events.js';
import type { Constituted } from '../commission.js';
import { openSession } from '../rules.js';

export interface AddAgendaItem {
  readonly item: AgendaItemAdded['data'];
  /** The case was referred to this commission. */
  readonly referredHere: boolean;
}

export function addAgendaItem(
  state: Constituted,
  { item, referredHere }: AddAgendaItem,
): Decision<AgendaItemAdded> {
  const found = openSession(state, item.session);
  if (found.kind === 'rejected') return found;
  if (found.session.agenda.has(item.case)) return accept();
  if (!referredHere) return unknownReference('case', 'case that was referred to this commission');
  return accept({ type: 'AgendaItemAdded', data: item });
}
