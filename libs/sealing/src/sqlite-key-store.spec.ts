import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteKeyStore } from './sqlite-key-store.js';

const first = { epoch: 1, wrapped: Uint8Array.of(1, 2, 3) };
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

describe('the key store in a file', () => {
  it('is one file when it is closed: a copy of that holds every key', async () => {
    await keys.putIfAbsent('person:1', first);
    await keys.close();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'copy.db'));
    keys = SqliteKeyStore.open(join(folder, 'copy.db'));
    expect(await keys.get('person:1')).toEqual(first);
  });
});
