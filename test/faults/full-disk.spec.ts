import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase, SqliteEventStore } from '#event-store';
import { newStream, readAllAfter, sample } from '../contract/samples.js';
import { compileStore, type Compiled } from './compile.js';

interface Failure {
  readonly name: string;
  readonly message: string;
}

interface Report {
  readonly failures: readonly Failure[];
  readonly whenFull: { readonly acknowledged: string[]; readonly stored: string[]; readonly read: number };
  readonly afterRoom: readonly Failure[];
  readonly acknowledged: string[];
}

const ROUNDS = process.env['SILLAGE_FAULTS'] === 'full' ? 20 : 1;
const FLOOD = 'test/faults/full-disk.child.ts';

let compiled: Compiled;
let folder: string;

beforeAll(() => {
  compiled = compileStore(FLOOD);
  folder = mkdtempSync(join(tmpdir(), 'sillage-disk-'));
});
afterAll(() => {
  compiled.remove();
  rmSync(folder, { recursive: true });
});

/**
 * Runs a program with a small disk that only it sees, and that is gone when it ends. Who is not root
 * becomes root in a user namespace of its own for it.
 */
function onSmallDisk(kib: number, ...command: string[]): string {
  const disk = join(folder, 'disk');
  mkdirSync(disk, { recursive: true });
  const script = `mount -t tmpfs -o size=${kib}k tmpfs "$0" || exit 77; exec "$@"`;
  const own = process.getuid?.() === 0 ? ['--mount'] : ['--user', '--map-root-user', '--mount'];
  const run = spawnSync('unshare', [...own, 'sh', '-c', script, disk, ...command], { encoding: 'utf8' });
  if (run.error || run.status === 77 || run.stderr.includes('unshare failed'))
    throw new Error(
      `This test needs "unshare" and the right to mount a tmpfs: ${run.error?.message ?? run.stderr}`,
    );
  if (run.status !== 0) throw new Error(`The program ended with ${run.status}: ${run.stderr}`);
  return run.stdout;
}

/** Of a mebibyte, and a little larger each time: it is full at another write. */
const disks = Array.from({ length: ROUNDS }, (_, round) => 1024 + round * 44);

describe.each(disks)('a store on a full disk of %i KiB', (kib) => {
  let report: Report;
  let copy: string;
  beforeAll(() => {
    copy = join(folder, `copy-${kib}.db`);
    const out = onSmallDisk(kib, process.execPath, compiled.file(FLOOD), join(folder, 'disk'), copy);
    report = JSON.parse(out) as Report;
  });

  it('refuses appends with one sentence that says what happened and what to do', () => {
    expect(report.failures.length).toBeGreaterThanOrEqual(12);
    const sentences = new Set(report.failures.map(({ name, message }) => `${name}: ${message}`));
    expect([...sentences]).toEqual([
      'StorageFailed: The disk is full: nothing was written. Free some space and try again.',
    ]);
  });

  it('holds exactly what it acknowledged, and goes on reading', () => {
    expect(report.whenFull.acknowledged.length).toBeGreaterThan(0);
    expect(report.whenFull.stored).toEqual(report.whenFull.acknowledged);
    expect(report.whenFull.read).toBe(report.whenFull.stored.length);
  });

  it('goes on when there is room again, without a restart', async () => {
    expect(report.afterRoom).toEqual([]);
    expect(report.acknowledged).toHaveLength(report.whenFull.acknowledged.length + 27);
    const store = SqliteEventStore.open(copy);
    const events = await readAllAfter(store, 0);
    expect(events.map((event) => event.id)).toEqual(report.acknowledged);
    expect(events.map((event) => event.position)).toEqual(events.map((_, i) => i + 1));
    await store.close();
  });
});

describe('a store on a disk that stops taking writes', () => {
  const path = () => join(folder, 'ledger.db');
  let report: Report;
  beforeAll(() => {
    // A limit on the size of files is not a full disk: the kernel answers "too large", the store cannot know why.
    const command = [process.execPath, compiled.file(FLOOD), folder, join(folder, 'stopped.db')];
    const run = spawnSync('sh', ['-c', 'ulimit -f 1600; exec "$@"', 'sh', ...command], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`The program ended with ${run.status}: ${run.stderr}`);
    report = JSON.parse(run.stdout) as Report;
  });

  it('does not claim to know what became of the appends during which it failed', () => {
    expect(new Set(report.failures.slice(0, 3).map(({ name }) => name))).toEqual(new Set(['OutcomeUnknown']));
  });

  it('writes nothing more until it is started again: what a failed flush lost cannot be seen', () => {
    const sentences = [...report.failures.slice(3), ...report.afterRoom];
    expect(sentences).toHaveLength(18);
    for (const { name, message } of sentences)
      expect(`${name}: ${message}`).toBe(
        'StorageFailed: The disk does not accept writes: nothing more is written until the server is restarted.',
      );
  });

  it('holds all that it acknowledged, and goes on, when it is started again', async () => {
    const store = SqliteEventStore.open(path());
    const ids = new Set((await readAllAfter(store, 0)).map((event) => event.id as string));
    expect(report.acknowledged.length).toBeGreaterThan(0);
    expect(report.acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    const stream = newStream();
    expect(await store.append(stream, [sample(stream, 0)], -1)).toMatchObject({ kind: 'appended' });
    await store.close();
    const db = openDatabase(path(), { readOnly: true });
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    db.close();
  });
});
