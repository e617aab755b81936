import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteKeyStore } from './sqlite-key-store.js';

const first = { epoch: 1, wrapped: Uint8Array.of(1, 2, 3) };
const second = { epoch: 2, wrapped: Uint8Array.of(4, 5, 6) };
let folder: string;
let keys: SqliteKeyStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-keys-'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
});
afterEach(async () => {
  await keys.close();
  rmSync(folder, { recursive: true });
});

describe('the key store', () => {
  it('keeps the key that is there already and tells it', async () => {
    expect(await keys.putIfAbsent('person:1', first)).toEqual(first);
    expect(await keys.putIfAbsent('person:1', second)).toEqual(first);
    expect(await keys.get('person:1')).toEqual(first);
    expect(await keys.get('person:2')).toBeUndefined();
  });

  it('shows a key to another process as soon as it is kept', async () => {
    const other = SqliteKeyStore.open(join(folder, 'keys.db'));
    await keys.putIfAbsent('person:1', first);
    expect(await other.get('person:1')).toEqual(first);
    expect(await other.putIfAbsent('person:1', second)).toEqual(first);
    await other.close();
  });

  it('is one file when it is closed: a copy of that holds every key', async () => {
    await keys.putIfAbsent('person:1', first);
    await keys.close();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'copy.db'));
    keys = SqliteKeyStore.open(join(folder, 'copy.db'));
    expect(await keys.get('person:1')).toEqual(first);
  });
});
