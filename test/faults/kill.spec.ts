import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, SqliteEventStore, type StoredEvent } from '#event-store';
import { readAllAfter } from '../contract/samples.js';
import { compileStore, type Compiled } from './compile.js';
import { acknowledgedIn, faultsOf, type Acknowledged } from './judge.js';

const KILLS = process.env['SILLAGE_FAULTS'] === 'full' ? 50 : 8;
const WRITER = 'test/faults/writer.child.ts';

let compiled: Compiled;
let folder: string;
let path: string;

beforeAll(() => {
  compiled = compileStore(WRITER, 'test/faults/burst.ts');
  folder = mkdtempSync(join(tmpdir(), 'sillage-kill-'));
  path = join(folder, 'ledger.db');
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

/** Kills a writer some time after it began to write. The delay differs, so that it dies at different steps. */
async function killedWriter(run: number): Promise<Acknowledged[]> {
  const child = spawn(process.execPath, [compiled.file(WRITER), path, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const acknowledged: Acknowledged[] = [];
  let killing: Promise<void> | undefined;
  for await (const line of createInterface(child.stdout)) {
    const told = acknowledgedIn(line);
    if (!told) continue;
    acknowledged.push(told);
    killing ??= sleep((run * 37) % 190).then(() => void child.kill('SIGKILL'));
  }
  await killing;
  const [code, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself with ${code ?? signal}.`);
  return acknowledged;
}

describe('a store process that is killed while it appends', () => {
  it(
    `loses nothing that it acknowledged and needs no repair, ${KILLS} times on one file`,
    async () => {
      const acknowledged: Acknowledged[] = [];
      let events: StoredEvent[] = [];
      for (let run = 0; run < KILLS; run++) {
        const ofThisRun = await killedWriter(run);
        expect(ofThisRun.length).toBeGreaterThan(0);
        acknowledged.push(...ofThisRun);
        const store = SqliteEventStore.open(path);
        events = await readAllAfter(store, 0, 5000);
        await store.close();
        expect(faultsOf(events, acknowledged)).toEqual([]);
      }
      const db = openDatabase(path, { readOnly: true });
      expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      db.close();
      const count = acknowledged.reduce((sum, each) => sum + each.count, 0);
      process.stderr.write(
        `${KILLS} kills: ${count} events acknowledged, ${events.length} stored, none lost\n`,
      );
    },
    KILLS * 20_000,
  );
});
