import { Temporal } from 'temporal-polyfill';
import type { CivilDate, Effective, Instant } from '#decider';

export const PARIS = 'Europe/Paris';
/** After every date that can be told; stands for "no end". */
export const FOREVER_MS = 8_640_000_000_000_000;

export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instantOf(Date.now()) };

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

export function civilDate(date: string, zone: string = PARIS): CivilDate {
  return { date, zone, precision: 'day' };
}

/** The day on which something took effect, in its own zone (Paris for an instant): `2026-01-09`. */
export function dayOf(when: Effective): string {
  if (typeof when !== 'string') return when.date;
  return Temporal.Instant.from(when).toZonedDateTimeISO(PARIS).toPlainDate().toString();
}

/** Epoch ms at which the date begins. */
export function startMs(when: Effective): number {
  return typeof when === 'string' ? epochMs(when) : dayStartMs(when.date, when.zone);
}

/** Epoch ms of the first moment after it: an instant is one millisecond long, a day lasts the whole day. */
export function endMs(when: Effective): number {
  if (typeof when === 'string') return epochMs(when) + 1;
  const next = Temporal.PlainDate.from(when.date).add({ [`${when.precision}s`]: 1 });
  return dayStartMs(next.toString(), when.zone);
}

/** Months are added in the calendar and clamped: 31 January + 1 month = 28 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return { ...date, date: Temporal.PlainDate.from(date.date).add({ months }).toString() };
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return { ...date, date: Temporal.PlainDate.from(date.date).add({ days }).toString() };
}

const starts = new Map<string, number>();

/** Zone look-ups are slow and dates repeat, so a few thousand are kept. */
function dayStartMs(date: string, zone: string): number {
  const key = `${date} ${zone}`;
  let start = starts.get(key);
  if (start === undefined) {
    start = Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;
    if (starts.size >= 10_000) starts.clear();
    starts.set(key, start);
  }
  return start;
}
