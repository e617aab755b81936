import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { rmSync, writeFileSync } from 'node:fs';
import { openCheckpoint, type LogPolicy } from '#transparency';
import { LOG } from './batch.js';
import { LogKeeper } from './keeper.js';
import { LogKeys } from './log-keys.file.js';
import { dumpOf, LogBox, signer } from './testing.js';

const policy: LogPolicy = { origin: signer.key.name, logKeys: [signer.key], witnesses: [], quorum: 0 };
let box: LogBox;
let keeper: LogKeeper;
let monotonicMs: number;

function open(): Promise<LogKeeper> {
  return LogKeeper.open({ store: box.store, clock: box.clock, path: box.path(), keys: LogKeys.of(signer) });
}

beforeEach(async () => {
  monotonicMs = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => monotonicMs);
  box = new LogBox();
  keeper = await open();
});
afterEach(async () => {
  await keeper.close();
  await box.remove();
  jest.restoreAllMocks();
});

/** Time goes by on both clocks. */
function later(seconds: number): void {
  box.clock.ms += seconds * 1000;
  monotonicMs += seconds * 1000;
}

const batches = async () => ((await box.store.head(LOG))?.revision ?? -1) + 1;
const sizes = () => [keeper.log.range.size, keeper.publisher.published?.size];

describe('a log that is kept', () => {
  test('signs a checkpoint whose last entry is the map entry', async () => {
    await box.record('a');
    await keeper.turn();
    const { published } = keeper.publisher;
    const opened = openCheckpoint(published!.note, policy);
    expect(opened.ok && opened.value.checkpoint.size).toBe(3);
    expect(keeper.log.lastMap).toMatchObject({ size: 2, prev: 0 });
  });

  test('makes a checkpoint of the first new event, then one a minute while there are more', async () => {
    await box.record('a');
    await keeper.turn();
    expect(sizes()).toEqual([3, 3]);
    later(5);
    await box.record('a');
    await keeper.turn();
    expect(sizes()).toEqual([4, 3]);
    later(39);
    await keeper.turn();
    expect(sizes()).toEqual([4, 3]);
    later(2);
    await keeper.turn();
    expect(sizes()).toEqual([5, 5]);
  });

  test('makes none because of map entries alone, nor because somebody waits where nothing is new', async () => {
    await box.record('a');
    await keeper.turn();
    const before = await batches();
    for (let i = 0; i < 5; i++) {
      later(3600);
      await keeper.turn();
      await keeper.checkpoint();
    }
    expect(await batches()).toBe(before);
    expect(sizes()).toEqual([3, 3]);
  });

  test('makes one checkpoint for all who wait', async () => {
    await box.record('a');
    await keeper.turn();
    await box.record('a');
    await box.record('b');
    const before = await batches();
    const waiting = Array.from({ length: 20 }, () =>
      keeper.waitUntil(() => keeper.publisher.published!.size > 3, 5_000),
    );
    await keeper.turn();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => true));
    expect((await batches()) - before).toBe(2);
    expect(await keeper.waitUntil(() => false, 10)).toBe(false);
  });

  test('closes with a checkpoint over what was recorded since the last', async () => {
    await box.record('a');
    await keeper.turn();
    await box.record('a');
    await keeper.close();
    keeper = await open();
    expect(keeper.log.lastMap?.size).toBe(keeper.log.range.size - 1);
    expect(sizes()).toEqual([5, 3]);
    await keeper.turn();
    expect(sizes()).toEqual([5, 5]);
  });

  test('dates no map entry before the one it follows, whatever the clock does', async () => {
    await box.record('a');
    await keeper.turn();
    const { at } = keeper.log.lastMap!;
    box.clock.ms -= 10 * 365 * 86_400_000;
    await box.record('a');
    await keeper.checkpoint();
    expect(keeper.log.lastMap).toMatchObject({ at, prev: 2 });
  });

  test.each(['missing', 'damaged', 'ahead of the ledger'])(
    'makes its projection anew when it is %s',
    async (what) => {
      await box.record('a');
      await keeper.turn();
      await keeper.close();
      const before = dumpOf(box.path());
      const { note } = keeper.publisher.published!;
      if (what === 'missing')
        for (const suffix of ['', '-wal', '-shm']) rmSync(box.path() + suffix, { force: true });
      else if (what === 'damaged')
        writeFileSync(box.path(), 'no database at all, but long enough to be one'.repeat(9));
      else {
        const log = box.open();
        log.setMeta('source', JSON.stringify({ revision: 99, upTo: 99 }));
      }
      keeper = await open();
      await keeper.turn();
      expect(dumpOf(box.path())).toEqual(before);
      expect(keeper.publisher.published?.note).toBe(note);
    },
  );

  test('says how it is, and why it stands still', async () => {
    await box.record('a');
    await keeper.turn();
    later(7);
    await keeper.turn();
    await box.record('b');
    expect(await keeper.health()).toEqual({
      origin: 'ledger.example/log',
      size: 3,
      batches: 3,
      lag: 1,
      checkpoint: { size: 3, ageS: 7 },
      witnesses: [],
    });
    await box.record('b');
    await box.edit("DELETE FROM event WHERE stream = 'institution-b' AND revision = 0");
    await keeper.close();
    keeper = await open();
    keeper.start();
    await keeper.waitUntil(() => keeper.fault !== undefined, 3_000);
    expect((await keeper.health()).fault).toMatch(
      /^The ledger cannot be logged: revision 1 of institution-b/,
    );
  });
});
