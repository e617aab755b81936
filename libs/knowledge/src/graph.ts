import { comesBefore, comparePlaces, isHolding, type Place } from '#person';

/** One act passing one item to one recipient, or a holding that starts a chain, as a date pair shows it. */
export interface EdgeView {
  readonly item: string;
  /** Null: the holder learnt it by themselves, see `source`. */
  readonly disclosure: string | null;
  readonly from: string | null;
  readonly to: string;
  readonly place: Place;
  /** Where the read models keep the rest of it. */
  readonly row: number;
}

/** The disclosures that lead from an origin to a holder, told from their end. */
export interface Chain {
  readonly length: number;
  readonly last?: { readonly disclosure: string; readonly before: Chain };
}

const ORIGIN: Chain = { length: 0 };

/**
 * For each passing of one item, the shortest chain that ends with it; of two as short, the earlier. A chain never
 * goes back in time: what came after an act is no source of what it told. It begins with a holder who learnt it by
 * themselves, or with a discloser of whom nothing earlier says how they knew.
 */
export function shortestChains(edges: readonly EdgeView[]): ReadonlyMap<EdgeView, Chain> {
  const chains = new Map<EdgeView, Chain>();
  const best = new Map<string, Chain>();
  const ordered = inOrder(edges);
  const own = groupedBy(ordered, ({ to, place }) => (isHolding(place) ? to : undefined));
  const chainTo = (from: string, act: Place) => {
    const first = own.get(from)?.[0];
    return (first && comesBefore(first.place, act) ? ORIGIN : best.get(from)) ?? ORIGIN;
  };
  for (const together of byPlace(ordered)) {
    for (const edge of together) {
      const { disclosure, from, place } = edge;
      const before = from === null ? ORIGIN : chainTo(from, place);
      chains.set(
        edge,
        disclosure === null ? ORIGIN : { length: before.length + 1, last: { disclosure, before } },
      );
    }
    for (const edge of together) {
      const chain = chains.get(edge)!;
      if (chain.length < (best.get(edge.to)?.length ?? Infinity)) best.set(edge.to, chain);
    }
  }
  return chains;
}

/** From the origin on. */
export function disclosuresOf(chain: Chain): readonly string[] {
  const disclosures: string[] = [];
  for (let at = chain; at.last; at = at.last.before) disclosures.push(at.last.disclosure);
  return disclosures.reverse();
}

/** Passings of one act stand together, since none of them is the source of another. */
function byPlace(ordered: readonly EdgeView[]): readonly (readonly EdgeView[])[] {
  const groups: EdgeView[][] = [];
  for (const edge of ordered) {
    const group = groups.at(-1);
    if (group && comparePlaces(group[0]!.place, edge.place) === 0) group.push(edge);
    else groups.push([edge]);
  }
  return groups;
}

export function inOrder(edges: readonly EdgeView[]): readonly EdgeView[] {
  return [...edges].sort((a, b) => comparePlaces(a.place, b.place));
}

/** Each group keeps the order; what has no key is left out. */
export function groupedBy<T>(
  all: Iterable<T>,
  key: (one: T) => string | undefined,
): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const at = key(one);
    if (at === undefined) continue;
    const group = groups.get(at);
    if (group) group.push(one);
    else groups.set(at, [one]);
  }
  return groups;
}
