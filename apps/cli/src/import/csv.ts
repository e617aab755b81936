import { CliError } from '../sentence.js';
import { MAX_LINE } from './texts.js';

export interface Row {
  /** As a spreadsheet numbers it, from 1: a line break inside a cell counts for nothing. */
  readonly number: number;
  readonly cells: readonly string[];
}

/**
 * Reads CSV as spreadsheets write it (RFC 4180), row by row: whatever its size, no more than a piece is held. The
 * titles say whether semicolons or commas stand between the cells. Rows without any text are passed by.
 * @throws CliError for what is no CSV
 */
export async function* csvRows(texts: AsyncIterable<string>): AsyncGenerator<Row, void> {
  let rest = '';
  let number = 0;
  let cell: RegExp | undefined;
  const rowsIn = function* (text: string): Generator<Row, void> {
    rest = text;
    cell ??= cellsOf(text);
    for (let taken = cell && rowFrom(text, 0, cell); taken; taken = rowFrom(text, taken.end, cell!)) {
      number++;
      rest = text.slice(taken.end);
      if (taken.cells.some((one) => one !== '')) yield { number, cells: taken.cells };
    }
    if (rest.length > MAX_LINE) throw noCsv(number + 1);
  };
  for await (const text of texts) yield* rowsIn(rest + text);
  if (rest !== '') yield* rowsIn(`${rest}\n`);
  if (rest !== '') throw noCsv(number + 1);
}

/** A cell and what follows it; undefined until the titles are whole. */
function cellsOf(text: string): RegExp | undefined {
  const end = text.indexOf('\n');
  if (end < 0) return undefined;
  const delimiter = text.slice(0, end).includes(';') ? ';' : ',';
  return new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}"\\r\\n]*))(${delimiter}|\\r?\\n)`, 'y');
}

/** Undefined where the row is not whole. */
function rowFrom(text: string, from: number, cell: RegExp) {
  const cells: string[] = [];
  cell.lastIndex = from;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, quoted, plain = '', follows = ''] = match;
    cells.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
    if (follows.endsWith('\n')) return { cells, end: cell.lastIndex };
  }
  return undefined;
}

function noCsv(row: number): CliError {
  return new CliError(
    `Row ${row} is no CSV: a quotation mark is not closed, or stands inside a cell that has none around it.`,
  );
}
