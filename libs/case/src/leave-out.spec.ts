import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CellResult, Verdict } from '#assessment';
import { personTesting } from '#person';
import { mostDenied, withoutDenied } from './leave-out.js';

const { anIntention, CCAS, id } = personTesting;
const recipient = (n: number) => ({ kind: 'mandate', mandate: id('Mandate', n), institution: CCAS }) as const;

/** One row per item, one letter per recipient: `d` for denied. */
function cells(...rows: readonly string[]): readonly CellResult[] {
  return rows.flatMap((row, i) =>
    [...row].map((letter, r): CellResult => {
      const verdict: Verdict = letter === 'd' ? 'deny' : 'allow';
      return {
        item: id('Item', i),
        recipient: recipient(r),
        level: 'secret',
        disclosure: true,
        verdict,
        points: [],
      };
    }),
  );
}
const out = (...rows: readonly string[]) => {
  const { items, recipients } = mostDenied(cells(...rows));
  return [items.size, recipients.size];
};

describe('what to leave out of a report', () => {
  test.each([
    ['nothing where nothing is denied', ['..', '..'], [0, 0]],
    ['an item that nobody may be told', ['..', 'dd'], [1, 0]],
    ['a recipient who may be told nothing', ['.d', '.d'], [0, 1]],
    ['an item and a recipient', ['..d', 'ddd'], [1, 1]],
    ['one line where one line is enough', ['...', '.d.'], [0, 1]],
  ])('is %s', (_, rows, expected) => {
    expect(out(...rows)).toEqual(expected);
  });

  test('leaves nothing denied, and something where anything is allowed', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
      .chain(([rows, columns]) => {
        const row = fc.string({ unit: fc.constantFrom('.', 'd'), minLength: columns, maxLength: columns });
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    fc.assert(
      fc.property(table, (rows) => {
        const all = cells(...rows);
        const { items, recipients } = mostDenied(all);
        const left = all.filter(
          ({ item, recipient: to }) =>
            !items.has(item) && !recipients.has(`mandate:${(to as { mandate: string }).mandate}`),
        );
        expect(left.some(({ verdict }) => verdict === 'deny')).toBe(false);
        expect(left.length > 0).toBe(all.some(({ verdict }) => verdict === 'allow'));
      }),
    );
  });
});

describe('an act without what is denied', () => {
  const intended = anIntention();
  const two = {
    ...intended,
    act: {
      ...intended.act,
      items: [{ item: id('Item', 0) }, { item: id('Item', 1) }],
      recipients: [recipient(0), recipient(1)],
    },
  };

  test('names what was left out', () => {
    expect(withoutDenied(two, cells('.d', 'dd'))).toMatchObject({
      act: { items: [{ item: id('Item', 0) }], recipients: [recipient(0)] },
      declared: { leftOut: { items: [id('Item', 1)], recipients: [recipient(1)] } },
    });
  });

  test('stays as it is where nothing is denied, or nothing would be left', () => {
    expect(withoutDenied(two, cells('..', '..'))).toBe(two);
    expect(withoutDenied(two, cells('dd', 'dd'))).toBe(two);
  });
});
