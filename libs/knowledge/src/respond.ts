import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { StreamableFile } from '@nestjs/common';
import { instantOf } from '#time';
import { encodeCursor, pageRequest, type Page, type PageRequest, type QuestionRequest } from './moment.js';
import type { Reader } from './reader.js';

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
 */
export async function respond<Row extends object>(
  reader: Reader,
  request: QuestionRequest,
  fetch: (page: PageRequest) => Promise<Page<Row>>,
): Promise<JsonPage<Row> | StreamableFile> {
  await reader.settle(request.after);
  const asked = pageRequest(request, reader.now());
  const first = await fetch(asked);
  if (request.format === 'ndjson')
    return file('application/x-ndjson', Readable.from(ndjson(allRows(first, asked, fetch))));
  if (request.format === 'csv') return file('text/csv', csv(first, allRows(first, asked, fetch)));
  return jsonPage(first, asked, reader.models.position);
}

function file(type: string, stream: Readable): StreamableFile {
  return new StreamableFile(stream, { type: `${type}; charset=utf-8` });
}

/** For French Excel: byte order mark, semicolons; cells that look like formulas are escaped. */
function csv(first: Page<object>, rows: AsyncIterable<object>): Readable {
  const columns = columnsOf(first);
  const lines = stringify({ header: true, bom: true, delimiter: ';', escape_formulas: true, columns });
  const source = Readable.from(flattened(rows));
  source.on('error', (error) => lines.destroy(error));
  return source.pipe(lines);
}

function jsonPage<Row>(page: Page<Row>, request: PageRequest, position: number): JsonPage<Row> {
  return {
    validAt: instantOf(request.validMs),
    knownAt: instantOf(request.knownMs),
    position,
    rows: page.rows,
    next: page.next ? encodeCursor(request, page.next) : null,
  };
}

async function* allRows<Row>(
  first: Page<Row>,
  request: PageRequest,
  fetch: (request: PageRequest) => Promise<Page<Row>>,
) {
  let page = first;
  for (;;) {
    yield* page.rows;
    if (!page.next) return;
    page = await fetch({ ...request, limit: 500, from: page.next });
  }
}

async function* ndjson(rows: AsyncIterable<object>) {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

async function* flattened(rows: AsyncIterable<object>) {
  for await (const row of rows) yield flatten(row);
}

/** Every row of one question has the same keys, so the first tells the columns. */
function columnsOf(page: Page<object>): string[] {
  return page.rows[0] ? Object.keys(flatten(page.rows[0])) : [];
}

/** `{ holder: { name } }` becomes the column `holder.name`; lists are joined by a space. */
export function flatten(row: object, prefix = ''): Record<string, string | number> {
  return Object.entries(row).reduce<Record<string, string | number>>((flat, [key, value]) => {
    const name = prefix + key;
    if (Array.isArray(value))
      flat[name] = value.map((v) => (typeof v === 'object' ? JSON.stringify(v) : v)).join(' ');
    else if (value !== null && typeof value === 'object') Object.assign(flat, flatten(value, `${name}.`));
    else flat[name] = typeof value === 'number' ? value : (value ?? '').toString();
    return flat;
  }, {});
}
