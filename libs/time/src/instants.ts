import { Temporal } from 'temporal-polyfill';
import type { CivilDate, Effective, Instant } from '#decider';
import { remembered } from './remembered.js';

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
  return parisDay(when);
}

// Pure, as below: a page that asks for no day is bundled without the calendar.
const parisDay = /* @__PURE__ */ remembered((instant) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(PARIS).toPlainDate().toString(),
);

/** Epoch ms at which the date begins. */
export function startMs(when: Effective): number {
  return typeof when === 'string' ? epochMs(when) : boundsOf(when).startMs;
}

/** Epoch ms of the first moment after it: an instant is one millisecond long, a day lasts the whole day. */
export function endMs(when: Effective): number {
  return typeof when === 'string' ? epochMs(when) + 1 : boundsOf(when).endMs;
}

interface Bounds {
  readonly startMs: number;
  readonly endMs: number;
}

/** Zone look-ups are slow, and the dates of a state are asked for again and again. */
const known = new WeakMap<CivilDate, Bounds>();

function boundsOf(civil: CivilDate): Bounds {
  const found = known.get(civil);
  if (found) return found;
  const { date, precision, zone } = civil;
  const bounds = namedBounds(`${date} ${precision} ${zone}`);
  known.set(civil, bounds);
  return bounds;
}

/** Every event that is read brings dates of its own, but mostly the same days. */
const namedBounds = /* @__PURE__ */ remembered((name): Bounds => {
  const [date, precision, zone] = name.split(' ') as [string, string, string];
  const first = Temporal.PlainDate.from(date);
  return {
    startMs: first.toZonedDateTime(zone).epochMilliseconds,
    endMs: first.add({ [`${precision}s`]: 1 }).toZonedDateTime(zone).epochMilliseconds,
  };
});

/** Months are added in the calendar and clamped: 31 January + 1 month = 28 February. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  return { ...date, date: dayAfter(`${date.date} ${months} months`) };
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return { ...date, date: dayAfter(`${date.date} ${days} days`) };
}

const dayAfter = /* @__PURE__ */ remembered((sum) => {
  const [date, n, unit] = sum.split(' ') as [string, string, 'days' | 'months'];
  return Temporal.PlainDate.from(date)
    .add({ [unit]: Number(n) })
    .toString();
});

/** Whole days from one calendar day to another, `2026-01-09`; negative backwards. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}
