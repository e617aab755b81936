import type { Recorded } from '#decider';
import { actsOn, type ActivePerson, type DisclosureId, type ItemId, type PersonEvent } from '#person';
import type { Change, Row, Table } from '#read-store';
import { FOREVER_MS, startMs } from '#time';
import { affectedItems } from '../affected.js';
import { DUTY } from '../duties/duties.projection.js';
import { KNOWLEDGE } from '../who-knows/who-knows.projection.js';
import { ItemWays } from '../ways.js';
import { actFindings, hangingOn } from './act-findings.js';
import { findingId } from './finding-id.hash.js';
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
  indexes: [['id'], ['institution', 'recorded_to']],
};

/** What was said to a finding, from when on. */
export const TREATMENT: Table = {
  name: 'treatment',
  columns: { person: 'TEXT', finding: 'TEXT', treatment: 'TEXT', valid_from: 'INTEGER' },
  scope: ['finding'],
};

/**
 * What one event changes in what is found. What is overdue or kept too long is read off the rows that say so.
 * @param changed the rows of knowledge and duties that the event changes
 * @param remembered the ways of items, as after the event
 */
export function findingChanges(
  person: ActivePerson,
  event: Recorded<PersonEvent>,
  changed: readonly Change[],
  remembered: ReadonlyMap<ItemId, ItemWays>,
): readonly Pick<Change, 'table' | 'scope' | 'rows'>[] {
  const id = person.identity.person;
  const waysOf = (item: ItemId) => remembered.get(item) ?? ItemWays.of(person, item);
  const ofActs = touched(person, event).flatMap((disclosure) => {
    const act = person.acts.get(disclosure);
    return act ? [scoped(id, disclosure, actFindings(person, act, waysOf))] : [];
  });
  const ofRows = changed.flatMap(({ table, scope, rows }) => {
    if (table === KNOWLEDGE) return [scoped(id, `${scope['item']!} ${scope['holder']!}`, keptTooLong(rows))];
    return table === DUTY ? [scoped(id, `duty ${scope['id']!}`, unanswered(rows))] : [];
  });
  return [...ofActs, ...ofRows, ...treated(id, event)];
}

function scoped(person: string, about: string, findings: readonly Finding[]) {
  return {
    table: FINDING,
    scope: { person, about },
    rows: findings.map((one) => findingRow(person, about, one)),
  };
}

function findingRow(person: string, about: string, finding: Finding): Row {
  const { rule, disclosure, item, holder, institution, facts, fromMs, toMs = FOREVER_MS } = finding;
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
    facts: JSON.stringify(facts),
    valid_from: fromMs,
    valid_to: toMs,
    deferral: null,
  };
}

export function idOf(person: string, { rule, about, item, holder }: Finding): string {
  return findingId([person, rule, about, item, holder]);
}

/** Acts of which the event can change what is found. */
function touched(person: ActivePerson, event: Recorded<PersonEvent>): readonly DisclosureId[] {
  const { type, data } = event;
  if (type === 'PurgeAttested') return [];
  const isAct = type === 'DisclosureRecorded' || type === 'DisclosureReported';
  const fresh = isAct ? person.acts.get(data.disclosure) : undefined;
  const acts = affectedItems(person, event).flatMap((item) => {
    const all = actsOn(person, item).toArray();
    return fresh ? hangingOn(person, fresh, all) : all;
  });
  return [...new Set(acts.map(({ disclosure }) => disclosure))];
}

export function keptTooLong(rows: readonly Row[]): readonly Finding[] {
  return rows
    .filter((row) => row['status'] === 'due-for-purge')
    .map((row) => ({
      rule: 'retention-over',
      about: 'knowledge',
      disclosure: row['disclosure'] as string | null,
      item: row['item'] as string,
      holder: row['holder'] as string,
      institution: row['institution'] as string | null,
      facts: row['disclosure'] ? [{ kind: 'disclosure', id: row['disclosure'] as string }] : [],
      fromMs: row['valid_from'] as number,
      toMs: row['valid_to'] as number,
    }));
}

export function unanswered(rows: readonly Row[]): readonly Finding[] {
  return rows
    .filter((row) => row['about'] === 'notice' && row['state'] === 'overdue')
    .map((row) => ({
      rule: 'notice-unanswered',
      about: row['id'] as string,
      disclosure: null,
      item: null,
      holder: row['debtor'] as string,
      institution: row['institution'] as string | null,
      facts: [{ kind: 'notice', id: row['id'] as string }],
      fromMs: row['valid_from'] as number,
      toMs: row['valid_to'] as number,
    }));
}

function treated(person: string, { type, data, effectiveAt }: Recorded<PersonEvent>) {
  if (type !== 'FindingTreated') return [];
  const { finding, treatment } = data;
  const row = { person, finding, treatment, valid_from: startMs(effectiveAt) };
  return [{ table: TREATMENT, scope: { finding }, rows: [row] }];
}
