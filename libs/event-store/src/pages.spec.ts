import { expect, test } from '@jest/globals';
import { streamName } from '#decider';
import { pagesOf, pagesOfAll } from './pages.js';
import type { StoredEvent } from './store.js';

const STREAM = streamName('person', 'x');
const asked: number[] = [];

/** So many events, at revisions from 0 and positions from 10 on, ten apart. */
function storeOf(count: number) {
  asked.length = 0;
  const events = Array.from({ length: count }, (_, revision) => ({ revision, position: revision * 10 + 10 }));
  const from = (isWanted: (event: (typeof events)[number]) => boolean, limit: number) => {
    asked.push(limit);
    return Promise.resolve(events.filter(isWanted).slice(0, limit) as unknown as StoredEvent[]);
  };
  return {
    read: (_: unknown, first: number, limit: number) => from(({ revision }) => revision >= first, limit),
    readAll: (after: number, limit: number) => from(({ position }) => position > after, limit),
  };
}

async function sizes(pages: AsyncIterable<readonly StoredEvent[]>) {
  const revisions: number[] = [];
  const lengths: number[] = [];
  for await (const page of pages) {
    lengths.push(page.length);
    revisions.push(...page.map(({ revision }) => revision));
  }
  expect(revisions).toEqual(revisions.map((_, i) => revisions[0]! + i));
  return lengths;
}

test.each([
  [0, []],
  [1, [1]],
  [500, [500]],
  [1201, [500, 500, 201]],
])('a stream of %i events comes in pages, each event once', async (count, lengths) => {
  expect(await sizes(pagesOf(storeOf(count), STREAM))).toEqual(lengths);
});

test.each([
  [0, []],
  [1000, [1000]],
  [2001, [1000, 1000, 1]],
])('a ledger of %i events comes in pages, each event once', async (count, lengths) => {
  expect(await sizes(pagesOfAll(storeOf(count), 0))).toEqual(lengths);
});

test('pages begin where they are asked to, and end with who reads them', async () => {
  expect(await sizes(pagesOf(storeOf(600), STREAM, 590))).toEqual([10]);
  expect(await sizes(pagesOfAll(storeOf(600), 5_990))).toEqual([1]);
  for await (const page of pagesOf(storeOf(2000), STREAM)) if (page.length > 0) break;
  expect(asked).toEqual([500]);
});
