import { afterEach, beforeEach } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteKeyStore } from '#sealing';
import { keyStoreContract } from './key-store.contract.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

keyStoreContract('in a file', async () => SqliteKeyStore.open(join(folder, 'keys.db')));
