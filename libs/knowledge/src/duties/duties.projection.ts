import type { ActivePerson } from '#person';
import { endMs, FOREVER_MS } from '#time';
import type { Row, SqlRow, Table } from '#read-store';
import type { About } from './owed.js';
import type { Owed } from './owing.js';

export const DUTY_STATES = ['open', 'overdue', 'done'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** What is owed over all of valid time: how it stands on a day follows from its dates. See `dutyStateAt`. */
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
    debtor: 'TEXT',
    institution: 'TEXT',
    recipient: 'TEXT',
    items: 'TEXT',
    deadline: 'TEXT',
    standing: 'INTEGER',
    // Epoch ms from which it is owed, would be overdue, is done; FOREVER_MS where it never is.
    since: 'INTEGER',
    due: 'INTEGER',
    done: 'INTEGER',
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
  return owed.map((duty, n) => dutyRow(person, duty, { subject: id, about, id, n }));
}

/** `n` tells duties about the same apart. */
export function dutyRow(
  person: ActivePerson,
  duty: Owed,
  of: { readonly subject: string; readonly about: About; readonly id: string; readonly n: number },
): Row {
  const { kind, debtor, institution = null, recipient = null, items, deadline, standing, sinceMs } = duty;
  const due = deadline ? endMs(deadline) : FOREVER_MS;
  return {
    person: person.identity.person,
    ...of,
    kind,
    debtor,
    institution,
    recipient,
    items: JSON.stringify(items),
    deadline: deadline ? JSON.stringify(deadline) : null,
    standing: standing ? 1 : 0,
    since: sinceMs,
    due,
    // What stands ends with its deadline; nothing is done before it is owed.
    done: Math.max(sinceMs, standing ? Math.min(duty.doneMs, due) : duty.doneMs),
    deferral: null,
  };
}

type Dates = Readonly<Record<'since' | 'due' | 'done', number>>;

/** How the duty of a row stands at a moment; undefined: it is not owed yet. */
export function dutyStateAt(row: Row | SqlRow, validMs: number): DutyState | undefined {
  const { since, due, done } = row as Dates;
  if (validMs < since) return undefined;
  if (validMs >= done) return 'done';
  return validMs >= due ? 'overdue' : 'open';
}

/** When the duty of a row is overdue, epoch ms, half-open; undefined: never. */
export function overdueIn(row: Row): readonly [fromMs: number, toMs: number] | undefined {
  const { since, due, done } = row as Dates;
  const fromMs = Math.max(since, due);
  return fromMs < done ? [fromMs, done] : undefined;
}
