import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streamName, type DomainEvent, type StreamName } from '#decider';
import { LedgerFile, Ledger, openDatabase, SqliteEventStore } from '#event-store';
import { auditFile, LogKeeper, LogKeys, LogStore, type Audit } from '#log';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { ED25519, labelOf, signerOf, type Label } from '#transparency';
import { newStream } from '../contract/samples.js';

const FULL = process.env['SILLAGE_FAULTS'] === 'full';
const FLIPS = FULL ? 1_000 : 60;
const SWAPS = FULL ? 50 : 10;
const MINUTE = 60_000;

let folder: string;
let ledgerFile: string;
let sealing: Sealing;
let keyStore: SqliteKeyStore;
const streams: StreamName[] = [newStream('person'), newStream('person'), newStream('institution')];

/** The same numbers in every run. */
function draw(name: string, below: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % below;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-edited-'));
  ledgerFile = join(folder, 'ledger.db');
  keyStore = SqliteKeyStore.open(join(folder, 'keys.db'));
  sealing = new Sealing(keyStore, FileRootKey.open(join(folder, 'root.key')));
  const store = SqliteEventStore.open(ledgerFile);
  const ledger = new Ledger(store, sealing, systemClock);
  const signer = signerOf('edited.example/log', ED25519, createHash('sha256').update('key').digest());
  const path = join(folder, 'log.db');
  const keeper = await LogKeeper.open({ store, clock: systemClock, path, keys: LogKeys.of(signer) });
  for (let i = 0; i < 90; i++) {
    await record(ledger, streams[i % streams.length]!, i);
    if (i % 11 === 0) await keeper.checkpoint();
  }
  await keeper.close();
  await store.close();
}, MINUTE);
afterAll(async () => {
  await keyStore.close();
  rmSync(folder, { recursive: true });
});

async function record(ledger: Ledger, stream: StreamName, n: number): Promise<void> {
  const fold = { initial: 0, evolve: (count: number) => count + 1 };
  const id = `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`;
  const context = { actor: { kind: 'mandate', id: 'M' }, commandId: id, digest: 'd', correlationId: id };
  const event: DomainEvent = { type: 'ItemTold', data: { n, text: 'Zoé' } };
  const outcome = await ledger.decide(stream, fold, context as never, () => ({
    kind: 'accepted',
    events: [event],
  }));
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
}

/** What `verify ledger` says of a copy that somebody changed. */
async function auditOf(
  change: (copy: string) => void,
  erased?: ReadonlySet<Label>,
): Promise<Audit & { readonly dump: string }> {
  const copy = join(folder, 'copy.db');
  copyFileSync(ledgerFile, copy);
  change(copy);
  const log = LogStore.open(join(folder, 'audit.db'));
  const audit = await auditFile(copy, log, sealing, erased);
  log.close();
  LogStore.remove(join(folder, 'audit.db'));
  const dump = dumpOf(copy);
  LogStore.remove(copy);
  return { ...audit, dump };
}

/** Everything the events say, or why they cannot be read. */
function dumpOf(path: string): string {
  try {
    const file = LedgerFile.open(path);
    const rows = [...file.rows()].map((row) => JSON.stringify(row));
    file.close();
    return rows.join('\n');
  } catch (error) {
    return String(error);
  }
}

function sql(...statements: readonly string[]): (copy: string) => void {
  return (copy) => {
    const db = openDatabase(copy);
    for (const statement of statements) db.exec(statement);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
  };
}

