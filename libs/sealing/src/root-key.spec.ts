import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FileRootKey } from './root-key.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-root-'));
  path = join(folder, 'root.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the root key file', () => {
  it('can be read and written by its owner only', () => {
    const before = process.umask(0);
    FileRootKey.open(path);
    process.umask(before);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    expect(readdirSync(folder)).toEqual(['root.key']);
  });

  it('can be read by its owner only, though the rest of an interrupted start lies about', () => {
    writeFileSync(`${path}.new`, 'half a k');
    chmodSync(`${path}.new`, 0o644);
    FileRootKey.open(path);
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  it('is made once and stays as it is', async () => {
    const { wrapped } = await FileRootKey.open(path).wrap(key, 'person:1');
    const content = readFileSync(path, 'utf8');
    const again = FileRootKey.open(path);
    expect(Buffer.from(await again.unwrap(wrapped, 'person:1', 1))).toEqual(Buffer.from(key));
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(JSON.parse(content)).toMatchObject({ epoch: 1, key: expect.stringMatching(/^[\w-]{43}$/) });
  });

  it('is another for each ledger', async () => {
    const { wrapped } = await FileRootKey.open(path).wrap(key, 'person:1');
    const other = FileRootKey.open(join(folder, 'other.key'));
    await expect(other.unwrap(wrapped, 'person:1', 1)).rejects.toThrow();
  });
});

describe('a wrapped key', () => {
  it('is not the key', async () => {
    const wrapped = Buffer.from((await FileRootKey.open(path).wrap(key, 'person:1')).wrapped);
    expect(wrapped.includes(Buffer.from(key).subarray(0, 8))).toBe(false);
  });

  it('is refused under another name', async () => {
    const root = FileRootKey.open(path);
    const { wrapped } = await root.wrap(key, 'person:1');
    await expect(root.unwrap(wrapped, 'person:2', 1)).rejects.toThrow();
  });

  it('is refused when another version of the root key wrapped it', async () => {
    const root = FileRootKey.open(path);
    const { wrapped } = await root.wrap(key, 'person:1');
    await expect(root.unwrap(wrapped, 'person:1', 2)).rejects.toThrow('root key version 2');
    const { key: bytes } = JSON.parse(readFileSync(path, 'utf8')) as { key: string };
    writeFileSync(path, JSON.stringify({ epoch: 2, key: bytes }));
    await expect(FileRootKey.open(path).unwrap(wrapped, 'person:1', 1)).rejects.toThrow('root key version 1');
    await expect(FileRootKey.open(path).unwrap(wrapped, 'person:1', 2)).rejects.toThrow();
  });

  it('is refused when one bit of it was flipped', async () => {
    const root = FileRootKey.open(path);
    const wrapped = Uint8Array.from((await root.wrap(key, 'person:1')).wrapped);
    wrapped[20]! ^= 1;
    await expect(root.unwrap(wrapped, 'person:1', 1)).rejects.toThrow();
  });
});
