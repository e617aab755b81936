import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
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
  const pieces = texts[Symbol.asyncIterator]();
  const first = await untilLineEnd(pieces);
  const delimiter = first.split('\n', 1)[0]!.includes(';') ? ';' : ',';
  const parser = parse({ delimiter, trim: true, relax_column_count: true, max_record_size: MAX_LINE });
  pipeline(Readable.from(withFirst(first, pieces)), parser, () => {});
  let number = 0;
  try {
    for await (const cells of parser as AsyncIterable<readonly string[]>) {
      number++;
      if (cells.some((cell) => cell !== '')) yield { number, cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CliError(
      `Row ${Number(error['records']) + 1} is no CSV: ${WRONG[error.code] ?? 'see its quotation marks'}.`,
    );
  }
}

const WRONG: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is not closed',
  CSV_MAX_RECORD_SIZE: 'it does not end, as after a quotation mark that is not closed',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that has none around it',
  CSV_INVALID_CLOSING_QUOTE: 'a quotation mark closes a cell that goes on',
};

async function untilLineEnd(pieces: AsyncIterator<string>): Promise<string> {
  let text = '';
  while (!text.includes('\n') && text.length <= MAX_LINE) {
    const { value, done } = await pieces.next();
    if (done) return text;
    text += value;
  }
  return text;
}

async function* withFirst(first: string, pieces: AsyncIterator<string>): AsyncGenerator<string, void> {
  yield first;
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}