describe('verify, on a ledger', () => {
  it('finds nothing wrong with one that nobody touched', async () => {
    const audit = await auditOf(() => {});
    expect(audit).toMatchObject({ findings: [], compared: 90, sealed: 0, notYetLogged: 0 });
  });

  it.each(['position * 1000 + 17', 'position - 1000'])(
    'finds nothing wrong with one that was moved, whose engine gave out %s',
    async (moved) => {
      const audit = await auditOf(sql(`UPDATE event SET position = ${moved}`));
      expect(audit).toMatchObject({ findings: [], compared: 90, notYetLogged: 0 });
    },
  );

  it(
    `finds every change of an event, wherever one of ${FLIPS} bytes is flipped`,
    async () => {
      const sound = dumpOf(ledgerFile);
      const bytes = readFileSync(ledgerFile);
      const silent: number[] = [];
      let changed = 0;
      for (let run = 0; run < FLIPS; run++) {
        const at = draw(`place ${run}`, bytes.length);
        const flipped = Buffer.from(bytes);
        flipped[at] = flipped[at]! ^ (1 << draw(`bit ${run}`, 8));
        const { findings, dump } = await auditOf((copy) => writeFileSync(copy, flipped));
        if (dump === sound) continue;
        changed++;
        if (findings.length === 0) silent.push(at);
      }
      expect(silent).toEqual([]);
      expect(changed).toBeGreaterThan(FLIPS / 3);
    },
    10 * MINUTE,
  );

  it.each([
    ['type', "'Other'"],
    ['schema', 'schema + 1'],
    ['recorded_at', "'2026-01-01T00:00:00.000Z'"],
    ['effective_at', `'"2026-01-01T00:00:00.000Z"'`],
    ['actor', `'{"kind":"client","id":"x"}'`],
    ['command_id', "'00000000-0000-8000-8000-ffffffffffff'"],
    ['correlation_id', "'00000000-0000-8000-8000-ffffffffffff'"],
    ['causation_id', 'id'],
    ['id', "'00000000-0000-8000-8000-ffffffffffff'"],
    ['commitment', 'randomblob(32)'],
    ['body', 'randomblob(length(body))'],
    ['revision', 'revision + 1000'],
    ['stream', "stream || 'x'"],
    ['position', 'position + 1000'],
  ])('names the event whose column %s was edited, sealed, in clear, or of the log', async (column, value) => {
    for (const stream of [...streams, streamName('log')]) {
      const edit = `UPDATE event SET ${column} = ${value} WHERE stream = '${stream}' AND revision = 5`;
      const { findings } = await auditOf(sql(edit));
      const said = findings.map(({ sentence }) => sentence).join(' ');
      expect([stream, said]).toEqual([
        stream,
        expect.stringMatching(/Event 5 |Event 1005 |batch 5|batch 1005/),
      ]);
    }
  });

  it(
    `names the rows that were swapped, ${SWAPS} times`,
    async () => {
      const columns = ['body', 'commitment', 'position', 'revision', 'stream', 'recorded_at', 'id'];
      const places = readPlaces();
      for (let run = 0; run < SWAPS; run++) {
        const column = columns[run % columns.length]!;
        const first = draw(`first ${run}`, places.length);
        const second = (first + 1 + draw(`second ${run}`, places.length - 1)) % places.length;
        const [a, b] = [places[first]!, places[second]!];
        const { findings, dump } = await auditOf((copy) => swap(copy, column, a, b));
        if (dump === dumpOf(ledgerFile)) continue;
        expect([run, column, a, b, findings.length > 0]).toEqual([run, column, a, b, true]);
      }
    },
    MINUTE,
  );

  it.each([
    [
      'deleted',
      "DELETE FROM event WHERE stream = 'S' AND revision = 7",
      /Event 7 of S was logged and is missing/,
    ],
    [
      'put in',
      `INSERT INTO event SELECT 3000 - position, 'S', 500, 'x' || id, type, schema, recorded_at, effective_at, actor,
        command_id, correlation_id, causation_id, commitment, body FROM event WHERE stream = 'S' AND revision = 3`,
      /^$/,
    ],
    [
      'put in before others',
      `INSERT INTO event SELECT min.before, 'S', 500, 'x' || id, type, schema, recorded_at, effective_at, actor,
        command_id, correlation_id, causation_id, commitment, body
        FROM event, (SELECT min(position) - 1 AS before FROM event) AS min WHERE stream = 'S' AND revision = 3`,
      /Event 500 of S: it is not in the log/,
    ],
  ])('tells of an event that was %s', async (_, statement, says) => {
    const { findings, notYetLogged } = await auditOf(sql(statement.replaceAll("'S'", `'${streams[0]}'`)));
    const said = findings.map(({ sentence }) => sentence.replaceAll(streams[0]!, 'S')).join(' ');
    expect(said).toMatch(says);
    expect(findings.length + notYetLogged).toBe(1);
  });

  it('takes for gone, and counts, what the key store lists as erased and the log does not name yet', async () => {
    const gone = sql(`DELETE FROM event WHERE stream = '${streams[0]}'`);
    const audit = await auditOf(gone, new Set([labelOf(streams[0]!)]));
    expect(audit).toMatchObject({ findings: [], erasing: 30, compared: 60 });
    expect((await auditOf(gone)).findings).toHaveLength(30);
  });

  it('names two events that were logged together and exchanged their places', async () => {
    const [first, second] = readPlaces().slice(6, 8) as [number, number];
    const { findings } = await auditOf(
      sql(
        `UPDATE event SET position = 9999 WHERE position = ${first}`,
        `UPDATE event SET position = ${first} WHERE position = ${second}`,
        `UPDATE event SET position = ${second} WHERE position = 9999`,
      ),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]!.sentence).toMatch(/stands after an event that was logged later/);
  });

  it('names the last event where it was put behind the entry that logs it', async () => {
    const last = "(SELECT max(position) FROM event WHERE stream <> 'log')";
    const { findings } = await auditOf(sql(`UPDATE event SET position = 9999 WHERE position = ${last}`));
    expect(findings.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/stands behind the entry that logs it/),
    ]);
  });

  it('compares contents only where it has the key, and says so', async () => {
    const log = LogStore.open(join(folder, 'keyless.db'));
    const keyless = { cipherOf: async () => undefined, cipherFor: () => Promise.reject(new Error('no key')) };
    expect(await auditFile(ledgerFile, log, keyless)).toMatchObject({
      findings: [],
      compared: 90,
      sealed: 90,
    });
    log.close();
  });
});

function readPlaces(): readonly number[] {
  const file = LedgerFile.open(ledgerFile);
  const places = [...file.rows()].map(({ position }) => position);
  file.close();
  return places;
}

/** Two rows exchange one column; through a value that nobody has, for the unique ones. */
function swap(copy: string, column: string, a: number, b: number): void {
  const db = openDatabase(copy);
  const at = (position: number) =>
    db.prepare('SELECT * FROM event WHERE position = ?').get(position) as Record<string, string>;
  const [left, right] = [at(a), at(b)];
  const set = db.prepare(`UPDATE event SET ${column} = ? WHERE id = ?`);
  const [first, second] = [left['id']!, right['id']!];
  const between = column === 'revision' || column === 'position' ? 9_999 : 'between';
  try {
    if (column === 'id') {
      set.run('between', first);
      set.run(first, second);
      set.run(second, 'between');
    } else {
      if (typeof left[column] !== 'object') set.run(between, first);
      set.run(left[column]!, second);
      set.run(right[column]!, first);
    }
  } catch {
    // The store itself refuses two events at one place: restore the row, nothing is swapped.
    set.run(left[column]!, first);
  }
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
}
