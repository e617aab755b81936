import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, SqliteEventStore, type StoredEvent, type StreamCipher } from '#event-store';
import { auditFile, LogKeeper, LogKeys, LogStore } from '#log';
import { systemClock } from '#time';
import { newStream, readAllAfter, sample } from '../contract/samples.js';
import { compileStore, type Compiled } from './compile.js';
import { acknowledgedIn, brokenCheckpoints, faultsOf, type Acknowledged } from './judge.js';
import { draw, hasStrace, runWithFault, type Call, type Fault } from './strace.js';

/** Of Debian's package, which `.ci/run` installs. Without it no call can be struck at: no rounds are run, and it is said. */
const isThere = hasStrace();
const rounds = (full: number, sample: number) => {
  if (!isThere) return 0;
  return process.env['SILLAGE_FAULTS'] === 'full' ? full : sample;
};
const KILLS = rounds(260, 6);
const KILLS_OF_LOG = rounds(50, 2);
const ERRORS = rounds(180, 8);
/** So many kills strike one ledger, then another is begun: all of it is read after each. */
const KILLS_PER_LEDGER = 10;
const RUN_MS = 60_000;
const [WRITER, KEEPER, FAILING] = ['writer', 'integrator', 'failing-disk'].map(
  (name) => `test/faults/${name}.child.ts`,
) as [string, string, string];
const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
const FLUSHES = 'fsync,fdatasync';
const CALLS: readonly Call[] = [
  { calls: 'pwrite64', often: 2_000 },
  { calls: FLUSHES, often: 30 },
  { calls: 'pread64', often: 60 },
  { calls: 'fcntl', often: 150 },
];
/** What fails in some 120 appends, and how. */
const FAILING_CALLS: readonly Call[] = [
  { calls: 'pwrite64', often: 200 },
  { calls: FLUSHES, often: 18 },
  { calls: 'pread64', often: 24 },
  { calls: 'ftruncate', often: 2 },
  { calls: 'openat', often: 3 },
  { calls: 'write,pwrite64', often: 120 },
];

let compiled: Compiled;
let folder: string;
let ledger: string;

beforeAll(() => {
  if (!isThere)
    process.stderr.write('No strace here ("apt-get install strace"): no system call is struck at.\n');
  compiled = compileStore(WRITER, KEEPER, FAILING, 'test/faults/burst.ts');
});
afterAll(() => compiled.remove());

function newLedger(): void {
  folder = mkdtempSync(join(tmpdir(), 'sillage-syscalls-'));
  ledger = join(folder, 'ledger.db');
}
beforeEach(newLedger);

function strike(run: number, calls: readonly Call[], what: string): Fault {
  const call = calls[run % calls.length]!;
  return { calls: call.calls, what, when: String(1 + draw(`${what} ${run}`, call.often)) };
}

/** Opened as after a restart: nobody repairs anything. */
async function eventsNow(): Promise<readonly StoredEvent[]> {
  const store = SqliteEventStore.open(ledger);
  const events = await readAllAfter(store, 0, 5000);
  await store.close();
  return events;
}

describe('a store process that is killed at a system call on its files', () => {
  it(
    `loses nothing that it acknowledged, keeps nothing twice and needs no repair, ${KILLS} times`,
    async () => {
      const acknowledged: Acknowledged[] = [];
      const told = { struck: 0, acknowledged: 0, stored: 0 };
      for (let run = 0; run < KILLS; run++) {
        const fault = strike(run, CALLS, 'signal=KILL');
        const program = [compiled.file(WRITER), ledger, String(run)];
        const { lines, signal } = await runWithFault(ledger, fault, program, 3_000);
        if (signal === 'SIGKILL') told.struck++;
        acknowledged.push(...lines.flatMap((line) => acknowledgedIn(line) ?? []));
        const events = await eventsNow();
        expect([run, fault, faultsOf(events, acknowledged)]).toEqual([run, fault, []]);
        if ((run + 1) % KILLS_PER_LEDGER !== 0 && run + 1 < KILLS) continue;
        expectSound();
        told.acknowledged += acknowledged.splice(0).reduce((sum, { count }) => sum + count, 0);
        told.stored += events.length;
        rmSync(folder, { recursive: true });
        newLedger();
      }
      process.stderr.write(`${KILLS} kills at system calls: ${JSON.stringify(told)}\n`);
      expect(told.struck).toBeGreaterThan(KILLS / 2);
    },
    (KILLS + 1) * RUN_MS,
  );

  it(
    `continues every checkpoint that it gave out, ${KILLS_OF_LOG} times`,
    async () => {
      const notes: string[] = [];
      let struck = 0;
      for (let run = 0; run < KILLS_OF_LOG; run++) {
        const fault = strike(run, CALLS, 'signal=KILL');
        const program = [compiled.file(KEEPER), folder, String(run)];
        const { lines, signal } = await runWithFault(ledger, fault, program, 40);
        if (signal === 'SIGKILL') struck++;
        notes.push(...lines.flatMap((line) => noteIn(line) ?? []));
        if ((run + 1) % KILLS_PER_LEDGER !== 0 && run + 1 < KILLS_OF_LOG) continue;
        expect(await brokenNow(notes.splice(0))).toEqual([]);
        rmSync(folder, { recursive: true });
        newLedger();
      }
      process.stderr.write(`${KILLS_OF_LOG} kills of a log's keeper, ${struck} at a system call\n`);
    },
    (KILLS_OF_LOG + 1) * RUN_MS,
  );
});

