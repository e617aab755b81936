import type { Purge } from '#person';
import { complement, FOREVER_MS, intersect, interval, startMs, subtract, type Intervals } from '#time';

export const STATUSES = [
  'in-use',
  'contested',
  'due-for-purge',
  'basis-withdrawn',
  'purged',
  'unforgettable',
] as const;
export type Status = (typeof STATUSES)[number];

/** One way in which a holder came to know. */
export interface Acquisition {
  readonly atMs: number;
  readonly carried: Intervals;
  readonly contested: Intervals;
  /** Epoch ms after which it should be gone; FOREVER_MS where no end was set. */
  readonly untilMs: number;
  readonly disclosure: string | null;
  readonly purpose: string | null;
  readonly basis: string | null;
  /** By hearing a report in a session: what is to become of it is the session's to say. */
  readonly tabled: boolean;
}

/** How somebody knows over one stretch of valid time (epoch ms, half-open). */
export interface Stretch {
  readonly validFrom: number;
  readonly validTo: number;
  readonly status: Status;
  /** The act that gives the best status; null where the holder learnt it by themselves. */
  readonly disclosure: string | null;
  readonly since: number;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly until: number | null;
  readonly tabled: boolean;
}

/** Over all of time: between two purges counts what was learnt since the one before; after one, until it is learnt anew, what remains. */
export function stretches(all: readonly Acquisition[], purges: readonly Purge[]): readonly Stretch[] {
  const marks = inOrder(purges);
  const epochs = [{ purge: undefined, fromMs: -FOREVER_MS }, ...marks];
  const found = epochs.flatMap(({ purge, fromMs }, i) => {
    const toMs = epochs[i + 1]?.fromMs ?? FOREVER_MS;
    const anew = all.filter(({ atMs }) => atMs > fromMs);
    const againMs = Math.min(toMs, ...anew.map(({ atMs }) => atMs));
    const known = best(anew, againMs, toMs);
    if (!purge) return known;
    const gone = purge.remains === 'nothing' ? ('purged' as const) : ('unforgettable' as const);
    const before = all.filter(({ atMs }) => atMs <= fromMs);
    return [...best(before, fromMs, againMs).map((one) => ({ ...one, status: gone })), ...known];
  });
  return joined(found);
}

interface Mark {
  readonly purge: Purge;
  readonly fromMs: number;
}

/** Of two purges at one moment, the one recorded later counts. */
function inOrder(purges: readonly Purge[]): readonly Mark[] {
  const byMs = new Map(purges.map((purge) => [startMs(purge.origin.effectiveAt), purge]));
  return [...byMs].map(([fromMs, purge]) => ({ purge, fromMs })).sort((a, b) => a.fromMs - b.fromMs);
}

/** From the best status to the worst: when an acquisition gives it. */
const RANKS: readonly (readonly [Status, (a: Acquisition) => Intervals])[] = [
  ['in-use', (a) => subtract(kept(a), a.contested)],
  ['contested', (a) => intersect(kept(a), a.contested)],
  ['due-for-purge', (a) => intersect(a.carried, interval(a.untilMs))],
  ['basis-withdrawn', (a) => complement(a.carried)],
];

function kept({ carried, untilMs }: Acquisition): Intervals {
  return intersect(carried, interval(-FOREVER_MS, untilMs));
}

/** The acquisition with the best status takes each moment, the first of equals; what it leaves is for the next. */
function best(acquisitions: readonly Acquisition[], fromMs: number, toMs: number): readonly Stretch[] {
  const since = Math.min(...acquisitions.map(({ atMs }) => atMs));
  const found: Stretch[] = [];
  let left = interval(Math.max(fromMs, since), toMs);
  for (const [status, when] of RANKS)
    for (const acquisition of acquisitions) {
      if (left.length === 0) return found;
      const taken = intersect(left, intersect(when(acquisition), interval(acquisition.atMs)));
      if (taken.length === 0) continue;
      left = subtract(left, taken);
      const { disclosure, purpose, basis, untilMs, tabled } = acquisition;
      const until = untilMs === FOREVER_MS ? null : untilMs;
      for (const [validFrom, validTo] of taken)
        found.push({ validFrom, validTo, status, disclosure, since, purpose, basis, until, tabled });
    }
  return found;
}

function joined(found: readonly Stretch[]): readonly Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of [...found].sort((a, b) => a.validFrom - b.validFrom)) {
    const last = result.at(-1);
    if (last && last.validTo === stretch.validFrom && isSame(last, stretch))
      result[result.length - 1] = { ...last, validTo: stretch.validTo };
    else result.push(stretch);
  }
  return result;
}

function isSame(a: Stretch, b: Stretch): boolean {
  return (
    a.status === b.status &&
    a.disclosure === b.disclosure &&
    a.since === b.since &&
    a.purpose === b.purpose &&
    a.basis === b.basis &&
    a.until === b.until
  );
}
