import type { Recorded } from '#decider';
import type { Act, PersonEvent } from '#person';
import type { Row, Table } from '#read-store';
import { FOREVER_MS, startMs } from '#time';
import type { Elsewhere } from '../elsewhere/elsewhere.js';
import { DUTY } from '../duties/duties.projection.js';
import { KNOWLEDGE } from '../who-knows/who-knows.projection.js';
import type { Scoped } from '../item-rows.js';
import { actFindings } from './act-findings.js';
import { findingId } from './finding-id.hash.js';
import type { Judgements } from './judged.js';
import { keptAfterMandate, keptTooLong, overdueFindings } from './row-findings.js';
import { FINDING_RULES, type Finding } from './rules.js';

export const FINDING: Table = {
  name: 'finding',
  columns: {
    person: 'TEXT',
    about: 'TEXT',
    id: 'TEXT',
    rule: 'TEXT',
    severity: 'TEXT',
    disclosure: 'TEXT',
    item: 'TEXT',
    holder: 'TEXT',
    institution: 'TEXT',
    facts: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    // By which deferral alone it stands here; null: the person is told of it.
    deferral: 'TEXT',
  },
  scope: ['person', 'about'],
  indexes: [
    ['institution', 'valid_from', 'id'],
    ['valid_from', 'id'],
  ],
};

/** What was said to a finding, from when on. */
export const TREATMENT: Table = {
  name: 'treatment',
  columns: { person: 'TEXT', finding: 'TEXT', treatment: 'TEXT', valid_from: 'INTEGER' },
  scope: ['finding'],
};

/**
 * What one event changes in what is found. What is overdue or kept too long is read off the rows that say so.
 * @param judgements of the state after the event
 * @param touched the acts of which it can change what is found
 * @param changed the rows of knowledge and duties that the event changes
 */
export function findingChanges(
  judgements: Judgements,
  event: Recorded<PersonEvent>,
  touched: readonly Act[],
  changed: readonly Scoped[],
): readonly Scoped[] {
  const { person, elsewhere } = judgements;
  const id = person.identity.person;
  const ofRows = changed.flatMap(({ table, scope, rows }) => {
    if (table === KNOWLEDGE)
      return [keepingFindings(id, scope['item'] as string, scope['holder'] as string, rows, elsewhere)];
    return table === DUTY ? [dutyFindings(id, scope['subject'] as string, rows)] : [];
  });
  return [...judgedAgain(judgements, touched), ...ofRows, ...treated(id, event)];
}

/** What is found about these acts, from the state as it is. */
export function judgedAgain(judgements: Judgements, acts: readonly Act[]): readonly Scoped[] {
  const { person } = judgements.person.identity;
  return acts.map((act) => scoped(person, act.disclosure, actFindings(judgements, act)));
}

/** What is found about what is owed on one subject, from its rows. */
export function dutyFindings(person: string, id: string, rows: readonly Row[]): Scoped {
  return scoped(person, `duty ${id}`, overdueFindings(rows));
}

/** What is found about one holder's knowledge of an item, from its rows. */
export function keepingFindings(
  person: string,
  item: string,
  holder: string,
  rows: readonly Row[],
  elsewhere: Elsewhere,
): Scoped {
  return scoped(person, `${item} ${holder}`, [...keptTooLong(rows), ...keptAfterMandate(rows, elsewhere)]);
}

function scoped(person: string, about: string, findings: readonly Finding[]): Scoped {
  return {
    table: FINDING,
    scope: { person, about },
    rows: findings.map((one) => findingRow(person, about, one)),
  };
}

function findingRow(person: string, about: string, finding: Finding): Row {
  const { rule, disclosure, item, holder, institution, fromMs, toMs = FOREVER_MS } = finding;
  return {
    person,
    about,
    id: idOf(person, finding),
    rule,
    severity: FINDING_RULES[rule].severity,
    disclosure,
    item,
    holder,
    institution,
    facts: factsOf(finding),
    valid_from: fromMs,
    valid_to: toMs,
    deferral: null,
  };
}

export function factsOf({ facts }: Finding): string {
  return JSON.stringify(facts);
}

export function idOf(person: string, { rule, about, item, holder }: Finding): string {
  return findingId([person, rule, about, item, holder]);
}

function treated(person: string, { type, data, effectiveAt }: Recorded<PersonEvent>) {
  if (type !== 'FindingTreated') return [];
  const { finding, treatment } = data;
  const row = { person, finding, treatment, valid_from: startMs(effectiveAt) };
  return [{ table: TREATMENT, scope: { finding }, rows: [row] }];
}
