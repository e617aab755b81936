import {
  holderKey,
  type ActivePerson,
  type DisclosureId,
  type Holder,
  type Holding,
  type ItemId,
  comesBefore,
  comparePlaces,
  firstFrom,
  placeBefore,
  placeOfAct,
  placeOfHolding,
  type Place,
} from '#person';
import { ALWAYS, covers, intersect, interval, NEVER, sameIntervals, union, type Intervals } from '#time';
import { before, indexAfter } from './placed.js';
import { originsOf, tellingsOf, type Telling, type Told } from './tellings.js';

/** One way in which a holder came to know an item: by themselves, or by an act. */
export interface Way {
  readonly to: string;
  readonly holder: Holder;
  readonly place: Place;
  readonly atMs: number;
  readonly purpose: string | null;
  /** The act; undefined: the holder learnt it by themselves, see `source`. */
  readonly telling?: Telling;
  readonly source: string | null;
  /** When a valid chain carries it: from an origin through acts that have taken effect and whose bases all hold. */
  readonly carried: Intervals;
}

/** What a change of the ways can show in: everybody else's are as they were. */
export interface Touched {
  readonly holders: Set<string>;
  /** Acts whose passings differ. */
  readonly tellings: Set<Telling>;
  /** Holders whose own ways differ. */
  readonly own: Set<string>;
}

interface Known extends Way {
  carried: Intervals;
  /** When this way or one before it carries the holder's knowledge. */
  upTo: Intervals;
}

interface Step {
  readonly telling: Telling;
  readonly place: Place;
  readonly ways: readonly Known[];
  /** Whether its discloser had learnt it by themselves. */
  readonly isOwn: boolean;
  /** Who tells something knows it: where nothing before the act says how, from the moment of telling. */
  root: Known | undefined;
}

/**
 * Every way in which anybody came to know one item, as far as one state of the ledger tells.
 *
 * An act carries its recipients' knowledge while its own basis holds and something that came before the act (see
 * `comesBefore`) carries its discloser's. That order has no circles, so one pass along it settles everything; a new act
 * changes only what comes after it and hangs on it.
 */
export class ItemWays {
  /** Of the acts, ascending. */
  private readonly moments: number[] = [];
  private readonly steps: Step[] = [];
  private readonly byAct = new Map<DisclosureId, Step>();
  private readonly byTeller = new Map<string, Telling[]>();
  private readonly byHolder = new Map<string, Known[]>();
  /** Where the first begins of what each holder learnt by themselves. */
  private readonly firstHolding = new Map<string, Place>();
  private fenced = false;

  constructor(origins: readonly Holding[], tellings: readonly Telling[]) {
    for (const own of origins.map(learnt).sort(byPlace)) {
      this.put(own);
      if (!this.firstHolding.has(own.to)) this.firstHolding.set(own.to, own.place);
    }
    const recorded = [...tellings].sort((a, b) => a.act.origin.revision - b.act.origin.revision);
    const steps = recorded.map((telling) => this.step(telling));
    for (const step of steps.sort(byPlace)) this.insert(step, nothing());
  }

  static of(person: ActivePerson, item: ItemId): ItemWays {
    return new ItemWays(originsOf(person, item), tellingsOf(person, item));
  }

  get holders(): Iterable<string> {
    return this.byHolder.keys();
  }

  /** Whether a session or a term binds what some act passed on. */
  get isFenced(): boolean {
    return this.fenced;
  }

  /** In their order. */
  of(holder: string): readonly Way[] {
    return this.byHolder.get(holder) ?? [];
  }

  /** The act, as it passes the item on; undefined: it does not. */
  tellingOf(disclosure: DisclosureId): Telling | undefined {
    return this.byAct.get(disclosure)?.telling;
  }

  /** Every act in which a holder passed it on. */
  toldBy(holder: string): readonly Telling[] {
    return this.byTeller.get(holder) ?? [];
  }

  /** How a holder had come to know by the act, in their order. */
  ofBefore(holder: string, disclosure: DisclosureId): readonly Way[] {
    const step = this.byAct.get(disclosure);
    return step ? before(this.of(holder), step.place) : [];
  }

  /** An act recorded after all that are here, whenever it took effect. */
  add(telling: Telling): Touched {
    const touched = nothing();
    this.insert(this.step(telling), touched);
    return touched;
  }

