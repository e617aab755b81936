import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, streamName, type DomainEvent, type Recorded } from '#decider';
import { Ledger, SqliteEventStore, type Sealer } from '#event-store';
import { systemClock } from '#time';
import { Checkpoints } from './checkpoints.js';
import { Reaction } from './reaction.js';

let opened = 0;
const clear = {
  seal: (_: unknown, plain: Uint8Array) => plain,
  open: (_: unknown, body: Uint8Array) => (opened++, body),
};
const sealer: Sealer = { cipherFor: async () => clear, cipherOf: async () => clear };
const READS = { kinds: ['person'], types: new Set(['Happened']) };
const fold = { initial: 0, evolve: (count: number) => count + 1 };

let folder: string;
let store: SqliteEventStore;
let ledger: Ledger;
let checkpoints: Checkpoints;
let made = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-reaction-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  ledger = new Ledger(store, sealer, systemClock);
  checkpoints = Checkpoints.open(join(folder, 'reactions.db'));
});
afterEach(async () => {
  checkpoints.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

async function happens(kind: string, n: number, type = 'Happened'): Promise<void> {
  const context = {
    actor: { kind: 'client', id: 'test' } as const,
    commandId: asId<'Command'>(`00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`),
    digest: '',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
  };
  const event: DomainEvent = { type, data: { n } };
  await ledger.decide(streamName(kind, 'x'), fold, context, () => ({ kind: 'accepted', events: [event] }));
}

/** Runs until it has seen this many, and says which. */
async function seen(count: number, react: (n: number) => void = () => {}): Promise<readonly number[]> {
  const numbers: number[] = [];
  let enough = () => {};
  const done = new Promise<void>((resolve) => (enough = resolve));
  const reaction = new Reaction('test', ledger, checkpoints, READS, async (event) => {
    const { n } = (event as Recorded<DomainEvent<string, { n: number }>>).data;
    react(n);
    numbers.push(n);
    if (numbers.length === count) enough();
  });
  reaction.start();
  await done;
  await reaction.close();
  return numbers;
}

describe('a reaction', () => {
  test('sees the events of its kinds in ledger order, those before it and those that come', async () => {
    await happens('person', 1);
    await happens('institution', 2);
    const running = seen(3);
    await happens('person', 3);
    await happens('person', 4);
    expect(await running).toEqual([1, 3, 4]);
  });

  test('opens no event of a type that it does not read, and passes it by', async () => {
    await happens('person', 1, 'Else');
    await happens('person', 2);
    await happens('person', 3, 'Else');
    opened = 0;
    expect(await seen(1)).toEqual([2]);
    expect(opened).toBe(1);
    expect(checkpoints.of('test')).toBe(3);
  });

  test('takes up again where it was', async () => {
    await happens('person', 1);
    expect(await seen(1)).toEqual([1]);
    await happens('person', 2);
    expect(await seen(1)).toEqual([2]);
  });

  test('tries the same event again after a fault, and passes over none', async () => {
    await happens('person', 1);
    await happens('person', 2);
    let faults = 0;
    const stumbling = (n: number) => {
      if (n === 2 && faults++ === 0) throw new Error('not yet');
    };
    expect(await seen(2, stumbling)).toEqual([1, 2]);
    expect(faults).toBe(2);
  });
});
