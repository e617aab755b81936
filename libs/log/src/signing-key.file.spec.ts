import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COSIGNATURE_V1, ED25519, openNote, formatNote, signatureLine } from '#transparency';
import { KeyFileError, openSigningKey } from './signing-key.file.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a signing key', () => {
  test('is made once, for its owner alone, and signs', () => {
    const path = join(folder, 'log.key');
    const made = openSigningKey(path, ED25519, undefined, 'local/log');
    const again = openSigningKey(path, ED25519, 'local/log', 'another');
    expect(again.key).toEqual(made.key);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).toMatch(
      /^PRIVATE\+KEY\+local\/log\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}\n$/,
    );
    const note = formatNote('a text\n', [signatureLine('a text\n', again)]);
    expect(openNote(note, [made.key]).ok).toBe(true);
  });

  test('keeps the name it was made with', () => {
    const path = join(folder, 'named.key');
    expect(openSigningKey(path, ED25519, 'chosen/log', 'local/log').key.name).toBe('chosen/log');
    expect(openSigningKey(path, ED25519, undefined, 'local/log').key.name).toBe('chosen/log');
    expect(() => openSigningKey(path, ED25519, 'other/log', 'local/log')).toThrow(
      'is that of chosen/log, not of other/log',
    );
    expect(() => openSigningKey(join(folder, 'no.key'), ED25519, 'a name', 'x')).toThrow('can be no name');
  });

  test.each(['', 'PRIVATE+KEY+a+00000000+AAAA', 'nothing of the kind'])('is refused as %j', (text) => {
    const path = join(folder, 'bad.key');
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => openSigningKey(path, ED25519, undefined, 'x')).toThrow(KeyFileError);
  });

  test('is refused where others can read it, or of another kind', () => {
    const path = join(folder, 'open.key');
    openSigningKey(path, ED25519, undefined, 'x');
    expect(() => openSigningKey(path, COSIGNATURE_V1, undefined, 'x')).toThrow('no signing key of this kind');
    chmodSync(path, 0o640);
    expect(() => openSigningKey(path, ED25519, undefined, 'x')).toThrow('set its mode to 600');
  });
});
