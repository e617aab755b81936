import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Decision } from '#decider';
import {
  OutcomeUnknown,
  SqliteEventStore,
  StorageFailed,
  type AppendResult,
  type EventStore,
  type Ledger,
} from '#event-store';
import {
  box,
  boxCommand,
  boxNode,
  put,
  STREAM,
  take,
  told,
  withMethods,
  type Box,
  type BoxEvent,
} from '../contract/box.js';

let folder: string;
let store: SqliteEventStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-unknown-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function run(on: Ledger, n: number, decide: (items: Box) => Decision<BoxEvent>) {
  return on.decide(STREAM, box, boxCommand(n), decide);
}

describe('an append whose outcome is unknown', () => {
  type Fault = 'before storing' | 'after storing' | 'disk fails' | 'none';

  function faulty(...faults: Fault[]) {
    const sent: string[] = [];
    const append: EventStore['append'] = async (stream, events, expectedRevision): Promise<AppendResult> => {
      sent.push(JSON.stringify([events, expectedRevision]));
      const fault = faults.shift() ?? 'none';
      if (fault === 'disk fails') throw new StorageFailed('The disk fails.');
      if (fault === 'before storing') throw new OutcomeUnknown('The line was cut.');
      const result = await store.append(stream, events, expectedRevision);
      if (fault === 'after storing') throw new OutcomeUnknown('The line was cut.');
      return result;
    };
    return { on: boxNode(withMethods(store, { append })), sent };
  }

  it.each<Fault>(['before storing', 'after storing'])(
    'is settled by sending the same bytes again: lost %s',
    async (fault) => {
      const { on, sent } = faulty(fault, fault);
      expect(told(await run(on, 1, put('lamp')))).toEqual(['0 ItemPut lamp']);
      expect(sent).toHaveLength(3);
      expect(new Set(sent).size).toBe(1);
      expect(told(await run(on, 2, put('vase')))).toEqual(['1 ItemPut vase']);
      expect(await store.read(STREAM, 0, 10)).toHaveLength(2);
    },
  );

  it('is decided again when it was not stored and another node was faster', async () => {
    const { on } = faulty('before storing');
    await run(on, 1, take('lamp'));
    const pending = run(on, 2, put('lamp'));
    await run(boxNode(store), 3, put('lamp'));
    expect(await pending).toMatchObject({ kind: 'recorded' });
    expect(await store.read(STREAM, 0, 10)).toHaveLength(1);
  });

  it('stays unknown when the store never tells', async () => {
    const { on } = faulty('after storing', 'before storing', 'before storing', 'before storing');
    await expect(run(on, 1, put('lamp'))).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(await run(on, 1, put('lamp'))).toMatchObject({ kind: 'recorded', repeated: true });
  });

  it('stays unknown when the disk fails at the next try: it may have been stored at the first', async () => {
    const { on } = faulty('after storing', 'disk fails', 'disk fails', 'disk fails');
    await expect(run(on, 1, put('lamp'))).rejects.toBeInstanceOf(OutcomeUnknown);
  });

  it('is not mixed up with an append that failed: that is told at once', async () => {
    const { on, sent } = faulty('disk fails');
    await expect(run(on, 1, put('lamp'))).rejects.toBeInstanceOf(StorageFailed);
    expect(sent).toHaveLength(1);
    expect(told(await run(on, 1, put('lamp')))).toEqual(['0 ItemPut lamp']);
  });
});
