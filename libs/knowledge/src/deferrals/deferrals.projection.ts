import type { DomainEvent, Recorded } from '#decider';
import {
  asPlaced,
  isCovered,
  withPlaced,
  type ActivePerson,
  type KnownDeferral,
  type PersonEvent,
  type Placed,
} from '#person';
import type { Change, Row, Table } from '#read-store';
import { endMs, epochMs, FOREVER_MS, startMs } from '#time';
import { dutyChanges } from '../duties/affected-duties.js';
import type { Elsewhere } from '../elsewhere/elsewhere.js';
import { DUTY, dutyRows } from '../duties/duties.projection.js';
import { FINDING, findingChanges } from '../findings/findings.projection.js';
import { Judgements } from '../findings/judged.js';
import { touchedActs } from '../findings/touched.js';
import { REGISTER } from '../register/register.projection.js';
import { registerChanges } from '../register/affected-register.js';

/** Deferrals, a row for each institution that may see one: ids and codes, for those alone. */
export const DEFERRAL: Table = {
  name: 'deferral',
  columns: {
    person: 'TEXT',
    deferral: 'TEXT',
    institution: 'TEXT',
    // Whether this institution answers for it, or only took part in what it covers.
    answers: 'INTEGER',
    ground: 'TEXT',
    state: 'TEXT',
    since: 'INTEGER',
    review_by: 'TEXT',
    due: 'INTEGER',
  },
  scope: ['person', 'deferral'],
  indexes: [['institution', 'due', 'deferral']],
};

/** The person at an event of a deferral, and what the deferral covers up to it. */
export interface Deferring {
  readonly deferral: KnownDeferral;
  /** As their own stream tells. */
  readonly person: ActivePerson;
  /** In their order; where the event is covered, it is the last. */
  readonly covered: readonly Placed[];
}

/**
 * What an event of a deferral changes: for the institutions that may see it their register, what they owe and what is
 * found of their acts. Every question about the person stays as it is until the reveal.
 */
export function deferralChanges(
  deferring: Deferring,
  event: Recorded<DomainEvent>,
  elsewhere: Elsewhere,
): readonly Change[] {
  const { deferral, person } = deferring;
  const id = deferral.data.deferral;
  const scope = { person: person.identity.person };
  const recordedMs = epochMs(event.recordedAt);
  const changes = [
    { table: DEFERRAL, scope: { ...scope, deferral: id }, rows: deferralRows(deferral) },
    { table: DUTY, scope: { ...scope, subject: id }, rows: reviewRows(person, deferral) },
    ...(isCovered(event.type) ? coveredChanges(deferring, elsewhere) : []),
  ];
  return changes.map(({ rows, ...change }) => ({
    ...change,
    rows: rows.map((row) => ({ ...row, deferral: id })),
    recordedMs,
  }));
}

function deferralRows({ data, status, since, reviewBy, institutions }: KnownDeferral): readonly Row[] {
  return [...institutions].sort().map((institution) => ({
    person: data.person,
    deferral: data.deferral,
    institution,
    answers: institution === data.institution ? 1 : 0,
    ground: data.ground,
    state: status,
    since: startMs(since),
    review_by: JSON.stringify(reviewBy),
    due: endMs(reviewBy),
  }));
}

/** Whoever answers for it looks at it again by its date, or ends it. */
function reviewRows(person: ActivePerson, { data, since, reviewBy, endedAt }: KnownDeferral): readonly Row[] {
  const owed = {
    kind: 'review-deferral',
    debtor: `institution:${data.institution}`,
    institution: data.institution,
    recipient: undefined,
    items: [],
    deadline: reviewBy,
    standing: false,
    sinceMs: startMs(since),
    doneMs: endedAt ? startMs(endedAt) : FOREVER_MS,
  };
  return dutyRows(person, 'deferral', data.deferral, [owed]);
}

function coveredChanges(
  { person, covered }: Deferring,
  elsewhere: Elsewhere,
): readonly Omit<Change, 'recordedMs'>[] {
  const event = asPlaced<PersonEvent>(covered.at(-1)!);
  const before = withPlaced(person, covered.slice(0, -1));
  const after = withPlaced(person, covered);
  const id = person.identity.person;
  // What stands on the person's own stream is shown as that stream tells it, and to others.
  const isDeferred = (ref: string) =>
    !person.acts.has(ref as never) &&
    !person.objections.has(ref as never) &&
    !person.notices.has(ref as never);
  const judgements = new Judgements(after, elsewhere);
  const touched = touchedActs(judgements, event);
  return [
    ...dutyChanges(before, judgements, event, touched)
      .filter(([ref]) => isDeferred(ref))
      .map(([ref, rows]) => ({ table: DUTY, scope: { person: id, subject: ref }, rows })),
    ...registerChanges(after, event)
      .filter(([ref]) => isDeferred(ref))
      .map(([ref, rows]) => ({ table: REGISTER, scope: { disclosure: ref }, rows })),
    ...findingChanges(judgements, event, touched, []).filter(
      ({ table, scope }) => table !== FINDING || isDeferred(scope['about'] as string),
    ),
  ];
}
