import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileRootKey } from '#sealing';
import { compileStore, type Compiled } from './compile.js';

const OPENER = 'test/faults/root-key.child.ts';
const run = promisify(execFile);
let compiled: Compiled;
let folder: string;

beforeAll(() => {
  compiled = compileStore(OPENER);
  folder = mkdtempSync(join(tmpdir(), 'sillage-root-race-'));
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

describe('processes that start at once on a new machine', () => {
  it('use one root key: what each has wrapped, the file that stays unwraps', async () => {
    for (let round = 0; round < 3; round++) {
      const path = join(folder, `root-${round}.key`);
      const startAtMs = String(Date.now() + 700);
      const starts = Array.from({ length: 5 }, () =>
        run(process.execPath, [compiled.file(OPENER), path, startAtMs]),
      );
      const answers = await Promise.all(starts);
      const root = FileRootKey.open(path);
      for (const { stdout } of answers) {
        const key = await root.unwrap(Buffer.from(stdout, 'hex'), 'person:1', 1);
        expect(Buffer.from(key)).toEqual(Buffer.alloc(32));
      }
    }
    expect(readdirSync(folder)).toEqual(['root-0.key', 'root-1.key', 'root-2.key']);
  }, 30_000);
});
