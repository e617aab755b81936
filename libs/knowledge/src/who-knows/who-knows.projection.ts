import { holderKey, institutionOf, type ActivePerson, type ItemId, type Purge } from '#person';
import { covers, endMs, FOREVER_MS, interval, NEVER, startMs, union, type Intervals } from '#time';
import type { Table } from '#read-store';
import { ItemWays, type Way } from '../ways.js';

export const STATUSES = [
  'in-use',
  'contested',
  'due-for-purge',
  'basis-withdrawn',
  'purged',
  'unforgettable',
] as const;
export type Status = (typeof STATUSES)[number];

/** One holder's knowledge of one item, over one stretch of valid time (epoch ms, half-open). */
export interface Knowledge {
  readonly item: ItemId;
  readonly holder: string;
  readonly institution: string | null;
  readonly validFrom: number;
  readonly validTo: number;
  readonly status: Status;
  /** The act that gives the best status; null where the holder learnt it by themselves. */
  readonly disclosure: string | null;
  readonly since: number;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly until: number | null;
}

export const KNOWLEDGE: Table = {
  name: 'knowledge',
  columns: {
    person: 'TEXT',
    item: 'TEXT',
    holder: 'TEXT',
    institution: 'TEXT',
    valid_from: 'INTEGER',
    valid_to: 'INTEGER',
    status: 'TEXT',
    disclosure: 'TEXT',
    since: 'INTEGER',
    purpose: 'TEXT',
    basis: 'TEXT',
    until: 'INTEGER',
  },
  scope: ['person', 'item'],
  indexes: [['institution', 'status', 'recorded_to']],
};

/** One way in which a holder came to know. */
interface Acquisition {
  readonly atMs: number;
  readonly carried: Intervals;
  readonly contested: Intervals;
  /** Epoch ms after which it should be gone; FOREVER_MS where no end was set. */
  readonly untilMs: number;
  readonly disclosure: string | null;
  readonly purpose: string | null;
  readonly basis: string | null;
}

/** Who knows this item, over all of valid time, as far as this state tells. */
export function knowledgeOf(person: ActivePerson, item: ItemId): readonly Knowledge[] {
  const ways = ItemWays.of(person, item);
  return [...ways.holders].flatMap((holder) => knowledgeBy(person, item, holder, ways.of(holder)));
}

/** What one holder knows of it, and came to know in these ways. */
export function knowledgeBy(
  person: ActivePerson,
  item: ItemId,
  holder: string,
  ways: readonly Way[],
): readonly Knowledge[] {
  if (ways.length === 0) return [];
  const purges = person.purges.get(item)?.filter((purge) => holderKey(purge.holder) === holder) ?? [];
  const institution = institutionOf(ways[0]!.holder) ?? null;
  return stretches(ways.map(acquisition), [...purges]).map((stretch) => ({
    item,
    holder,
    institution,
    ...stretch,
  }));
}

function acquisition({ telling, atMs, carried, purpose }: Way): Acquisition {
  const way = { atMs, carried, purpose };
  if (!telling) return { ...way, contested: NEVER, untilMs: FOREVER_MS, disclosure: null, basis: null };
  const { act } = telling;
  const contests = act.contests.map(({ from, until }) =>
    interval(startMs(from), until ? startMs(until) : FOREVER_MS),
  );
  return {
    ...way,
    contested: contests.reduce(union, NEVER),
    untilMs: act.retainUntil ? endMs(act.retainUntil) : FOREVER_MS,
    disclosure: act.disclosure,
    basis: act.basis?.provision ?? (act.basis?.restsOn === 'consent' ? 'consent' : null),
  };
}

type Stretch = Omit<Knowledge, 'item' | 'holder' | 'institution'>;

function stretches(acquisitions: readonly Acquisition[], purges: readonly Purge[]): readonly Stretch[] {
  const bounds = boundsOf(acquisitions, purges);
  const result: Stretch[] = [];
  for (const [i, from] of bounds.entries()) {
    const state = stateAt(from, acquisitions, purges);
    if (!state) continue;
    const validTo = bounds[i + 1] ?? FOREVER_MS;
    const last = result.at(-1);
    if (last && last.validTo === from && sameState(last, state))
      result[result.length - 1] = { ...last, validTo };
    else result.push({ ...state, validFrom: from, validTo });
  }
  return result;
}

/** Every moment at which the answer can change, from the first acquisition on. */
function boundsOf(acquisitions: readonly Acquisition[], purges: readonly Purge[]): readonly number[] {
  const first = Math.min(...acquisitions.map((a) => a.atMs));
  const moments = acquisitions.flatMap((a) => [
    a.atMs,
    a.untilMs,
    ...a.carried.flat(),
    ...a.contested.flat(),
  ]);
  const purged = purges.map((purge) => startMs(purge.origin.effectiveAt));
  const all = new Set([...moments, ...purged].filter((ms) => ms >= first && ms < FOREVER_MS));
  return [...all].sort((a, b) => a - b);
}

type StateAt = Omit<Stretch, 'validFrom' | 'validTo'>;

function stateAt(
  ms: number,
  acquisitions: readonly Acquisition[],
  purges: readonly Purge[],
): StateAt | undefined {
  const known = acquisitions.filter((a) => a.atMs <= ms);
  if (known.length === 0) return undefined;
  const purge = lastPurge(purges, ms);
  const purgedMs = purge ? startMs(purge.origin.effectiveAt) : -FOREVER_MS;
  const since = known.filter((a) => a.atMs > purgedMs);
  const standing = since.length > 0 ? since : known;
  const best = standing.reduce((a, b) => (RANK[statusAt(ms, b)] < RANK[statusAt(ms, a)] ? b : a));
  const gone = purge?.remains === 'nothing' ? 'purged' : 'unforgettable';
  return {
    status: since.length > 0 ? statusAt(ms, best) : gone,
    disclosure: best.disclosure,
    since: Math.min(...standing.map((a) => a.atMs)),
    purpose: best.purpose,
    basis: best.basis,
    until: best.untilMs === FOREVER_MS ? null : best.untilMs,
  };
}

/** The later purge counts; of two at one moment, the one recorded later. */
function lastPurge(purges: readonly Purge[], ms: number): Purge | undefined {
  return purges
    .filter((purge) => startMs(purge.origin.effectiveAt) <= ms)
    .reduce<Purge | undefined>(
      (last, purge) =>
        last && startMs(last.origin.effectiveAt) > startMs(purge.origin.effectiveAt) ? last : purge,
      undefined,
    );
}

const RANK = { 'in-use': 0, contested: 1, 'due-for-purge': 2, 'basis-withdrawn': 3 } as const;

function statusAt(ms: number, acquisition: Acquisition): keyof typeof RANK {
  if (!covers(acquisition.carried, ms)) return 'basis-withdrawn';
  if (ms >= acquisition.untilMs) return 'due-for-purge';
  return covers(acquisition.contested, ms) ? 'contested' : 'in-use';
}

function sameState(a: Stretch, b: StateAt): boolean {
  return (
    a.status === b.status &&
    a.disclosure === b.disclosure &&
    a.since === b.since &&
    a.purpose === b.purpose &&
    a.basis === b.basis &&
    a.until === b.until
  );
}
