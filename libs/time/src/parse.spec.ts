import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from './instants.js';
import { parseEffective, parseInstant } from './parse.js';

const paris = (date: string, precision: string) => ({ date, zone: 'Europe/Paris', precision });

describe('reading a date', () => {
  it('takes a day, a month or a year, in Paris and with that precision', () => {
    expect(parseEffective('2026-01-09')).toEqual(paris('2026-01-09', 'day'));
    expect(parseEffective('2026-01')).toEqual(paris('2026-01-01', 'month'));
    expect(parseEffective('2026')).toEqual(paris('2026-01-01', 'year'));
    expect(parseEffective('2028-02-29')).toEqual(paris('2028-02-29', 'day'));
    expect(parseEffective('1800')).toEqual(paris('1800-01-01', 'year'));
  });

  it('takes an instant with its offset and tells it in UTC with milliseconds', () => {
    expect(parseEffective('2026-01-09T11:00:00+01:00')).toBe('2026-01-09T10:00:00.000Z');
    expect(parseEffective('2026-01-09T10:00:00Z')).toBe('2026-01-09T10:00:00.000Z');
    expect(parseEffective('2026-01-09T10:00:00.1239Z')).toBe('2026-01-09T10:00:00.123Z');
    expect(parseEffective('2026-12-31T23:30:00-02:00')).toBe('2027-01-01T01:30:00.000Z');
  });

  it.each([
    '',
    ' ',
    '2026-02-30',
    '2026-02-29',
    '2026-13',
    '2026-00-01',
    '2026-01-00',
    '2026-1-9',
    '26-01-09',
    '09/01/2026',
    ' 2026-01-09',
    '2026-01-09 ',
    '2026-01-09\n',
    '2026-01-09Z',
    '20260109',
    '+002026-01-09',
    '-2026-01-09',
    '1799-12-31',
    '0000',
    '２０２６-01-09',
    '2026-W02',
    '2026-009',
    'null',
    'today',
    '2026-01-09; DROP TABLE event',
    '0x7EA-01-09',
  ])('refuses %j', (text) => expect(parseEffective(text)).toBeUndefined());

  it.each([
    '2026-01-09T10:00:00',
    '2026-01-09T25:00:00Z',
    '2026-01-09T10:60:00Z',
    '2026-02-30T10:00:00Z',
    '2026-01-09T10:00:00+25:00',
    '2026-01-09T10:00:00+01',
    '2026-01-09T10:00:00+0100',
    '2026-01-09 10:00:00Z',
    '2026-01-09T10Z',
    '2026-01-09T10:00Z',
    '2026-01-09T100000Z',
    '2026-01-09T10:00:00,5Z',
    '2026-01-09T10:00:00Z[Europe/Paris]',
    '2026-01-09T10:00:00[u-ca=hebrew]Z',
    '2026-01-09T10:00:00Z\n',
    '+002026-01-09T10:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '0000-01-01T00:00:00+01:00',
    '1799-12-31T10:00:00Z',
  ])('refuses the instant %j', (text) => {
    expect(parseEffective(text)).toBeUndefined();
    expect(parseInstant(text)).toBeUndefined();
  });

  it('never throws, and gives only texts that sort by time', () => {
    const pieces = fc.array(fc.constantFrom(...'0123456789-:.TZ+[]uca= '.split('')), { maxLength: 30 });
    const almost = fc.tuple(fc.constantFrom('2026-01-09', '9999-12-31T', '2026'), pieces);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          almost.map(([start, rest]) => start + rest.join('')),
        ),
        (text) => {
          const read = parseEffective(text);
          if (typeof read === 'string') expect(read).toMatch(/^\d{4}-.*Z$/);
          else if (read) expect(read.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('reads back every instant that it can tell', () => {
    const times = fc.integer({ min: Date.parse('1800-01-01'), max: Date.parse('9999-12-31') });
    fc.assert(fc.property(times, (ms) => expect(parseInstant(instantOf(ms))).toBe(instantOf(ms))));
  });
});
