import { describe, expect, test } from '@jest/globals';
import { csvRows } from './csv.js';

async function* inPieces(text: string, size: number): AsyncGenerator<string, void> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function rowsOf(text: string, size = text.length): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of csvRows(inPieces(text, size))) rows.push(cells);
  return rows;
}

const EXCEL = 'type;label;n\r\nitem;"a;""b""\r\nc";1\r\n;;\r\nitem;é ;\r\nitem;;3';
const ROWS = [
  ['type', 'label', 'n'],
  ['item', 'a;"b"\r\nc', '1'],
  ['item', 'é', ''],
  ['item', '', '3'],
];

describe('rows of a CSV', () => {
  test.each([1, 2, 3, 7, 1000])('are the same in pieces of %d characters', async (size) => {
    expect(await rowsOf(EXCEL, size)).toEqual(ROWS);
  });

  test('may have commas, where the titles have them', async () => {
    expect(await rowsOf('a,b\n1,"2,3"\n4;5,6\n')).toEqual([
      ['a', 'b'],
      ['1', '2,3'],
      ['4;5', '6'],
    ]);
  });

  test('are numbered as a spreadsheet numbers them', async () => {
    const numbers: number[] = [];
    for await (const { number } of csvRows(inPieces(EXCEL, 9))) numbers.push(number);
    expect(numbers).toEqual([1, 2, 4, 5]);
  });

  test('of an empty file are none', async () => {
    expect(await rowsOf('')).toEqual([]);
  });

  test.each([
    ['that is not closed', 'a;b\n1;2\n"3;4\n'],
    ['inside a plain cell', 'a;b\n1;2\n3" ;4\n'],
    ['that closes too soon', 'a;b\n1;2\n"3"x;4\n'],
  ])('with a quotation mark %s are refused with their number', async (_, text) => {
    await expect(rowsOf(text)).rejects.toThrow(/^Row 3 is no CSV/);
  });

  test('that never end are refused before they fill the memory', async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<string, void> {
      yield 'a;b\n"';
      for (; given < 1000; given++) yield 'x'.repeat(65_536);
    }
    const reading = async () => {
      for await (const { number } of csvRows(endless())) expect(number).toBe(1);
    };
    await expect(reading()).rejects.toThrow(/^Row 2 is no CSV: it does not end/);
    expect(given).toBeLessThan(10);
  });
});
