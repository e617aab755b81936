import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, streamName, type DomainEvent, type Fold, type Recorded } from '#decider';
import { commandOnce, Ledger, SqliteEventStore } from '#event-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { epochMs, systemClock } from '#time';
import { keepReadModels } from './keeper.js';
import type { Projector } from './projection-runner.js';
import { ReadModels } from './read-models.js';
import type { Change, Forgetting, Table } from './table.js';

type Named = DomainEvent<'Named', { readonly name: string }>;
type Gone = DomainEvent<'Gone', Record<string, never>>;
const fold: Fold<number, Recorded<Named | Gone>> = { initial: 0, evolve: (n) => n + 1 };

const NAME: Table = { name: 'name', columns: { person: 'TEXT', text: 'BLOB' }, scope: ['person'] };
const LEA = '00000000-0000-4000-8000-00000000000a';
const OWNER = `person:${LEA}`;

/** A server and the thread that keeps its read models: one ledger file, one key file, nothing else in common. */
let folder: string;
let here: { store: SqliteEventStore; keys: SqliteKeyStore; sealing: Sealing; ledger: Ledger };
let there: typeof here;
let models: ReadModels;
let isStuck: boolean;

function side(store: SqliteEventStore): typeof here {
  const keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  return { store, keys, sealing, ledger: new Ledger(store, sealing, systemClock) };
}

beforeEach(async () => {
  isStuck = false;
  folder = mkdtempSync(join(tmpdir(), 'sillage-keeper-'));
  here = side(SqliteEventStore.open(join(folder, 'ledger.db')));
  there = side(SqliteEventStore.openToRead(join(folder, 'ledger.db')));
  here.store.onCommit(() => there.store.wake());
  models = await follow();
});
afterEach(async () => {
  isStuck = false;
  await models.close();
  for (const { store, keys } of [there, here]) {
    await store.close();
    await keys.close();
  }
  rmSync(folder, { recursive: true });
});

function follow(): Promise<ReadModels> {
  const { port1, port2 } = new MessageChannel();
  const ended = keepReadModels(port1, folder, there.ledger, there.sealing, () => new Names());
  return ReadModels.follow(port2, undefined, ended);
}

/** One row a person, sealed. */
class Names implements Projector {
  readonly tables = [NAME];
  readonly kinds = new Set(['person']);

  async project(events: readonly Recorded<DomainEvent>[]): Promise<readonly (Change | Forgetting)[]> {
    if (isStuck) throw new Error('The projector is stuck.');
    return (events as Recorded<Named | Gone>[]).map((event) => {
      if (event.type === 'Gone') return { forget: LEA };
      const row = { person: LEA, text: { owner: OWNER, text: event.data.name } };
      const scope = { person: LEA };
      return { table: NAME, scope, rows: [row], recordedMs: epochMs(event.recordedAt) };
    });
  }
}

/** @returns the position */
async function record(event: Named | Gone): Promise<number> {
  const command = commandOnce({ kind: 'client', id: 'x' });
  const outcome = await here.ledger.decide(streamName('person', LEA), fold, command, () => accept(event));
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
  return outcome.position;
}

const named = (name: string) => record({ type: 'Named', data: { name } });

async function names(sealing: Sealing): Promise<readonly (string | undefined)[]> {
  const rows = models.store.all('SELECT text FROM name WHERE recorded_to > ?', Date.now());
  return Promise.all(rows.map((row) => sealing.openText(OWNER, 'name.text', row['text'] as Uint8Array)));
}

async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('read models that somebody else keeps', () => {
  test('follow what is committed here, and tell the newest moment of recording', async () => {
    for (const name of ['Léa', 'Léa B.', 'Léa Besnard'])
      expect(await models.waitFor(await named(name), 10_000)).toBe(true);
    expect(await names(here.sealing)).toEqual(['Léa Besnard']);
    expect(Math.abs(models.newestRecordedMs - Date.now())).toBeLessThan(60_000);
  });

  test('tell of a fault while it lasts, and go on after it', async () => {
    isStuck = true;
    const position = await named('Léa');
    await until(() => models.fault !== undefined);
    expect([models.fault!.message, models.position]).toEqual(['The projector is stuck.', 0]);
    isStuck = false;
    expect(await models.waitFor(position, 10_000)).toBe(true);
    expect(models.fault).toBeUndefined();
  });

  test('answer from the new file once it has taken over, and leave none of the old', async () => {
    await models.waitFor(await named('Léa'), 10_000);
    const before = models.store.path;
    const told: number[] = [];
    await models.rebuild((position) => told.push(position));
    expect([told.at(-1), models.store.path === before]).toEqual([1, false]);
    expect(await names(here.sealing)).toEqual(['Léa']);
    expect(readdirSync(folder).filter((name) => before.endsWith(name.replace(/-(wal|shm)$/, '')))).toEqual(
      [],
    );
  });

  test('say what a rebuild failed of, and answer as before', async () => {
    await models.waitFor(await named('Léa'), 10_000);
    isStuck = true;
    await expect(models.rebuild()).rejects.toThrow('The projector is stuck.');
    expect(await names(here.sealing)).toEqual(['Léa']);
  });

  test('hold no key of an erased person any more, also where it was destroyed elsewhere', async () => {
    await models.waitFor(await named('Léa'), 10_000);
    const [row] = models.store.all('SELECT text FROM name');
    const copy = row!['text'] as Uint8Array;
    const last = await record({ type: 'Gone', data: {} });
    await here.sealing.erase(OWNER, [streamName('person', LEA)]);
    expect(await there.sealing.openText(OWNER, 'name.text', copy)).toBe('Léa');
    await models.settleErasure(LEA, last);
    expect(await there.sealing.openText(OWNER, 'name.text', copy)).toBeUndefined();
    expect(models.store.all('SELECT 1 FROM name')).toEqual([]);
  });

  test('settle an erasure in the file that answers once a rebuild under way is done', async () => {
    await models.waitFor(await named('Léa'), 10_000);
    const building = models.rebuild();
    const last = await record({ type: 'Gone', data: {} });
    await Promise.all([building, models.settleErasure(LEA, last)]);
    expect(models.store.all('SELECT 1 FROM name')).toEqual([]);
  });

  test('let go of whoever waits when they are closed', async () => {
    const waiting = models.waitFor(1_000, 60_000);
    await models.close();
    expect(await waiting).toBe(false);
    models = await follow();
  });
});
