import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { streamName, type Instant, type StreamName } from '#decider';
import { Ledger, SqliteEventStore, START } from '#event-store';
import { streamsWithoutKey } from './missing-keys.js';
import { FileRootKey } from './root-key.js';
import { Sealing } from './sealing.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

const [ANNE, BRUNO, CARLA] = ['a', 'b', 'c'].map((name) => streamName('person', name)) as [
  StreamName,
  StreamName,
  StreamName,
];
const fold = { initial: 0, evolve: (n: number) => n + 1 };
const context = { actor: { kind: 'client', id: 'c' }, correlationId: '1', digest: '' };

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let sealing: Sealing;
let made = 0;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-missing-keys-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  const ledger = new Ledger(store, sealing, { now: () => '2026-01-09T10:00:00.000Z' as Instant });
  for (const stream of [ANNE, BRUNO, streamName('institution', 'x'), BRUNO, CARLA])
    await ledger.decide(stream, fold, { ...context, commandId: String(++made) } as never, () => ({
      kind: 'accepted',
      events: [{ type: 'PersonRegistered', data: {} }],
    }));
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

test('keys that belong to a ledger leave no stream without one, those of erased streams included', async () => {
  await sealing.erase('person:b', [BRUNO]);
  expect(await streamsWithoutKey(store, sealing, START)).toEqual([]);
});

test('keys of another ledger, or older ones, are told by the streams that they lack', async () => {
  const older = SqliteKeyStore.open(join(folder, 'older.db'));
  const root = FileRootKey.open(join(folder, 'root.key'));
  await older.putIfAbsent('person:a', await root.wrap(Buffer.alloc(32), 'person:a'), ANNE);
  const before = new Sealing(older, root);
  expect(await streamsWithoutKey(store, before, START)).toEqual([BRUNO, CARLA]);
  expect(await streamsWithoutKey(store, before, (await store.end()) - 1)).toEqual([CARLA]);
  await older.close();
});
