import { comesBefore, comparePlaces, isHolding, type Place } from '#person';
import { groupedBy, inOrder, type EdgeView } from '../graph.js';

export interface TrailStart {
  readonly item?: string;
  readonly disclosure?: string;
  readonly direction: 'forward' | 'backward';
}

export interface Hop {
  readonly hop: number;
  readonly edge: EdgeView;
}

/**
 * Breadth first, so that the nearest hops come first and each passing is walked once. A path never goes back in
 * time: forward it takes only what came after (see `comesBefore`), backward only what came before.
 */
export function walk(edges: readonly EdgeView[], start: TrailStart): readonly Hop[] {
  const ordered = inOrder(edges);
  const steps = start.direction === 'forward' ? new Forward(ordered) : new Backward(ordered);
  const starts = start.disclosure
    ? ordered.filter((edge) => edge.disclosure === start.disclosure)
    : ordered.filter((edge) => steps.isEnd(edge));
  const seen = new Set(starts);
  const hops: Hop[] = starts.map((edge) => ({ hop: 1, edge }));
  for (let i = 0; i < hops.length; i++)
    for (const edge of steps.from(hops[i]!.edge)) {
      if (seen.has(edge)) continue;
      seen.add(edge);
      hops.push({ hop: hops[i]!.hop + 1, edge });
    }
  return hops;
}

/** What was passed on after it came. What one passing has led to, no other needs to look at again. */
class Forward {
  private readonly given: ReadonlyMap<string, EdgeView[]>;
  private readonly learnt: Learnt;

  constructor(edges: readonly EdgeView[]) {
    this.given = groupedBy(edges, giver);
    this.learnt = new Learnt(edges);
  }

  /** Where chains begin: nothing earlier brought it to the discloser. */
  isEnd(edge: EdgeView): boolean {
    return !this.learnt.isBefore(edge);
  }

  from(edge: EdgeView): readonly EdgeView[] {
    const given = this.given.get(receiver(edge)) ?? [];
    // The acts whose dates last until then stand here and there.
    if (isHolding(edge.place)) return given.filter((act) => comesBefore(edge.place, act.place));
    return given.splice(indexAfter(given, edge.place));
  }
}

/** What brought it before it was passed on. */
class Backward {
  private readonly given: ReadonlyMap<string, EdgeView[]>;
  private readonly learnt: Learnt;

  constructor(edges: readonly EdgeView[]) {
    this.given = groupedBy(edges, giver);
    this.learnt = new Learnt(edges);
  }

  /** Where chains end: the holder passed it to nobody afterwards. */
  isEnd(edge: EdgeView): boolean {
    const given = this.given.get(receiver(edge)) ?? [];
    if (isHolding(edge.place)) return !given.some((act) => comesBefore(edge.place, act.place));
    return indexAfter(given, edge.place) === given.length;
  }

  from(edge: EdgeView): readonly EdgeView[] {
    return this.learnt.takeBefore(edge);
  }
}

/** How holders learnt, by themselves and otherwise: of each, what came before an act stands in front. */
class Learnt {
  private readonly byThemselves: ReadonlyMap<string, EdgeView[]>;
  private readonly otherwise: ReadonlyMap<string, EdgeView[]>;

  constructor(edges: readonly EdgeView[]) {
    this.byThemselves = groupedBy(edges, (edge) => (isHolding(edge.place) ? receiver(edge) : undefined));
    this.otherwise = groupedBy(edges, (edge) => (isHolding(edge.place) ? undefined : receiver(edge)));
  }

  isBefore(act: EdgeView): boolean {
    const from = giver(act);
    if (from === undefined) return false;
    const firsts = [this.byThemselves.get(from)?.[0], this.otherwise.get(from)?.[0]];
    return firsts.some((first) => first !== undefined && comesBefore(first.place, act.place));
  }

  takeBefore(act: EdgeView): readonly EdgeView[] {
    const from = giver(act);
    if (from === undefined) return [];
    const own = takenBefore(this.byThemselves.get(from), act);
    const others = takenBefore(this.otherwise.get(from), act);
    return own.length === 0 ? others : [...own, ...others];
  }
}

function takenBefore(learnt: EdgeView[] = [], act: EdgeView): readonly EdgeView[] {
  return learnt.splice(
    0,
    indexWhere(learnt, (place) => !comesBefore(place, act.place)),
  );
}

/** Undefined at an origin, and where nobody knows who disclosed. */
function giver({ item, disclosure, from }: EdgeView): string | undefined {
  return disclosure === null || from === null ? undefined : `${item} ${from}`;
}

function receiver({ item, to }: EdgeView): string {
  return `${item} ${to}`;
}

function indexAfter(edges: readonly EdgeView[], place: Place): number {
  return indexWhere(edges, (other) => comparePlaces(other, place) > 0);
}

/** Of the first whose place holds to it; from there on all do. */
function indexWhere(edges: readonly EdgeView[], holds: (place: Place) => boolean): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(edges[middle]!.place)) high = middle;
    else low = middle + 1;
  }
  return low;
}