describe('a store whose disk fails at a system call', () => {
  it(
    `acknowledges nothing falsely, stops after a failed flush and needs no repair, ${ERRORS} times`,
    async () => {
      const told = { struck: 0, acknowledged: 0, refused: 0, unopened: 0 };
      for (let run = 0; run < ERRORS; run++) {
        const what = run % 2 ? 'error=EIO' : 'error=ENOSPC';
        const fault = strike(run >> 1, FAILING_CALLS, what);
        // Each call fails once, then, in the next cycle, goes on failing.
        const cycle = Math.floor(run / (2 * FAILING_CALLS.length));
        const lasting = cycle % 2 === 0 ? fault : { ...fault, when: `${fault.when}+` };
        const program = [compiled.file(FAILING), ledger, String(run)];
        const { lines, signal } = await runWithFault(ledger, lasting, program, 10_000);
        expect([lasting, signal, lines.at(-1)]).toEqual([
          lasting,
          null,
          expect.stringMatching(/^(end|unopened)$/),
        ]);
        const refused = lines.filter((line) => line.startsWith('refused '));
        const acknowledged = lines.flatMap((line) => acknowledgedIn(line) ?? []);
        const events = await eventsNow();
        expect([lasting, faultsOf(events, acknowledged)]).toEqual([lasting, []]);
        expect([lasting, falselyRefused(lines, events)]).toEqual([lasting, []]);
        if (fault.calls === FLUSHES)
          expect([lasting, acknowledgedAfterRefusal(lines)]).toEqual([lasting, []]);
        await expectWritable();
        expectSound();
        told.struck += refused.length > 0 || lines.at(-1) === 'unopened' ? 1 : 0;
        told.acknowledged += acknowledged.length;
        told.refused += refused.length;
        told.unopened += lines.at(-1) === 'unopened' ? 1 : 0;
        rmSync(folder, { recursive: true });
        newLedger();
      }
      process.stderr.write(`${ERRORS} failing calls: ${JSON.stringify(told)}\n`);
      expect(told.struck).toBeGreaterThanOrEqual(ERRORS / 3);
    },
    (ERRORS + 1) * RUN_MS,
  );
});

function expectSound(): void {
  const db = openDatabase(ledger, { readOnly: true });
  expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  db.close();
}

async function expectWritable(): Promise<void> {
  const store = SqliteEventStore.open(ledger);
  const stream = newStream();
  expect(await store.append(stream, [sample(stream, 0)], -1)).toMatchObject({ kind: 'appended' });
  await store.close();
}

/** Appends that are stored although each answer said that nothing was written. */
function falselyRefused(lines: readonly string[], events: readonly StoredEvent[]): string[] {
  const answers = new Map<string, Set<string>>();
  for (const line of lines) {
    const [word, name, stream, revision] = line.split(' ');
    if (word !== 'refused') continue;
    const key = `${stream} ${revision}`;
    answers.set(key, (answers.get(key) ?? new Set()).add(name!));
  }
  const acknowledged = new Set(
    lines
      .flatMap((line) => acknowledgedIn(line) ?? [])
      .map(({ stream, revision }) => `${stream} ${revision}`),
  );
  return events
    .map(({ stream, revision }) => `${stream} ${revision}`)
    .filter((key) => answers.has(key) && !acknowledged.has(key) && !answers.get(key)!.has('OutcomeUnknown'));
}

/** Acknowledgements of appends that came after the first refusal. */
function acknowledgedAfterRefusal(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.startsWith('refused '));
  return first < 0 ? [] : lines.slice(first).filter((line) => line.startsWith('ack '));
}

/** The note of a line `checkpoint <base64>`. */
function noteIn(line: string): string | undefined {
  const [word, note] = line.split(' ');
  return word === 'checkpoint' && note ? Buffer.from(note, 'base64').toString('utf8') : undefined;
}

async function brokenNow(notes: readonly string[]): Promise<readonly unknown[]> {
  const store = SqliteEventStore.open(ledger);
  const keys = LogKeys.open(folder, undefined, 'killed.example/log');
  const path = join(folder, 'log.db');
  const keeper = await LogKeeper.open({ store, clock: systemClock, path, keys });
  await keeper.checkpoint();
  const broken = brokenCheckpoints(notes, keeper.log);
  await keeper.close();
  await store.close();
  const audited = LogStore.open(join(folder, 'audit.db'));
  const sealer = { cipherOf: async () => CLEAR, cipherFor: async () => CLEAR };
  const { findings } = await auditFile(ledger, audited, sealer);
  audited.close();
  return [...broken, ...findings];
}
