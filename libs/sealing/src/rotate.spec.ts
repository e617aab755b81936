import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { streamName } from '#decider';
import type { KeyStore } from './key-store.js';
import { SqliteKeyStore } from './sqlite-key-store.js';
import { FileRootKey } from './root-key.js';
import { assertOpens, RootKeyRefused, rotateRootKey } from './rotate.js';
import { Sealing } from './sealing.js';

const ANNE = streamName('person', '00000000-0000-4000-8000-00000000000a');
const BRUNO = streamName('person', '00000000-0000-4000-8000-00000000000b');
const plain = Buffer.from('{"names":"Anne"}');

let folder: string;
let path: string;
let keys: SqliteKeyStore;
let sealed: Uint8Array;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-rotate-'));
  path = join(folder, 'root.key');
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(path));
  sealed = (await sealing.cipherFor(ANNE)).seal(0, plain);
  await sealing.cipherFor(BRUNO);
});
afterEach(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** What was sealed before opens through the key store and root key as they are on disk now. */
async function expectReadable(): Promise<void> {
  const root = FileRootKey.open(path);
  await assertOpens(root, keys);
  const cipher = await new Sealing(keys, root).cipherOf(ANNE);
  expect(Buffer.from(cipher!.open(0, sealed))).toEqual(plain);
}

function keyOf(file: string): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { key: string }).key;
}

/** The key store, which is cut off at one of its calls. */
function failingAt(method: keyof KeyStore, when: 'before' | 'after'): KeyStore {
  const cut = async (...args: never[]) => {
    if (when === 'after') await (keys[method] as (...a: never[]) => Promise<unknown>).apply(keys, args);
    throw new Error('cut off');
  };
  return Object.assign(Object.create(keys) as KeyStore, { [method]: cut });
}

describe('a rotation of the root key', () => {
  it('wraps every key again and leaves all that is sealed readable', async () => {
    expect(await rotateRootKey(FileRootKey.open(path), keys)).toEqual({ epoch: 2, keys: 2 });
    await expectReadable();
    expect(await rotateRootKey(FileRootKey.open(path), keys)).toEqual({ epoch: 3, keys: 2 });
    await expectReadable();
    expect((await keys.sample())!.epoch).toBe(3);
  });

  it('leaves nothing of the old version in the folder, and its file to its owner', async () => {
    const old = keyOf(path);
    const wrapped = (await keys.get('person:00000000-0000-4000-8000-00000000000a'))!.wrapped;
    await rotateRootKey(FileRootKey.open(path), keys);
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      expect([name, bytes.includes(old)]).toEqual([name, false]);
      expect([name, bytes.includes(Buffer.from(wrapped))]).toEqual([name, false]);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  it('makes a backup of the keys from before worthless', async () => {
    await keys.close();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'backup.db'));
    keys = SqliteKeyStore.open(join(folder, 'keys.db'));
    await rotateRootKey(FileRootKey.open(path), keys);
    const backup = SqliteKeyStore.open(join(folder, 'backup.db'));
    const root = FileRootKey.open(path);
    await expect(assertOpens(root, backup)).rejects.toBeInstanceOf(RootKeyRefused);
    await expect(new Sealing(backup, root).cipherOf(ANNE)).rejects.toThrow('root key version 1');
    await backup.close();
  });

  it.each(['before', 'after'] as const)(
    'that is cut off %s the keys were wrapped again goes on',
    async (when) => {
      await expect(rotateRootKey(FileRootKey.open(path), failingAt('rewrap', when))).rejects.toThrow(
        'cut off',
      );
      expect(FileRootKey.open(path).rotating).toBe(true);
      await expectReadable();
      expect(await rotateRootKey(FileRootKey.open(path), keys)).toEqual({
        epoch: 2,
        keys: when === 'after' ? 0 : 2,
      });
      expect(FileRootKey.open(path).rotating).toBe(false);
      await expectReadable();
    },
  );

  it('is refused with a root key that does not open the keys, and changes nothing', async () => {
    const other = join(folder, 'other.key');
    FileRootKey.open(other);
    const before = readFileSync(other, 'utf8');
    await expect(rotateRootKey(FileRootKey.open(other), keys)).rejects.toThrow('does not open the keys');
    expect(readFileSync(other, 'utf8')).toBe(before);
    await expectReadable();
  });

  it('lets a server that still has the old version make no key', async () => {
    const late = new Sealing(keys, FileRootKey.open(path));
    await rotateRootKey(FileRootKey.open(path), keys);
    const stranger = streamName('person', '00000000-0000-4000-8000-00000000000c');
    await expect(late.cipherFor(stranger)).rejects.toThrow('newer version of the root key');
    expect(await keys.get('person:00000000-0000-4000-8000-00000000000c')).toBeUndefined();
  });
});

describe('a root key', () => {
  it('opens a key store that has no key yet', async () => {
    const empty = SqliteKeyStore.open(join(folder, 'empty.db'));
    await expect(assertOpens(FileRootKey.open(join(folder, 'new.key')), empty)).resolves.toBeUndefined();
    await empty.close();
  });
});
