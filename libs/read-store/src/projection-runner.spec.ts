import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { accept, streamName, type DomainEvent, type Fold, type Recorded } from '#decider';
import { commandOnce, Ledger, SqliteEventStore } from '#event-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { epochMs, systemClock } from '#time';
import { ProjectionRunner, type Projector } from './projection-runner.js';
import { ReadModels } from './read-models.js';
import { ReadStore } from './read-store.js';
import type { Change, Table } from './table.js';

type Written = DomainEvent<'Written', { readonly n: number }>;
const fold: Fold<number, Recorded<Written>> = { initial: 0, evolve: (_, { data }) => data.n };

const LINE: Table = {
  name: 'line',
  columns: { position: 'INTEGER', n: 'INTEGER', sealed: 'BLOB', blind: 'TEXT' },
  scope: ['position'],
};

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let sealing: Sealing;
let ledger: Ledger;
const ending: { close(): Promise<void> }[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-runner-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  ledger = new Ledger(store, sealing, systemClock);
});
afterEach(async () => {
  for (const one of ending.splice(0)) await one.close();
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

const OWNER = '00000000-0000-4000-8000-00000000000a';
const PERSON = streamName('person', OWNER);
/** @returns the position */
async function write(n: number): Promise<number> {
  const command = commandOnce({ kind: 'client', id: 'x' });
  const outcome = await ledger.decide(PERSON, fold, command, () =>
    accept<Written>({ type: 'Written', data: { n } }),
  );
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
  return outcome.position;
}

/** One row an event; `before` may break. */
class Lines implements Projector {
  readonly tables = [LINE];
  readonly kinds = new Set(['person']);
  readonly seen: number[] = [];
  constructor(private readonly before: (n: number) => Promise<void> | void = () => {}) {}

  async project(events: readonly Recorded<DomainEvent>[]): Promise<readonly Change[]> {
    const changes: Change[] = [];
    for (const event of events as Recorded<Written>[]) {
      const { n } = event.data;
      await this.before(n);
      this.seen.push(n);
      const row = {
        position: event.position,
        n,
        sealed: { owner: `person:${OWNER}`, text: `line ${n}` },
        blind: { blind: `line ${n}` },
      };
      const scope = { position: String(event.position) };
      changes.push({ table: LINE, scope, rows: [row], recordedMs: epochMs(event.recordedAt) });
    }
    return changes;
  }
}

function runner(projector: Projector, path = 'read-1.db'): ProjectionRunner {
  const models = ReadStore.open(join(folder, path), projector.tables);
  const made = new ProjectionRunner(ledger, sealing, models, projector);
  const close = async () => {
    await made.close();
    models.close();
  };
  ending.push({ close });
  return made;
}

const numbers = (one: { readonly store: ReadStore }) =>
  one.store.all('SELECT n FROM line ORDER BY position').map((row) => row['n']);

describe('a projection runner', () => {
  test('applies every event once and in order, those that are there and those that come', async () => {
    for (const n of [1, 2, 3]) await write(n);
    const running = runner(new Lines());
    running.start();
    for (const n of [4, 5, 6]) expect(await running.waitFor(await write(n), 5000)).toBe(true);
    expect(numbers(running)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(running.position).toBe(6);
    expect(running.store.checkpoint).toBe(6);
  });

  test('goes on after a fault, without skipping or doubling', async () => {
    let faults = 3;
    const projector = new Lines((n) => {
      if (n === 3 && faults-- > 0) throw new Error('The third one is difficult.');
    });
    const running = runner(projector);
    running.start();
    await write(1);
    expect(await running.waitFor(await write(2), 5000)).toBe(true);
    const third = await write(3);
    expect(await running.waitFor(third, 50)).toBe(false);
    expect(running.fault?.message).toBe('The third one is difficult.');
    expect(numbers(running)).toEqual([1, 2]);
    await write(4);
    expect(await running.waitFor(await write(5), 10_000)).toBe(true);
    expect(numbers(running)).toEqual([1, 2, 3, 4, 5]);
    expect(running.fault).toBeUndefined();
    expect(faults).toBe(-1);
  }, 20_000);

  test('goes on where it stopped when it is started again', async () => {
    const first = runner(new Lines());
    first.start();
    await first.waitFor(await write(1), 5000);
    await ending.pop()!.close();
    await write(2);
    const projector = new Lines();
    const second = runner(projector);
    second.start();
    await second.waitFor(await write(3), 5000);
    expect(projector.seen).toEqual([2, 3]);
    expect(numbers(second)).toEqual([1, 2, 3]);
  });

  test('stores sealed texts sealed and blind texts as a keyed hash', async () => {
    const running = runner(new Lines());
    await write(1);
    await running.catchUp();
    const [row] = running.store.all('SELECT sealed, blind FROM line');
    const sealed = row!['sealed'] as Uint8Array;
    expect(Buffer.from(sealed).includes('line')).toBe(false);
    expect(await sealing.openText(`person:${OWNER}`, 'line.sealed', sealed)).toBe('line 1');
    expect(row!['blind']).toBe((await sealing.hmac('blind-index', 'line 1')).toString('base64url'));
  });

  test('passes by what its projector does not read, unopened, and is past it all the same', async () => {
    const projector = new Lines();
    const running = runner(Object.assign(projector, { kinds: new Set(['actor']) }));
    const open = jest.spyOn(ledger.codec, 'openWhatRemains');
    const last = await write(1);
    await running.catchUp();
    expect([running.position, projector.seen]).toEqual([last, []]);
    expect(open.mock.calls.flatMap(([events]) => events)).toEqual([]);
  });

  test('catches up without being started, and tells how far it is', async () => {
    for (const n of [1, 2, 3]) await write(n);
    const running = runner(new Lines());
    const told: (readonly [number, number])[] = [];
    await running.catchUp((position, end) => told.push([position, end]));
    expect(told.at(-1)).toEqual([3, 3]);
    expect(numbers(running)).toEqual([1, 2, 3]);
  });
});

describe('waiting for a position', () => {
  test('ends at once where it is applied', async () => {
    const running = runner(new Lines());
    await write(1);
    await running.catchUp();
    expect(await running.waitFor(1, 0)).toBe(true);
    expect(await running.waitFor(0, 0)).toBe(true);
  });

  test('ends for all who wait, each at its own position', async () => {
    const running = runner(new Lines());
    running.start();
    const waits = [1, 2, 3, 3].map((position) => running.waitFor(position, 5000));
    for (const n of [1, 2, 3]) await write(n);
    expect(await Promise.all(waits)).toEqual([true, true, true, true]);
  });

  test('ends without success when it takes too long', async () => {
    const running = runner(new Lines());
    running.start();
    expect(await running.waitFor(1, 10)).toBe(false);
  });

  test('ends without success when the runner ends', async () => {
    const running = runner(new Lines());
    running.start();
    const waiting = running.waitFor(1, 60_000);
    await ending.pop()!.close();
    expect(await waiting).toBe(false);
  });
});

describe('read models', () => {
  async function open(projector: () => Projector): Promise<ReadModels> {
    const models = await ReadModels.open(folder, ledger, sealing, projector);
    ending.push(models);
    return models;
  }

  test('let whoever waits go over to the generation that takes over', async () => {
    for (const n of [1, 2]) await write(n);
    let generation = 0;
    const models = await open(() => {
      const mine = generation++;
      return new Lines((n) => {
        // The first is asked for its tables only; the second is in use; the third takes over.
        if (mine === 1 && n === 3) throw new Error('This generation is stuck.');
      });
    });
    const third = await write(3);
    const waiting = models.waitFor(third, 60_000);
    await models.rebuild();
    expect(await waiting).toBe(true);
    expect(numbers(models)).toEqual([1, 2, 3]);
  });

  test('are built from the first event where there are none', async () => {
    for (const n of [1, 2, 3]) await write(n);
    const told: number[] = [];
    const models = await ReadModels.open(
      folder,
      ledger,
      sealing,
      () => new Lines(),
      (position) => told.push(position),
    );
    ending.push(models);
    expect(numbers(models)).toEqual([1, 2, 3]);
    expect(told.at(-1)).toBe(3);
  });
});
