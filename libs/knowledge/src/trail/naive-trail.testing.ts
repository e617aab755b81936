import type { Recorded } from '#decider';
import type { PersonEvent } from '#person';
import { readFacts } from '../who-knows/naive-facts.testing.js';
import { isSourceOf, naiveWays, type NaiveWay } from '../who-knows/naive-ways.testing.js';
import type { TrailStart } from './walk.js';

/** One passing of a trail, by a reader who asks of every two passings whether one is a source of the other. */
export function naiveTrail(
  events: readonly Recorded<PersonEvent>[],
  { item, disclosure, direction }: TrailStart,
  moment: string,
  knownAt: string,
) {
  const facts = readFacts(events.filter((event) => event.recordedAt <= knownAt));
  const ways = [...facts.categories.keys()]
    .filter((one) => item === undefined || one === item)
    .flatMap((one) => naiveWays(facts, one))
    .filter((way) => way.at <= moment);
  const leadsTo = (one: NaiveWay, other: NaiveWay) =>
    direction === 'forward' ? isSourceOf(one, other) : isSourceOf(other, one);
  const hops = new Map<NaiveWay, number>();
  for (const way of ways)
    if (disclosure ? way.told?.act.id === disclosure : !ways.some((other) => leadsTo(other, way)))
      hops.set(way, 1);
  for (let size = 0; size !== hops.size;) {
    size = hops.size;
    for (const [one, hop] of Array.from(hops))
      for (const other of ways)
        if (leadsTo(one, other) && !(hops.get(other)! <= hop + 1)) hops.set(other, hop + 1);
  }
  return [...hops].map(([way, hop]) => rowOf(way, hop));
}

function rowOf({ item, to, at, purpose, source, told }: NaiveWay, hop: number) {
  const act = told?.act;
  return {
    hop,
    item,
    disclosure: act?.id ?? null,
    from: act?.giver ?? null,
    to,
    on: at.slice(0, 10),
    purpose,
    basis: act?.provision ?? null,
    restsOn: act?.restsOn ?? null,
    frame: act?.frame ?? null,
    channel: act?.channel ?? null,
    until: act?.until ?? null,
    reported: act !== undefined,
    source,
  };
}
