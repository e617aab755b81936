import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, SqliteEventStore, type StoredEvent } from '#event-store';
import { readAllAfter, sample } from '../contract/samples.js';
import { compileStore, type Compiled } from './compile.js';

const KILLS = process.env['SILLAGE_FAULTS'] === 'full' ? 50 : 8;
const WRITER = 'test/faults/writer.child.ts';

interface Acknowledged {
  readonly stream: string;
  readonly id: string;
  readonly revision: number;
  readonly count: number;
}

let compiled: Compiled;
let folder: string;
let path: string;

beforeAll(() => {
  compiled = compileStore(WRITER);
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
    const [word, stream, id, revision, count] = line.split(' ');
    if (word !== 'ack' || count === undefined) continue;
    acknowledged.push({ stream: stream!, id: id!, revision: Number(revision), count: Number(count) });
    killing ??= sleep((run * 37) % 190).then(() => void child.kill('SIGKILL'));
  }
  await killing;
  const [code, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself with ${code ?? signal}.`);
  return acknowledged;
}

/** What is wrong with the ledger, in words: a list of thousands of expectations would take longer than the kills. */
function faultsOf(events: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): string[] {
  const faults: string[] = [];
  const places = new Map(events.map((event) => [`${event.stream} ${event.revision}`, event]));
  if (places.size !== events.length) faults.push('a revision is there twice');
  if (new Set(events.map((event) => event.id)).size !== events.length) faults.push('an event is there twice');
  for (const { stream, id, revision, count } of acknowledged) {
    if (places.get(`${stream} ${revision}`)?.id !== id) faults.push(`lost: ${stream} ${revision}`);
    for (let i = 1; i < count; i++)
      if (!places.has(`${stream} ${revision + i}`)) faults.push(`lost: ${stream} ${revision + i}`);
  }
  events.forEach((event, i) => {
    if (event.position !== i + 1) faults.push(`position ${event.position} stands at place ${i + 1}`);
    const { commitment } = sample(event.stream, event.revision, { id: event.id });
    const text = `${event.id} `.repeat(1 + (event.revision % 40));
    if (Buffer.from(event.body).toString() !== text) faults.push(`altered: position ${event.position}`);
    if (!Buffer.from(commitment).equals(event.commitment)) faults.push(`altered: position ${event.position}`);
  });
  return [...faults, ...tornAppends(events)];
}

/** All or nothing: an append of three events never leaves one or two of them. */
function tornAppends(events: readonly StoredEvent[]): string[] {
  const lengths = new Map<string, number>();
  const faults: string[] = [];
  for (const { stream, revision } of events) {
    if (revision !== (lengths.get(stream) ?? 0)) faults.push(`gap: ${stream} before ${revision}`);
    lengths.set(stream, revision + 1);
  }
  for (const [stream, length] of lengths) {
    let end = 0;
    while (end < length) end += 1 + ((end * 7) % 3);
    if (end !== length) faults.push(`torn: ${stream} ends at ${length}, not at ${end}`);
  }
  return faults;
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
