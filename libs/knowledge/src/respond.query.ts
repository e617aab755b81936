import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { StreamableFile } from '@nestjs/common';
import type { CivilDate } from '#decider';
import { instantOf } from '#time';
import { encodeCursor, pageRequest, type Asked } from './cursor.request.js';
import type { Moment, Page, PageRequest } from './moment.request.js';
import type { Reader } from './reader.query.js';

/** Rows of an export that are read in one turn of the event loop. */
const EXPORT_PAGE = 500;

/** One page as JSON. */
export interface JsonPage<Row> {
  readonly validAt: string;
  readonly knownAt: string;
  /** Everything up to here was applied when this was read. */
  readonly position: number;
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/**
 * Answers a question with a page, or with all pages as a stream. An export reads page by page, so it holds no
 * lock and its memory stays flat, however long it is.
 * @param look records who asks, for every page, once it is known that there is an answer and before any of it is sent
 */
export async function respond<Row extends object>(
  reader: Reader,
  asked: Asked,
  fetch: (page: PageRequest) => Promise<Page<Row>>,
  look: (rows: readonly Row[]) => Promise<void> = async () => {},
): Promise<JsonPage<Row> | StreamableFile> {
  const { question, request } = asked;
  await reader.settle(request.after);
  const start = pageRequest(asked, reader.now());
  const seen = async (page: PageRequest) => {
    const found = await fetch(page);
    await look(found.rows);
    return found;
  };
  const first = await seen(start);
  if (request.format === 'ndjson') return file('application/x-ndjson', ndjson, '', pages(first, start, seen));
  if (request.format === 'csv') {
    const { columns } = question;
    const cells = (rows: readonly Row[]) => csv(rows.map((row) => flatten(row, columns)));
    return file('text/csv', cells, csv([columns], { bom: true }), pages(first, start, seen));
  }
  return jsonPage(asked, first, start, reader.models.position);
}

/**
 * A page is one piece of text: handed on row by row, each would cost more than it took to read. One waits while another
 * is sent; a reader who stalls holds no more than these two.
 */
function file<Row>(
  type: string,
  write: (rows: readonly Row[]) => string,
  title: string,
  read: AsyncIterable<readonly Row[]>,
): StreamableFile {
  async function* texts() {
    yield title;
    for await (const rows of read) yield write(rows);
  }
  return new StreamableFile(Readable.from(texts()), { type: `${type}; charset=utf-8` });
}

function ndjson(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** For French Excel: byte order mark, semicolons; cells that look like formulas are escaped. */
function csv(
  lines: readonly (readonly (string | number)[])[],
  options: { readonly bom?: boolean } = {},
): string {
  return stringify([...lines], { ...options, delimiter: ';', escape_formulas: true });
}

function jsonPage<Row>(asked: Asked, page: Page<Row>, moment: Moment, position: number): JsonPage<Row> {
  return {
    validAt: instantOf(moment.validMs),
    knownAt: instantOf(moment.knownMs),
    position,
    rows: page.rows,
    next: page.next ? encodeCursor(asked, moment, page.next) : null,
  };
}

async function* pages<Row>(
  first: Page<Row>,
  request: PageRequest,
  fetch: (request: PageRequest) => Promise<Page<Row>>,
) {
  let page = first;
  for (;;) {
    yield page.rows;
    if (!page.next) return;
    // Pages come at once and a fast reader takes them at once: others would not have a turn until the last one.
    await turn();
    page = await fetch({ ...request, limit: EXPORT_PAGE, from: page.next });
  }
}

/** One cell per column. What a row does not have is empty; lists are joined by a space. */
export function flatten(row: object, columns: readonly string[]): readonly (string | number)[] {
  return columns.map((column) => cellOf(column.split('.').reduce<unknown>(partOf, row)));
}

function partOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[key] : undefined;
}

function cellOf(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value;
  if (Array.isArray(value))
    return value.map((one) => cellOf(Array.isArray(one) ? JSON.stringify(one) : one)).join(' ');
  if (typeof value !== 'object') return String(value);
  return isCivilDate(value) ? writtenDate(value) : JSON.stringify(value);
}

function isCivilDate(value: object): value is CivilDate {
  return 'date' in value && 'precision' in value;
}

/** As people write it, and as this API reads it: `2026`, `2026-01`, `2026-01-09`. */
function writtenDate({ date, precision }: CivilDate): string {
  return date.slice(0, { year: 4, month: 7, day: 10 }[precision]);
}
