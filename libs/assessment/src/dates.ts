import type { Effective } from '#decider';
import { addDays, addMonths, dayOf, endMs, parseEffective, remembered, startMs } from '#time';
import type { PersonFacts, Period } from './facts.js';

/** A last day counts as a whole. */
export function inForce(period: Period, at: Effective): boolean {
  return hasBegun(period.validFrom, at) && !isOver(period, at);
}

export function hasBegun(since: Effective, at: Effective): boolean {
  return startMs(since) < endMs(at);
}

export function isOver(period: Period, at: Effective): boolean {
  return period.validUntil !== undefined && startMs(at) >= endMs(period.validUntil);
}

/** Before the act, where the same civil day counts as before. */
export function byTheDayOf(told: Effective, act: Effective): boolean {
  return dayOf(told) <= dayOf(act);
}

export type Age = 'minor' | 'adult' | 'unknown';

/** The first and the last day on which the eighteenth birthday may fall; one day where the birth date is known. */
interface Majority {
  readonly earliest: string;
  readonly latest: string;
}

/** Adult from the eighteenth birthday; unknown while a birth date known by month or year leaves it open. */
export function ageAt({ birthDate }: PersonFacts, at: Effective): Age {
  const majority = birthDate === undefined ? 'unknown' : majorityOf(birthDate);
  if (majority === 'unknown') return 'unknown';
  const day = dayOf(at);
  if (day >= majority.latest) return 'adult';
  return day < majority.earliest ? 'minor' : 'unknown';
}

/** A person's age is asked for at every word they said. */
const majorityOf = remembered((birthDate): Majority | 'unknown' => {
  const born = parseEffective(birthDate);
  if (born === undefined || typeof born === 'string') return 'unknown';
  const earliest = addMonths(born, 18 * 12);
  const width = { day: 0, month: 1, year: 12 }[born.precision];
  const latest = width === 0 ? earliest : addDays(addMonths(earliest, width), -1);
  return { earliest: earliest.date, latest: latest.date };
});

/** What the last assessment of capacity up to then found; nothing where there was none. */
export function assessedAble({ capacity }: PersonFacts, at: Effective): boolean | undefined {
  const known = capacity.filter((c) => hasBegun(c.at, at));
  const last = known.reduce<(typeof known)[number] | undefined>(
    (a, b) => (a === undefined || compareTold(b.at, a.at) >= 0 ? b : a),
    undefined,
  );
  return last?.ableToDecide;
}

/**
 * Which of two was said later, as far as the dates tell: to the millisecond where both are told so precisely, else
 * by the day. 0: the recorded order must tell.
 */
export function compareTold(a: Effective, b: Effective): number {
  const exact = typeof a === 'string' && typeof b === 'string';
  const [x, y] = exact ? [a, b] : [dayOf(a), dayOf(b)];
  return x === y ? 0 : x > y ? 1 : -1;
}

/** An adult is presumed able to decide; a minor, and one whose age is unknown, only when assessed so. */
export function ableToDecide(person: PersonFacts, at: Effective): boolean {
  return assessedAble(person, at) ?? ageAt(person, at) === 'adult';
}
