import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SqliteEventStore, type StreamCipher } from '#event-store';
import { auditFile, LogKeeper, LogKeys, LogStore } from '#log';
import { systemClock } from '#time';
import { compileStore, type Compiled } from './compile.js';
import { brokenCheckpoints } from './judge.js';

const KILLS = process.env['SILLAGE_FAULTS'] === 'full' ? 50 : 6;
const KEEPER = 'test/faults/integrator.child.ts';
const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
const SEALER = { cipherOf: async () => CLEAR, cipherFor: async () => CLEAR };

let compiled: Compiled;
let folder: string;

beforeAll(() => {
  compiled = compileStore(KEEPER);
  folder = mkdtempSync(join(tmpdir(), 'sillage-integrator-'));
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

/** The checkpoints that were served by a process that was killed some time after its first. */
async function killedKeeper(run: number): Promise<string[]> {
  const child = spawn(process.execPath, [compiled.file(KEEPER), folder, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const notes: string[] = [];
  let killing: Promise<void> | undefined;
  for await (const line of createInterface(child.stdout)) {
    const [word, note] = line.split(' ');
    if (word === 'checkpoint' && note) notes.push(Buffer.from(note, 'base64').toString('utf8'));
    if (word === 'ready') killing = sleep(60 + ((run * 113) % 600)).then(() => void child.kill('SIGKILL'));
  }
  await killing;
  const [code, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The keeper ended by itself with ${code ?? signal}.`);
  return notes;
}

describe('a log whose process is killed while it integrates', () => {
  it(
    `continues every checkpoint that it gave out and needs no repair, ${KILLS} times on one ledger`,
    async () => {
      const notes: string[] = [];
      for (let run = 0; run < KILLS; run++) notes.push(...(await killedKeeper(run)));
      const store = SqliteEventStore.open(join(folder, 'ledger.db'));
      const keys = LogKeys.open(folder, undefined, 'killed.example/log');
      const path = join(folder, 'log.db');
      const keeper = await LogKeeper.open({ store, clock: systemClock, path, keys });
      await keeper.checkpoint();
      expect(brokenCheckpoints(notes, keeper.log)).toEqual([]);
      await keeper.close();
      await store.close();
      const audited = LogStore.open(join(folder, 'audit.db'));
      const audit = await auditFile(join(folder, 'ledger.db'), audited, SEALER);
      expect(audit).toMatchObject({ findings: [], notYetLogged: 0, sealed: 0 });
      expect(Math.min(notes.length, audit.compared)).toBeGreaterThan(KILLS);
      const live = LogStore.open(path);
      expect(live.range).toEqual(audited.range);
      live.close();
      audited.close();
      process.stderr.write(
        `${KILLS} kills: ${notes.length} checkpoints given out, ${audit.compared} events logged\n`,
      );
    },
    KILLS * 20_000,
  );
});
