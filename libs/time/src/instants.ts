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
  const { date, precision, zone } = when;
  return remembered(`${date} ${zone} ${precision}`, () =>
    Temporal.PlainDate.from(date)
      .add({ [`${precision}s`]: 1 })
      .toZonedDateTime(zone),
  );
}

/** Months are added in the calendar and clamped: 31 January + 1 month = 28 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return { ...date, date: Temporal.PlainDate.from(date.date).add({ months }).toString() };
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return { ...date, date: Temporal.PlainDate.from(date.date).add({ days }).toString() };
}

/** Whole days from one calendar day to another, `2026-01-09`; negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

const known = new Map<string, number>();

function dayStartMs(date: string, zone: string): number {
  return remembered(`${date} ${zone}`, () => Temporal.PlainDate.from(date).toZonedDateTime(zone));
}

/** Zone look-ups are slow and dates repeat, so a few thousand are kept. */
function remembered(key: string, moment: () => Temporal.ZonedDateTime): number {
  let ms = known.get(key);
  if (ms === undefined) {
    ms = moment().epochMilliseconds;
    if (known.size >= 10_000) known.clear();
    known.set(key, ms);
  }
  return ms;
}
