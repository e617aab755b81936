import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  compareLedgers,
  copyLedger,
  LedgersDiffer,
  NO_STREAM,
  openDatabase,
  SqliteEventStore,
  type EventStore,
  type KurrentEventStore,
} from '#event-store';
import { withMethods } from '../contract/box.js';
import { idsOf, newStream, readAllAfter, samples } from '../contract/samples.js';
import { closeAll, openStore, startNode } from './naive.js';

let folder: string;
let file: SqliteEventStore;
let cluster: KurrentEventStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-copy-'));
  file = SqliteEventStore.open(join(folder, 'ledger.db'));
  cluster = await openStore((await startNode()).url);
});
afterEach(async () => {
  await closeAll();
  await file.close();
  rmSync(folder, { recursive: true });
});

/** Streams that are written in turns, some of it in large appends. */
async function fill(store: EventStore): Promise<number> {
  const streams = [newStream(), newStream('institution'), newStream('actor')];
  let count = 0;
  for (let round = 0; round < 8; round++)
    for (const [i, stream] of streams.entries()) {
      const size = i === 0 ? 20 : 1;
      const head = (await store.head(stream))?.revision ?? NO_STREAM;
      await store.append(stream, samples(stream, head + 1, size), head);
      count += size;
    }
  return count;
}

const directions = [
  ['a file to a cluster', () => [file, cluster] as const],
  ['a cluster to a file', () => [cluster, file] as const],
] as const;

describe.each(directions)('copying a ledger from %s', (_, stores) => {
  it('gives the same events in the same order', async () => {
    const [from, to] = stores();
    const count = await fill(from);
    expect(await copyLedger(from, to)).toBe(count);
    expect(await compareLedgers(from, to)).toBe(count);
    expect(idsOf(await readAllAfter(to, 0))).toEqual(idsOf(await readAllAfter(from, 0)));
  });

  it('goes on where it was cut off, and changes nothing when all is there', async () => {
    const [from, to] = stores();
    const count = await fill(from);
    for (let failures = 0; failures < 3; failures++) {
      let appends = 0;
      const failing = withMethods(to, {
        append: (...append) => {
          if (++appends > 4) throw new Error('The line was cut.');
          return to.append(...append);
        },
      });
      await expect(copyLedger(from, failing)).rejects.toThrow('The line was cut.');
    }
    await expect(compareLedgers(from, to)).rejects.toThrow(/was not copied\.$/);
    const cut = (await readAllAfter(to, 0)).length;
    expect(cut).toBeGreaterThan(0);
    await copyLedger(from, to);
    const end = await to.end();
    expect(await copyLedger(from, to)).toBe(count);
    expect(await to.end()).toBe(end);
    expect(await compareLedgers(from, to)).toBe(count);
  });

  it('is refused where the copy holds something else', async () => {
    const [from, to] = stores();
    await fill(from);
    const stream = newStream();
    await to.append(stream, samples(stream, 0, 1), NO_STREAM);
    await expect(copyLedger(from, to)).rejects.toBeInstanceOf(LedgersDiffer);
  });
});

describe('comparing a copy', () => {
  it.each([
    ['body', "body = x'00'"],
    ['commitment', "commitment = x'00'"],
    ['actor', 'actor = \'{"kind":"client","id":"x"}\''],
    ['date of recording', "recorded_at = '2020-01-01T00:00:00.000Z'"],
    ['type', "type = 'Other'"],
  ])('finds another %s', async (_, change) => {
    await fill(cluster);
    await copyLedger(cluster, file);
    const db = openDatabase(join(folder, 'ledger.db'));
    db.exec(`UPDATE event SET ${change} WHERE position = 50`);
    db.close();
    await expect(compareLedgers(cluster, file)).rejects.toThrow(
      /^Event \d+ of \S+ is not the same in the copy\.$/,
    );
  });

  it('finds what is in the copy only', async () => {
    await fill(cluster);
    await copyLedger(cluster, file);
    const stream = newStream();
    await file.append(stream, samples(stream, 0, 1), NO_STREAM);
    await expect(compareLedgers(cluster, file)).rejects.toThrow(`Event 0 of ${stream} is in the copy only.`);
  });
});
