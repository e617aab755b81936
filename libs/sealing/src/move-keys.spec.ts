import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamName } from '#decider';
import { StreamErased } from '#event-store';
import type { KeyStore } from './key-store.js';
import { moveKeys, type HeldKeys } from './move-keys.js';
import { FileRootKey } from './root-key.js';
import { Sealing } from './sealing.js';
import { SqliteKeyStore } from './sqlite-key-store.js';

const [ANNE, BRUNO, GONE] = ['1', '2', '3'].map((id) => streamName('person', id)) as [
  ReturnType<typeof streamName>,
  ReturnType<typeof streamName>,
  ReturnType<typeof streamName>,
];
const DEFERRAL = streamName('deferral', 'd');
const plain = Buffer.from('{"names":"Anne"}');

let folder: string;
let from: HeldKeys;
let to: HeldKeys;

/** Anne's key seals a deferral too, Bruno's his own stream, a third person was erased. */
let sealed: Uint8Array;

const held = (name: string): HeldKeys => ({
  store: SqliteKeyStore.open(join(folder, `${name}.db`)),
  root: FileRootKey.open(join(folder, `${name}.key`)),
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-move-'));
  [from, to] = [held('from'), held('to')];
  const sealing = new Sealing(from.store, from.root);
  sealed = (await sealing.cipherFor(ANNE)).seal(0, plain);
  await sealing.entrust(DEFERRAL, 'person:1');
  await sealing.cipherFor(BRUNO);
  await sealing.cipherFor(GONE);
  await sealing.erase('person:3', [GONE]);
  await sealing.hmac('ids', 'x');
});
afterEach(async () => {
  await from.store.close();
  await to.store.close();
  rmSync(folder, { recursive: true });
});

/** The store as it dies at that change, before or after it. */
function dying(store: KeyStore, at: number): KeyStore {
  let changes = 0;
  const die = <Given extends unknown[], Told>(change: (...given: Given) => Promise<Told>) => {
    return async (...given: Given): Promise<Told> => {
      if (++changes === at) throw new Error('cut off');
      return change(...given);
    };
  };
  return Object.assign(Object.create(store) as KeyStore, {
    putIfAbsent: die((...given: Parameters<KeyStore['putIfAbsent']>) => store.putIfAbsent(...given)),
    mapStream: die((...given: Parameters<KeyStore['mapStream']>) => store.mapStream(...given)),
    erase: die((...given: Parameters<KeyStore['erase']>) => store.erase(...given)),
  });
}

async function expectMoved(): Promise<void> {
  const sealing = new Sealing(to.store, to.root);
  expect(Buffer.from((await sealing.cipherOf(ANNE))!.open(0, sealed))).toEqual(plain);
  expect(await sealing.ownerOf(DEFERRAL)).toBe('person:1');
  expect(await sealing.erasedStreams()).toEqual([GONE]);
  await expect(sealing.cipherFor(GONE)).rejects.toBeInstanceOf(StreamErased);
  const before = await new Sealing(from.store, from.root).hmac('ids', 'x');
  expect(await sealing.hmac('ids', 'x')).toEqual(before);
}

describe('keys that are moved', () => {
  test('open under the other root key what they sealed, and no more under the first', async () => {
    expect(await moveKeys(from, to)).toBe(3);
    await expectMoved();
    const { wrapped, epoch } = (await to.store.get('person:1'))!;
    await expect(from.root.unwrap(wrapped, 'person:1', epoch)).rejects.toThrow();
    expect(await from.store.get('person:1')).toBeDefined();
  });

  test('go on where the move was cut off, wherever that was', async () => {
    for (let at = 1; at < 20; at++)
      await moveKeys(from, { ...to, store: dying(to.store, at) }).catch(() => undefined);
    expect(await moveKeys(from, to)).toBe(3);
    await expectMoved();
  });

  test('do not count as moved where the other place holds another key, or one too many', async () => {
    await to.store.putIfAbsent('person:1', await to.root.wrap(Buffer.alloc(32), 'person:1'));
    await expect(moveKeys(from, to)).rejects.toThrow(/^The keys were not moved: a key is not the same/);
    const third = held('third');
    await third.store.putIfAbsent('person:9', await third.root.wrap(Buffer.alloc(32), 'person:9'));
    await expect(moveKeys(from, third)).rejects.toThrow(/^The keys were not moved: there is a key too many/);
    await third.store.close();
    const fourth = held('fourth');
    await fourth.store.erase('person:8', [streamName('person', '8')]);
    await expect(moveKeys(from, fourth)).rejects.toThrow(/^The keys were not moved: what was erased/);
    await fourth.store.close();
  });

  test('are refused with a root key that does not open them', async () => {
    await expect(moveKeys({ ...from, root: to.root }, to)).rejects.toThrow(/does not open the keys/);
    expect(await to.store.sample()).toBeUndefined();
  });
});
