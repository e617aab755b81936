import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { PageRequest } from './moment.request.js';
import type { Reader } from './reader.query.js';
import { flatten, respond } from './respond.query.js';

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

const ROWS_A_PAGE = 500;
const WIDE = 'é'.repeat(200);

/** An export without an end, and how many of its pages were read. */
async function endless(format: 'csv' | 'ndjson') {
  const reader = { settle: async () => {}, now: () => ({ validMs: 0, knownMs: 0 }) } as unknown as Reader;
  const question = { name: 'endless', key: ['count'] as const, columns: ['n', 'wide'] };
  const read = { pages: 0 };
  const fetch = async ({ from: [n = 0] = [] }: PageRequest) => {
    read.pages++;
    const rows = Array.from({ length: ROWS_A_PAGE }, (_, i) => ({ n: Number(n) + i, wide: WIDE }));
    return { rows, next: [Number(n) + ROWS_A_PAGE] };
  };
  const answer = await respond(reader, { question, request: { format } }, fetch);
  if (!('getStream' in answer)) throw new Error('An export is a stream.');
  return { stream: answer.getStream(), read };
}

/** Nothing more happens, however long one looks. */
async function pagesAtRest(read: { readonly pages: number }): Promise<number> {
  for (let before = -1; before !== read.pages;) {
    before = read.pages;
    for (let turns = 0; turns < 200; turns++) await turn();
    await sleep(20);
  }
  return read.pages;
}

describe.each(['csv', 'ndjson'] as const)('an export as %s', (format) => {
  test('reads no further than its reader', async () => {
    const { stream, read } = await endless(format);
    stream.read();
    const atFirst = await pagesAtRest(read);
    expect(atFirst).toBeLessThan(4);
    let bytes = 0;
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      bytes += Buffer.byteLength(chunk as string | Buffer);
      if (bytes > 20 * ROWS_A_PAGE * WIDE.length) break;
    }
    expect(await pagesAtRest(read)).toBeLessThan(20);
    stream.destroy();
  });

  test('over HTTP waits for a client that stops reading, and ends with one that goes away', async () => {
    const { stream, read } = await endless(format);
    const gone = new Promise<void>((resolve) => stream.once('close', () => resolve()));
    const server = createServer((_, response) => pipeline(stream, response, () => {})).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const request = get({ port, host: '127.0.0.1' });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    response.pause();
    // What is on the line fills up first: some megabytes, on a machine with large buffers.
    expect(await pagesAtRest(read)).toBeLessThan(1000);
    request.destroy();
    await gone;
    const pages = read.pages;
    expect(await pagesAtRest(read)).toBeLessThanOrEqual(pages + 1);
    server.close();
  });
});
