import { List } from 'immutable';
import {
  actsOn,
  basisInForce,
  holderKey,
  type Act,
  type ActivePerson,
  type Holder,
  type Holding,
  type ItemId,
  type Passing,
} from '#person';
import { ALWAYS, intersect, interval, NEVER, sameIntervals, startMs, union, type Intervals } from '#time';

/** One item going from a discloser to one recipient, by one act. */
export interface Edge {
  readonly act: Act;
  readonly item: ItemId;
  /** Undefined where nobody knows who disclosed. */
  readonly from: string | undefined;
  readonly to: string;
  readonly recipient: Holder;
  readonly atMs: number;
  /** When what the act itself rests on holds. */
  readonly basis: Intervals;
}

/** Who nobody knows is somebody else in every act. */
export function nodeKey(holder: Holder, act: Act): string {
  return holder.kind === 'unknown' ? `unknown:${act.disclosure}` : holderKey(holder);
}

/** Every passing of an item; acts that were retracted or reported twice count once or not at all. */
export function edgesOf(person: ActivePerson, item: ItemId): readonly Edge[] {
  const category = person.items.get(item)?.category;
  return actsOn(person, item)
    .filter(
      (act) => !act.retracted && act.duplicateOf === undefined && act.items.some((i) => i.item === item),
    )
    .flatMap((act) =>
      act.recipients.map((recipient) => ({
        act,
        item,
        from: act.discloser && nodeKey(act.discloser, act),
        to: nodeKey(recipient, act),
        recipient,
        atMs: startMs(act.effectiveAt),
        basis: basisInForce(person, act, passing(act, item, category, recipient)),
      })),
    )
    .toArray();
}

function passing(act: Act, item: ItemId, category: Passing['category'], recipient: Holder): Passing {
  return { item, category, recipient, discloser: act.discloser, purpose: act.purpose };
}

/**
 * Holdings that start a chain: learnt from the person, by observation, outside the ledger, or from an act that
 * the ledger does not show. One whose act is on record gets the item by that act, not by declaring it.
 */
export function originsOf(person: ActivePerson, item: ItemId): readonly Holding[] {
  const holdings = person.holdings.get(item) ?? List<Holding>();
  return holdings.filter(({ source, holder }) => !hasAct(person, source, holder)).toArray();
}

function hasAct(person: ActivePerson, source: Holding['source'], holder: Holder): boolean {
  if (source.kind !== 'disclosure') return false;
  const act = person.acts.get(source.disclosure);
  return act !== undefined && act.recipients.some((r) => holderKey(r) === holderKey(holder));
}

/** Somebody who told an item before anything on record says how they knew it. */
export interface Unexplained {
  readonly holder: Holder;
  readonly key: string;
  readonly atMs: number;
}

/**
 * Who tells something knows it. Where no holding and no earlier act says how, they are taken to know it from the
 * moment of telling, from a source that nobody recorded: that the origin is not confirmed is a finding, it does not
 * make anybody's knowledge vanish, and what is reported later about them takes nothing away.
 */
export function unexplainedIn(origins: readonly Holding[], edges: readonly Edge[]): readonly Unexplained[] {
  const earliest = new Map<string, number>();
  const learns = (key: string, atMs: number) => earliest.set(key, Math.min(atMs, earliest.get(key) ?? atMs));
  for (const { holder, origin } of origins) learns(holderKey(holder), startMs(origin.effectiveAt));
  for (const { to, atMs } of edges) learns(to, atMs);
  return edges.flatMap(({ act, from, atMs }) => {
    if (from === undefined || act.discloser === undefined) return [];
    return (earliest.get(from) ?? Infinity) <= atMs ? [] : [{ holder: act.discloser, key: from, atMs }];
  });
}

/**
 * When each holder's knowledge is carried by a valid chain: from an origin through acts that have all taken
 * effect and whose bases all hold.
 *
 * The least solution of "a holder is carried by an act when its discloser is": acts in a circle do not carry
 * each other.
 */
export function carriedBy(
  origins: readonly Holding[],
  edges: readonly Edge[],
): ReadonlyMap<string, Intervals> {
  const carried = new Map<string, Intervals>();
  const knows = (key: string, fromMs: number) =>
    carried.set(key, union(carried.get(key) ?? NEVER, interval(fromMs)));
  for (const { holder, origin } of origins) knows(holderKey(holder), startMs(origin.effectiveAt));
  for (const { key, atMs } of unexplainedIn(origins, edges)) knows(key, atMs);
  const ordered = [...edges].sort((a, b) => a.atMs - b.atMs);
  for (let changed = true; changed;) {
    changed = false;
    for (const edge of ordered) {
      const before = carried.get(edge.to) ?? NEVER;
      const after = union(before, supportOf(edge, carried));
      if (sameIntervals(before, after)) continue;
      carried.set(edge.to, after);
      changed = true;
    }
  }
  return carried;
}

/** When one act carries its recipient's knowledge. */
export function supportOf(edge: Edge, carried: ReadonlyMap<string, Intervals>): Intervals {
  const source = edge.from === undefined ? ALWAYS : (carried.get(edge.from) ?? NEVER);
  return intersect(edge.basis, source);
}
