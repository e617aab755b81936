import type { Act, ActivePerson, ItemId } from '#person';
import type { Change, Row, Table } from '#read-store';
import { sameIntervals } from '#time';
import { tellingOf, type Telling } from './tellings.js';
import { EDGE, edgeRow, ownVia } from './trail/trail.projection.js';
import type { ItemWays, Way } from './ways.js';
import { KNOWLEDGE, knowledgeBy, knowledgeRow } from './who-knows/who-knows.projection.js';

/** The rows of one scope: an act's or a holder's. */
export type Scoped = Pick<Change, 'table' | 'scope' | 'rows'>;

/** What an act that was recorded just now changes; `ways` are brought up to it. */
export function rowsOfAct(person: ActivePerson, item: ItemId, ways: ItemWays, act: Act): readonly Scoped[] {
  const telling = tellingOf(person, item, act);
  if (!telling) return [];
  const { holders, own } = ways.add(telling);
  return [
    edges(person, item, act.disclosure, broughtBy(ways, telling)),
    ...[...own].map((holder) => edges(person, item, ownVia(holder), ownOf(ways, holder))),
    ...[...holders].map((holder) => rowsOfHolder(person, item, ways, holder)),
  ];
}

/** What one holder knows. */
export function rowsOfHolder(person: ActivePerson, item: ItemId, ways: ItemWays, holder: string): Scoped {
  const known = knowledgeBy(person, item, holder, ways.of(holder));
  const rows = known.map((k) => knowledgeRow(person.identity.person, k));
  return scoped(person, item, KNOWLEDGE, holder, rows);
}

/** Everything that the read models say of an item. */
export function rowsOfItem(person: ActivePerson, item: ItemId, ways: ItemWays): readonly Scoped[] {
  const byVia = new Map<string, Way[]>();
  for (const holder of ways.holders)
    for (const way of ways.of(holder)) {
      const via = way.telling?.act.disclosure ?? ownVia(holder);
      const together = byVia.get(via);
      if (together) together.push(way);
      else byVia.set(via, [way]);
    }
  return [
    ...[...byVia].map(([via, together]) => edges(person, item, via, together)),
    ...[...ways.holders].map((holder) => rowsOfHolder(person, item, ways, holder)),
  ];
}

/** What a word changes, which can end or carry on what holders know, and nothing else: rows of those whom it concerns. */
export function rowsOfWord(
  person: ActivePerson,
  item: ItemId,
  before: ItemWays,
  now: ItemWays,
): readonly Scoped[] {
  const concerned = [...now.holders].filter((holder) => !isCarriedAlike(before.of(holder), now.of(holder)));
  return concerned.map((holder) => rowsOfHolder(person, item, now, holder));
}

function isCarriedAlike(before: readonly Way[], now: readonly Way[]): boolean {
  return (
    before.length === now.length && now.every(({ carried }, i) => sameIntervals(carried, before[i]!.carried))
  );
}

/** The scopes in which what is said now differs from what was said before. */
export function differing(before: readonly Scoped[], now: readonly Scoped[]): readonly Scoped[] {
  const key = ({ table, scope }: Scoped) => `${table.name} ${scope[table.scope.at(-1)!]}`;
  const said = new Map(before.map((one) => [key(one), one]));
  const changed = now.filter((one) => {
    const earlier = said.get(key(one));
    said.delete(key(one));
    return JSON.stringify(earlier?.rows ?? []) !== JSON.stringify(one.rows);
  });
  return [...changed, ...[...said.values()].map((gone) => ({ ...gone, rows: [] }))];
}

function broughtBy(ways: ItemWays, telling: Telling): readonly Way[] {
  const receivers = [...new Set(telling.recipients.map(({ to }) => to))];
  return receivers.flatMap((to) => ways.of(to).filter((way) => way.telling === telling));
}

function ownOf(ways: ItemWays, holder: string): readonly Way[] {
  return ways.of(holder).filter((way) => !way.telling);
}

function edges(person: ActivePerson, item: ItemId, via: string, ways: readonly Way[]): Scoped {
  const rows = ways.map((way) => edgeRow(person.identity.person, item, way));
  return scoped(person, item, EDGE, via, rows);
}

function scoped(person: ActivePerson, item: ItemId, table: Table, key: string, rows: readonly Row[]): Scoped {
  return { table, scope: { person: person.identity.person, item, [table.scope.at(-1)!]: key }, rows };
}
