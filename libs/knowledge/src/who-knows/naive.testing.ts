import type { Recorded } from '#decider';
import type { PersonEvent } from '#person';
import { readFacts, type NaiveAct, type NaiveFacts } from './naive-facts.testing.js';
import { carriedAt, isSourceOf, naiveWays, type NaiveWay } from './naive-ways.testing.js';

/**
 * Who knows what, by a reader with time on their hands: takes the events known by then, goes through them one
 * by one, and looks at one moment. Shares nothing with the projection: days are text, nothing is an interval.
 */
export interface NaiveRow {
  readonly item: string;
  readonly category: string;
  readonly holder: string;
  readonly status: string;
  readonly since: string;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly until: string | null;
  readonly through: readonly string[];
  readonly hops: number;
  readonly chains: readonly (readonly string[])[];
}

/** @param moment `2026-03-15T08`, or `2026-03-15~` for the end of the day */
export function naiveWhoKnows(
  events: readonly Recorded<PersonEvent>[],
  moment: string,
  knownAt: string,
): NaiveRow[] {
  const facts = readFacts(events.filter((event) => event.recordedAt <= knownAt));
  const rows = [...facts.categories.keys()].flatMap((item) => rowsOf(facts, item, moment));
  return rows.sort((a, b) => (a.item + a.holder < b.item + b.holder ? -1 : 1));
}

function rowsOf(facts: NaiveFacts, item: string, moment: string): NaiveRow[] {
  const ways = naiveWays(facts, item);
  const carried = carriedAt(facts, ways, moment);
  const chains = chainsAt(ways, moment);
  const category = facts.categories.get(item)!.at(-1)!.category;
  return [...new Set(ways.map((way) => way.to))].flatMap((holder) => {
    const own = ways.filter((way) => way.to === holder && way.at <= moment);
    if (own.length === 0) return [];
    const told = own.filter((way) => way.told);
    return {
      item,
      category,
      holder,
      ...outcome(facts, own, carried, moment),
      through: told.map((way) => way.told!.act.id),
      hops: Math.min(...own.map((way) => chains.get(way)!.length)),
      chains: told.map((way) => chains.get(way)!),
    };
  });
}

/** For each way the shortest chain of acts that ends with it; of two as short, the one that came first. */
function chainsAt(ways: readonly NaiveWay[], moment: string): ReadonlyMap<NaiveWay, readonly string[]> {
  const chains = new Map<NaiveWay, readonly string[]>();
  const seen = ways.filter((way) => way.at <= moment);
  for (const way of seen) {
    const [shortest = []] = seen
      .filter((earlier) => isSourceOf(earlier, way))
      // Something declared may stand behind; no act leads to it.
      .map((earlier) => chains.get(earlier) ?? [])
      .sort((a, b) => a.length - b.length);
    chains.set(way, way.told ? [...shortest, way.told.act.id] : []);
  }
  return chains;
}

const RANKS = ['in-use', 'contested', 'due-for-purge', 'basis-withdrawn'];

/** What the best way since the last purge gives; after a purge and nothing new, what the best way before it gave. */
function outcome(
  facts: NaiveFacts,
  ways: readonly NaiveWay[],
  carried: ReadonlySet<NaiveWay>,
  moment: string,
) {
  const { item, to } = ways[0]!;
  const purge = facts.purges
    .filter((p) => p.item === item && p.holder === to && p.at <= moment)
    .sort((a, b) => (a.at === b.at ? a.n - b.n : a.at < b.at ? -1 : 1))
    .at(-1);
  const since = ways.filter((way) => !purge || way.at > purge.at);
  const counted = since.length > 0 ? since : ways;
  const [best] = RANKS.flatMap((status) =>
    counted
      .filter((way) => status === (carried.has(way) ? statusOf(way.told?.act, moment) : 'basis-withdrawn'))
      .map((way) => ({ status, way })),
  );
  const gone = purge?.remains === 'nothing' ? 'purged' : 'unforgettable';
  const { way, status } = best!;
  const act = way.told?.act;
  return {
    status: since.length > 0 ? status : gone,
    since: counted.map(({ at }) => at.slice(0, 10)).sort()[0]!,
    purpose: way.purpose,
    basis: act?.provision ?? (act && act.restsOn !== 'provision' ? act.restsOn : null),
    until: act?.until ?? null,
  };
}

function statusOf(act: NaiveAct | undefined, moment: string): string {
  if (act?.until !== undefined && moment.slice(0, 10) > act.until) return 'due-for-purge';
  const contested = act?.contests.some((c) => c.from <= moment && (c.to === undefined || moment < c.to));
  return contested ? 'contested' : 'in-use';
}
