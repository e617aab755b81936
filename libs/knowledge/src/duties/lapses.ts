import {
  consentInForce,
  consentPeriod,
  holderKey,
  institutionOf,
  type Act,
  type ActivePerson,
  type ItemId,
  type Passing,
} from '#person';
import type { Row } from '#read-store';
import {
  addDays,
  ALWAYS,
  civilDate,
  complement,
  covers,
  dayOf,
  FOREVER_MS,
  instantOf,
  intersect,
  interval,
  NEVER,
  startMs,
  union,
  type Intervals,
} from '#time';
import type { Telling } from '../tellings.js';
import type { ItemWays, Way } from '../ways.js';
import { dutyRow } from './duties.projection.js';
import { dischargedMs, passingsOf } from './fulfilled.js';
import type { Owed } from './owing.js';

/** As long as whoever is told of a withdrawal has. */
const ANSWER_DAYS = 30;

/** A way that carried its holder’s knowledge until a consent was over. */
interface Lapsed {
  readonly way: Way & { readonly telling: Telling };
  readonly atMs: number;
  /** When it would carry it from then on, if consents given since counted as well. */
  readonly again: Intervals;
}

/**
 * What a holder owes about an item, once a consent that it rested on is over or has lapsed at majority: to purge it
 * where nothing else carries it, else to acknowledge. Written ahead, from the last day of what was agreed to.
 */
export function lapseRows(reading: Reading, holder: string): readonly Row[] {
  const { person, item } = reading;
  const own = reading.ways.of(holder);
  const [first] = own;
  if (!first || first.holder.kind === 'unknown') return [];
  const lapsed = lapsedAmong(reading, own);
  if (lapsed.length === 0) return [];
  const subject = `${item} ${holder}`;
  return [...purgesOwed(person, item, own, lapsed), ...acknowledgementsOwed(person, item, own, lapsed)].map(
    ({ act, owed }, k) =>
      dutyRow(person, owed, {
        subject,
        about: 'disclosure',
        id: act.disclosure,
        n: placeOf(act, item, holder) + k,
      }),
  );
}

/** Duties on one act are told apart by item and recipient; what the act itself leaves to be done comes before. */
function placeOf({ items, recipients }: Act, item: ItemId, holder: string): number {
  const row = items.findIndex((one) => one.item === item);
  const column = recipients.findIndex((one) => holderKey(one) === holder);
  return 1_000_000 + (row * recipients.length + column) * 10_000;
}

/** One item of a person, with what was found out about it; much is asked of many holders and acts again. */
export interface Reading {
  readonly person: ActivePerson;
  readonly item: ItemId;
  readonly ways: ItemWays;
  /** Epoch ms at which consents end by themselves. */
  readonly ends: ReadonlySet<number>;
  /** Sorts of passing. */
  readonly agreed: Map<string, Intervals>;
  /** By the moment from which on. */
  readonly held: Map<number, Map<Way, Intervals>>;
}

export function readingOf(person: ActivePerson, item: ItemId, ways: ItemWays): Reading {
  return { person, item, ways, ends: endsOf(person), agreed: new Map(), held: new Map() };
}

function endsOf(person: ActivePerson): ReadonlySet<number> {
  const ends = [...person.consents.values()].map((consent) => consentPeriod(person, consent).untilMs);
  return new Set(ends.filter((ms) => ms < FOREVER_MS));
}

function lapsedAmong(reading: Reading, own: readonly Way[]): readonly Lapsed[] {
  if (reading.ends.size === 0) return [];
  return own.flatMap((way): readonly Lapsed[] => {
    const atMs = way.carried.find(([, to]) => reading.ends.has(to))?.[1];
    if (!isTold(way) || atMs === undefined) return [];
    return [{ way, atMs, again: heldFrom(reading, way, atMs) }];
  });
}

function isTold(way: Way): way is Lapsed['way'] {
  return way.telling !== undefined;
}

/**
 * Along the chain: where nothing carried the discloser’s knowledge either, what was agreed to since counts there too.
 * Chains meet again and again, so each way is asked once.
 */
function heldFrom(reading: Reading, way: Way, fromMs: number): Intervals {
  const known = reading.held.get(fromMs) ?? new Map<Way, Intervals>();
  reading.held.set(fromMs, known);
  const held = known.get(way) ?? heldAlong(reading, way, fromMs);
  known.set(way, held);
  return held;
}

function heldAlong(reading: Reading, way: Way, fromMs: number): Intervals {
  const { telling } = way;
  if (!telling) return way.carried;
  const agreed = intersect(agreedFrom(reading, telling, way), interval(fromMs));
  if (agreed.length === 0 || telling.from === undefined) return agreed;
  return intersect(agreed, sourceFrom(reading, telling.from, telling.act, fromMs));
}