  private step(telling: Telling): Step {
    const { act, from } = telling;
    this.fenced ||= act.session !== undefined || act.onward !== undefined;
    const place = placeOfAct(act.effectiveAt, act.origin.revision, this.moments);
    this.moments.splice(firstFrom(this.moments, place.ms), 0, place.ms);
    const ways = telling.recipients.map((told) => way(telling, told, place));
    const own = from === undefined ? undefined : this.firstHolding.get(from);
    const isOwn = own !== undefined && comesBefore(own, place);
    const step: Step = { telling, place, ways, isOwn, root: undefined };
    this.byAct.set(act.disclosure, step);
    if (from !== undefined) {
      const told = this.byTeller.get(from);
      if (told) told.push(telling);
      else this.byTeller.set(from, [telling]);
    }
    return step;
  }

  private insert(step: Step, touched: Touched): void {
    const at = indexAfter(this.steps, step.place);
    this.steps.splice(at, 0, step);
    for (const known of step.ways) this.put(known);
    touched.tellings.add(step.telling);
    for (const { to } of step.ways) touched.holders.add(to);
    this.settle(step, touched);
    for (let i = at + 1; i < this.steps.length; i++) {
      const later = this.steps[i]!;
      if (later.telling.from !== undefined && touched.holders.has(later.telling.from))
        this.settle(later, touched);
    }
  }

  /** Says again what the act carries, from what its discloser knew. */
  private settle(step: Step, touched: Touched): void {
    const source = this.sourceOf(step, touched);
    for (const [i, known] of step.ways.entries()) {
      const carried = intersect(step.telling.recipients[i]!.basis, source);
      if (sameIntervals(carried, known.carried)) continue;
      known.carried = carried;
      this.sumUp(known);
      touched.holders.add(known.to);
    }
  }

  private sourceOf(step: Step, touched: Touched): Intervals {
    const { from, atMs, act } = step.telling;
    if (from === undefined || act.discloser === undefined) return ALWAYS;
    // A day or a month that is told counts from its beginning, also for what the discloser learnt within it.
    if (step.isOwn) return ALWAYS;
    const known = this.toldBefore(from, step);
    const isExplained = known.some(({ source }) => source !== UNKNOWN);
    if (isExplained === (step.root !== undefined)) {
      if (step.root) this.remove(step.root);
      step.root = isExplained
        ? undefined
        : this.put(unexplained(step.telling, from, act.discloser, step.place));
      touched.own.add(from);
      touched.holders.add(from);
    }
    const knew = step.root?.upTo ?? known.at(-1)!.upTo;
    return covers(knew, step.place.ms) ? union(knew, interval(atMs, step.place.ms)) : knew;
  }

  private toldBefore(holder: string, { place, root }: Step): readonly Known[] {
    const ways = this.byHolder.get(holder) ?? [];
    let end = ways.length;
    while (end > 0 && (ways[end - 1] === root || comparePlaces(ways[end - 1]!.place, place) >= 0)) end--;
    return ways.slice(0, end);
  }

  private put(known: Known): Known {
    const ways = this.byHolder.get(known.to);
    if (ways) ways.splice(indexAfter(ways, known.place), 0, known);
    else this.byHolder.set(known.to, [known]);
    this.sumUp(known);
    return known;
  }

  private remove(known: Known): void {
    const ways = this.byHolder.get(known.to)!;
    const at = ways.indexOf(known);
    ways.splice(at, 1);
    if (ways[at]) this.sumUp(ways[at]);
  }

  private sumUp(from: Known): void {
    const ways = this.byHolder.get(from.to)!;
    for (let i = ways.lastIndexOf(from); i < ways.length; i++)
      ways[i]!.upTo = union(ways[i - 1]?.upTo ?? NEVER, ways[i]!.carried);
  }
}

/** Source of what somebody told without anybody saying how they knew. */
const UNKNOWN = 'unknown';

function nothing(): Touched {
  return { holders: new Set(), tellings: new Set(), own: new Set() };
}

function byPlace(a: Pick<Way, 'place'>, b: Pick<Way, 'place'>): number {
  return comparePlaces(a.place, b.place);
}

function learnt({ holder, purpose, source, origin }: Holding): Known {
  const place = placeOfHolding(origin.effectiveAt);
  const own = { to: holderKey(holder), holder, place, atMs: place.ms, purpose, source: source.kind };
  return { ...own, carried: interval(place.ms), upTo: NEVER };
}

/**
 * That the origin is not confirmed is a finding; it makes nobody's knowledge vanish, and what is reported later
 * takes nothing away.
 */
function unexplained({ atMs }: Telling, to: string, holder: Holder, place: Place): Known {
  const own = { to, holder, place: placeBefore(place), atMs, purpose: null, source: UNKNOWN };
  return { ...own, carried: interval(atMs), upTo: NEVER };
}

function way(telling: Telling, { to, holder }: Told, place: Place): Known {
  const { act, atMs } = telling;
  const told = { to, holder, place, atMs, purpose: act.purpose ?? null, telling, source: null };
  return { ...told, carried: NEVER, upTo: NEVER };
}
