import { comparePlaces, type Place } from '#person';
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
 * time: forward it takes only what came after (see Place), backward only what came before.
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
  private readonly received: ReadonlyMap<string, EdgeView[]>;

  constructor(edges: readonly EdgeView[]) {
    this.given = groupedBy(edges, giver);
    this.received = groupedBy(edges, receiver);
  }

  /** Where chains begin: nothing earlier brought it to the discloser. */
  isEnd(edge: EdgeView): boolean {
    const from = giver(edge);
    return from === undefined || indexFrom(this.received.get(from) ?? [], edge.place) === 0;
  }

  from(edge: EdgeView): readonly EdgeView[] {
    const given = this.given.get(receiver(edge));
    return given?.splice(indexAfter(given, edge.place)) ?? [];
  }
}

/** What brought it before it was passed on. */
class Backward {
  private readonly given: ReadonlyMap<string, EdgeView[]>;
  private readonly received: ReadonlyMap<string, EdgeView[]>;

  constructor(edges: readonly EdgeView[]) {
    this.given = groupedBy(edges, giver);
    this.received = groupedBy(edges, receiver);
  }

  /** Where chains end: the holder passed it to nobody afterwards. */
  isEnd(edge: EdgeView): boolean {
    const given = this.given.get(receiver(edge)) ?? [];
    return indexAfter(given, edge.place) === given.length;
  }

  from(edge: EdgeView): readonly EdgeView[] {
    const from = giver(edge);
    const received = from === undefined ? undefined : this.received.get(from);
    return received?.splice(0, indexFrom(received, edge.place)) ?? [];
  }
}

/** Undefined at an origin, and where nobody knows who disclosed. */
function giver({ item, disclosure, from }: EdgeView): string | undefined {
  return disclosure === null || from === null ? undefined : `${item} ${from}`;
}

function receiver({ item, to }: EdgeView): string {
  return `${item} ${to}`;
}

function indexFrom(edges: readonly EdgeView[], place: Place): number {
  return indexWhere(edges, (other) => comparePlaces(other, place) >= 0);
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
