import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differing } from './differing.js';

const COLUMNS = ['name', 'n', 'seal'];

describe('rows that differ', () => {
  const cell = fc.record({
    name: fc.constantFrom('a', 'b', undefined),
    n: fc.constantFrom(1, 2, 3, null),
    seal: fc.constantFrom(new Uint8Array([1]), new Uint8Array([2]), null),
    besides: fc.nat(),
  });
  const key = ({ name = null, n, seal }: { name?: unknown; n: unknown; seal: unknown }) =>
    JSON.stringify([name, n, seal]);

  test.each([
    ['few', 6],
    ['many', 60],
  ])('of %s are those that only one side has, each once, in their order', (_, maxLength) => {
    const rows = fc.array(cell, { maxLength });
    const alike = fc.integer({ max: maxLength });
    fc.assert(
      fc.property(rows, rows, alike, (some, others, n) => {
        const open = [...new Map(some.map((row) => [key(row), row])).values()];
        // Copies: bytes that are read are never the same object.
        const before = open
          .slice(0, n)
          .map((row) => ({ ...row, seal: row.seal && new Uint8Array(row.seal) }));
        const wanted = [...before, ...others];
        const { gone, fresh } = differing(open, wanted, COLUMNS);
        const [had, wants] = [new Set(open.map(key)), new Set(wanted.map(key))];
        expect(gone.map(key)).toEqual(open.map(key).filter((one) => !wants.has(one)));
        expect(fresh.map(key)).toEqual([...wants].filter((one) => !had.has(one)));
      }),
    );
  });
});
