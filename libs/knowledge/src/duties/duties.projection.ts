import type { ActivePerson } from '#person';
import { endMs, FOREVER_MS } from '#time';
import type { Row, Table } from '#read-store';
import type { About } from './owed.js';
import type { Owed } from './owing.js';

export const DUTY_STATES = ['open', 'overdue', 'done'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** What is owed over all of valid time: that a deadline passes is written ahead. */
export const DUTY: Table = {
  name: 'duty',
  columns: {
    person: 'TEXT',
    // What is told again as a whole: what they are about, or one holder’s knowledge of one item.
    subject: 'TEXT',
    id: 'TEXT',
    about: 'TEXT',
    n: 'INTEGER',
    kind: 'TEXT',
    state: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    debtor: 'TEXT',
    institution: 'TEXT',
    recipient: 'TEXT',
    items: 'TEXT',
    deadline: 'TEXT',
    due: 'INTEGER',
    standing: 'INTEGER',
    since: 'INTEGER',
    // By which deferral alone it stands here; null: the person is told of it.
    deferral: 'TEXT',
  },
  scope: ['person', 'subject'],
  indexes: [
    ['institution', 'due', 'id', 'n'],
    ['debtor', 'due', 'id', 'n'],
    ['due', 'id', 'n'],
  ],
};

/** @param id of the disclosure, notice or objection that they are about */
export function dutyRows(
  person: ActivePerson,
  about: About,
  id: string,
  owed: readonly Owed[],
): readonly Row[] {
  return owed.flatMap((duty, n) => rowsOf(person, duty, { subject: id, about, id, n }));
}

/** A row for each state; `n` tells duties about the same apart. */
export function rowsOf(
  person: ActivePerson,
  duty: Owed,
  of: { readonly subject: string; readonly about: About; readonly id: string; readonly n: number },
): readonly Row[] {
  const { kind, debtor, institution = null, recipient = null, items, deadline, standing, sinceMs } = duty;
  const row = {
    person: person.identity.person,
    ...of,
    kind,
    debtor,
    institution,
    recipient,
    items: JSON.stringify(items),
    deadline: deadline ? JSON.stringify(deadline) : null,
    due: dueMs(duty),
    standing: standing ? 1 : 0,
    since: sinceMs,
    deferral: null,
  };
  return stretchesOf(duty).map(([state, valid_from, valid_to]) => ({ ...row, state, valid_from, valid_to }));
}

/** What stands ends with its deadline; everything else is overdue from then until it is done. */
function stretchesOf(duty: Owed): readonly (readonly [DutyState, number, number])[] {
  const { sinceMs, standing } = duty;
  const dueAt = Math.max(sinceMs, dueMs(duty));
  const doneAt = Math.max(sinceMs, standing ? Math.min(duty.doneMs, dueAt) : duty.doneMs);
  const all = [
    ['open', sinceMs, Math.min(dueAt, doneAt)],
    ['overdue', dueAt, doneAt],
    ['done', doneAt, FOREVER_MS],
  ] as const;
  return all.filter(([, from, to]) => from < to);
}

function dueMs({ deadline }: Owed): number {
  return deadline ? endMs(deadline) : FOREVER_MS;
}
