import { describe, expect, test } from '@jest/globals';
import { flatten } from './respond.query.js';

describe('a row as cells', () => {
  test('has one cell for each column, in their order, whatever the row has', () => {
    const row = { b: 'two', a: 1, c: { d: true, e: { f: 'deep' } }, left: 'out' };
    expect(flatten(row, ['a', 'b', 'c.d', 'c.e.f'])).toEqual([1, 'two', 'true', 'deep']);
  });

  test('is empty where the row has nothing', () => {
    const columns = ['a', 'a.b', 'a.b.c', 'missing'];
    expect(flatten({ a: null }, columns)).toEqual(['', '', '', '']);
    expect(flatten({ a: 'text' }, ['a.length', 'a.b'])).toEqual(['', '']);
    expect(flatten({ a: undefined }, ['a'])).toEqual(['']);
  });

  test('keeps columns apart that one row has as null and another as an object', () => {
    const columns = ['from.key', 'from.name'];
    expect(flatten({ from: null }, columns)).toEqual(['', '']);
    expect(flatten({ from: { key: 'k', name: 'n' } }, columns)).toEqual(['k', 'n']);
  });

  test('joins lists by a space and writes what they hold as JSON', () => {
    const row = {
      none: [],
      texts: ['a', 'b'],
      lists: [['a', 'b'], []],
      objects: [{ a: 1 }, { b: null }],
      mixed: [1, null],
    };
    expect(flatten(row, ['none', 'texts', 'lists', 'objects', 'mixed'])).toEqual([
      '',
      'a b',
      '["a","b"] []',
      '{"a":1} {"b":null}',
      '1 ',
    ]);
  });

  test('writes an object that no column names further as JSON', () => {
    expect(flatten({ data: { label: 'é', n: [1] } }, ['data'])).toEqual(['{"label":"é","n":[1]}']);
  });

  test('writes a civil date as precisely as it is known', () => {
    const date = (precision: string) => ({ at: { date: '2026-01-09', zone: 'Europe/Paris', precision } });
    expect(['day', 'month', 'year'].flatMap((precision) => flatten(date(precision), ['at']))).toEqual([
      '2026-01-09',
      '2026-01',
      '2026',
    ]);
    expect(flatten({ at: '2026-01-09T10:00:00.000Z' }, ['at'])).toEqual(['2026-01-09T10:00:00.000Z']);
  });
});
