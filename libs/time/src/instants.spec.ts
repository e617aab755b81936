import { describe, expect, it } from '@jest/globals';
import type { CivilDate, Instant } from '#decider';
import {
  addDays,
  addMonths,
  civilDate,
  dayOf,
  endMs,
  epochMs,
  instantOf,
  later,
  startMs,
  systemClock,
} from './instants.js';

const HOUR_MS = 3_600_000;
const utc = (text: string) => Date.parse(text);
const month = (date: string): CivilDate => ({ date, zone: 'Europe/Paris', precision: 'month' });
const year = (date: string): CivilDate => ({ date, zone: 'Europe/Paris', precision: 'year' });

describe('a day in Paris', () => {
  it('starts and ends at midnight there, not in Greenwich', () => {
    expect(startMs(civilDate('2026-01-09'))).toBe(utc('2026-01-08T23:00:00Z'));
    expect(endMs(civilDate('2026-01-09'))).toBe(utc('2026-01-09T23:00:00Z'));
    expect(startMs(civilDate('2026-07-09'))).toBe(utc('2026-07-08T22:00:00Z'));
  });

  it.each([
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-10-26', 24],
  ])('lasts as long as the clocks say: %s has %i hours', (date, hours) => {
    expect(endMs(civilDate(date)) - startMs(civilDate(date))).toBe(hours * HOUR_MS);
  });

  it('is followed at once by the next', () => {
    for (const date of ['2026-03-28', '2026-03-29', '2026-10-24', '2026-10-25', '2026-12-31', '2028-02-28'])
      expect(endMs(civilDate(date))).toBe(startMs(addDays(civilDate(date), 1)));
  });

  it('is told of an instant by the clocks of Paris', () => {
    expect(dayOf('2026-01-08T22:59:59.999Z' as Instant)).toBe('2026-01-08');
    expect(dayOf('2026-01-08T23:00:00.000Z' as Instant)).toBe('2026-01-09');
    expect(dayOf('2026-07-08T22:00:00.000Z' as Instant)).toBe('2026-07-09');
    expect(dayOf(civilDate('2026-01-09', 'America/Martinique'))).toBe('2026-01-09');
  });

  it('starts later overseas', () => {
    expect(startMs(civilDate('2026-01-09', 'America/Martinique'))).toBe(utc('2026-01-09T04:00:00Z'));
    expect(startMs(civilDate('2026-01-09', 'Indian/Reunion'))).toBe(utc('2026-01-08T20:00:00Z'));
  });
});

describe('a less precise date', () => {
  it('lasts its whole month or year', () => {
    expect(endMs(month('2026-02-01'))).toBe(startMs(civilDate('2026-03-01')));
    expect(endMs(month('2026-12-01'))).toBe(startMs(civilDate('2027-01-01')));
    expect(endMs(year('2028-01-01')) - startMs(year('2028-01-01'))).toBe(366 * 24 * HOUR_MS);
  });
});

describe('an instant', () => {
  it('lasts one millisecond', () => {
    const instant = '2026-01-09T10:00:00.123Z' as Instant;
    expect(endMs(instant) - startMs(instant)).toBe(1);
    expect(instantOf(epochMs(instant))).toBe(instant);
  });

  it('is later as text when it is later', () => {
    const [early, late] = ['2026-01-09T10:00:00.000Z', '2026-01-09T10:00:00.001Z'] as Instant[];
    expect(later(early!, late!)).toBe(late);
    expect(later(late!, early!)).toBe(late);
    expect(later(early!, early!)).toBe(early);
  });

  it('is told by the system clock in UTC with milliseconds', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/);
  });
});

describe('adding to a date', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-01-15', 24, '2028-01-15'],
  ])('%s and %i months is %s: never a day that does not exist', (date, months, expected) => {
    expect(addMonths(civilDate(date), months)).toEqual(civilDate(expected));
  });

  it('keeps zone and precision', () => {
    const date: CivilDate = { date: '2026-01-01', zone: 'Indian/Reunion', precision: 'month' };
    expect(addMonths(date, 2)).toEqual({ ...date, date: '2026-03-01' });
    expect(addDays(civilDate('2026-02-27', 'Indian/Reunion'), 2)).toEqual(
      civilDate('2026-03-01', 'Indian/Reunion'),
    );
  });
});
