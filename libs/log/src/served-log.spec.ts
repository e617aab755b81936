import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase, SqliteEventStore } from '#event-store';
import { answerCalls } from '#threads';
import { parseEntryBundle } from '#transparency';
import { LedgerCut } from './batch.js';
import { LogKeeper } from './keeper.js';
import { LogDesk } from './log-desk.js';
import { LogKeys } from './log-keys.file.js';
import { ServedLog } from './served-log.js';
import { LogBox, signer } from './testing.js';
import { FileState } from './witness/state.file.js';

let box: LogBox;
let keeper: LogKeeper;
let served: ServedLog;
let forgotten: string[];

async function open(): Promise<void> {
  const shown = new FileState(box.path('log.shown'));
  const options = { store: box.store, clock: box.clock, path: box.path(), keys: LogKeys.of(signer), shown };
  keeper = await LogKeeper.open(options);
  const { port1, port2 } = new MessageChannel();
  answerCalls(port1, new LogDesk(keeper, { forget: (owner) => void forgotten.push(owner) }));
  served = await ServedLog.at(port2);
}

beforeEach(async () => {
  forgotten = [];
  box = new LogBox();
  await open();
  for (const name of ['a', 'b', 'a']) await box.record(name);
});
afterEach(async () => {
  await served.close();
  await box.remove();
});

describe('a log that is served from elsewhere', () => {
  test('makes a checkpoint when it is asked, and tells it', async () => {
    expect(await served.desk.published()).toBeUndefined();
    await served.desk.checkpoint();
    const published = await served.desk.published();
    expect([published?.size, published?.note]).toEqual([5, keeper.publisher.published?.note]);
    expect(await served.desk.health()).toMatchObject({ size: 5, lag: expect.any(Number) });
  });

  test('has tiles and entries as wide as it is, and no wider', async () => {
    await served.desk.checkpoint();
    const tile = { level: 0, index: 0, width: 5 };
    expect(parseEntryBundle((await served.desk.entries(tile))!)).toHaveLength(5);
    expect(await served.desk.tile(tile)).toHaveLength(5 * 32);
    for (const wide of [
      { ...tile, width: 6 },
      { ...tile, index: 1, width: 1 },
    ])
      expect([await served.desk.entries(wide), await served.desk.tile(wide)]).toEqual([undefined, undefined]);
  });

  test('lets go of the key of who was erased', async () => {
    await served.desk.forget('person:x');
    expect(forgotten).toEqual(['person:x']);
  });

  test('says before it is served that the ledger lacks what was shown', async () => {
    await served.desk.checkpoint();
    expect(served.cut).toBeUndefined();
    await served.close();
    await box.store.close();
    const db = openDatabase(box.ledger);
    db.exec('DELETE FROM event WHERE position > (SELECT max(position) FROM event) - 3');
    db.close();
    box.store = SqliteEventStore.open(box.ledger);
    await open();
    expect(served.cut).toBeInstanceOf(LedgerCut);
    expect((await served.whenCut).message).toBe(served.cut!.message);
    await expect(served.desk.checkpoint()).rejects.toThrow(LedgerCut);
  });
});