function sourceFrom(reading: Reading, from: string, { disclosure }: Act, fromMs: number): Intervals {
  const before = reading.ways.ofBefore(from, disclosure);
  let holding = NEVER;
  for (const one of before) {
    // Who has it by themselves could tell it on all of the date of the act.
    if (!one.telling) return ALWAYS;
    if (!covers(one.carried, fromMs)) continue;
    holding = union(holding, one.carried);
    // Nothing that it learnt besides makes it hold any longer.
    if (covers(one.carried, FOREVER_MS - 1)) break;
  }
  if (holding.length > 0) return holding;
  return before.map((one) => heldFrom(reading, one, fromMs)).reduce(union, NEVER);
}

/** When the act’s own basis holds, or any consent to what it passes on. */
function agreedFrom(
  { person, item, agreed }: Reading,
  { act, from, recipients }: Telling,
  way: Way,
): Intervals {
  const [passing] = passingsOf(person, { act, recipient: way.holder, items: [item] });
  const key = [from, way.to, passing!.purpose, passing!.category].join(' ');
  const since = agreed.get(key) ?? consentedTo(person, passing!);
  agreed.set(key, since);
  const own = recipients.filter(({ to }) => to === way.to).map(({ basis }) => basis);
  return own.reduce(union, since);
}

function consentedTo(person: ActivePerson, passing: Passing): Intervals {
  return [...person.consents.values()]
    .map((one) => consentInForce(person, one, passing))
    .reduce(union, NEVER);
}

interface OnAct {
  readonly act: Act;
  readonly owed: Owed;
}

/** From each moment on at which nothing is left, until something is again, or until the purge. */
function purgesOwed(
  person: ActivePerson,
  item: ItemId,
  own: readonly Way[],
  lapsed: readonly Lapsed[],
): readonly OnAct[] {
  const held = [...own.map(({ carried }) => carried), ...lapsed.map(({ again }) => again)].reduce(
    union,
    NEVER,
  );
  return complement(held).flatMap(([fromMs, toMs]): readonly OnAct[] => {
    // Whatever somebody’s word ended has its notice.
    const last = lapsed.findLast(({ atMs, again }) =>
      [[0, atMs] as const, ...again].some(([, to]) => to === fromMs),
    );
    if (!last) return [];
    const doneMs = Math.min(toMs, purgedMs(person, item, own, fromMs));
    return doneMs <= fromMs ? [] : [owedOn(item, last, { kind: 'purge-on-lapse', sinceMs: fromMs, doneMs })];
  });
}

function acknowledgementsOwed(
  person: ActivePerson,
  item: ItemId,
  own: readonly Way[],
  lapsed: readonly Lapsed[],
): readonly OnAct[] {
  const known = new Map<number, boolean>();
  return lapsed.flatMap((one): readonly OnAct[] => {
    const { way, atMs, again } = one;
    // The way itself ends at this moment: whoever covers it is another.
    const isKnown = known.get(atMs) ?? own.some((other) => covers(other.carried, atMs));
    known.set(atMs, isKnown);
    if (!isKnown || covers(again, atMs)) return [];
    const kind = 'acknowledge-lapse';
    const doneMs = Math.min(
      again[0]?.[0] ?? FOREVER_MS,
      purgedMs(person, item, own, atMs),
      dischargedMs(way.telling.act, kind, way.holder),
    );
    return doneMs <= atMs ? [] : [owedOn(item, one, { kind, sinceMs: atMs, doneMs })];
  });
}

/** Epoch ms of the first purge of all that the holder had learnt by then; FOREVER_MS: none. */
function purgedMs(person: ActivePerson, item: ItemId, own: readonly Way[], byMs: number): number {
  const learntMs = Math.max(...own.map(({ atMs }) => atMs).filter((ms) => ms <= byMs));
  const key = own[0]!.to;
  return Math.min(
    FOREVER_MS,
    ...(person.purges.get(item)?.toArray() ?? [])
      .filter(({ holder }) => holderKey(holder) === key)
      .map(({ origin }) => startMs(origin.effectiveAt))
      .filter((ms) => ms >= learntMs),
  );
}

function owedOn(item: ItemId, { way }: Lapsed, what: Pick<Owed, 'kind' | 'sinceMs' | 'doneMs'>): OnAct {
  const { act } = way.telling;
  const own = act.discloser && institutionOf(act.discloser);
  const deadline = addDays(civilDate(dayOf(instantOf(what.sinceMs))), ANSWER_DAYS);
  const debtor = { debtor: way.to, institution: institutionOf(way.holder) ?? own, recipient: way.to };
  return { act, owed: { ...debtor, items: [item], deadline, standing: false, ...what } };
}
