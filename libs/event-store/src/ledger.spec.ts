import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  accept,
  asId,
  reject,
  streamName,
  type CommandId,
  type Decision,
  type DomainEvent,
  type Fold,
  type Instant,
  type Recorded,
} from '#decider';
import { asOf } from './as-of.js';
import type { Sealer, Upcasters } from './codec.js';
import type { CommandContext } from './command-context.js';
import type { StreamCipher } from './envelope.js';
import { FoldCache } from './fold-cache.js';
import { Ledger, type Outcome } from './ledger.js';
import { SqliteEventStore } from './sqlite/sqlite-event-store.js';
import type { EventStore } from './store.js';

type BoxEvent = DomainEvent<'ItemPut', { item: string }> | DomainEvent<'ItemTaken', { item: string }>;
type Box = readonly string[];

const box: Fold<Box, Recorded<BoxEvent>> = {
  initial: [],
  evolve: (items, { type, data }) =>
    type === 'ItemPut' ? [...items, data.item] : items.filter((item) => item !== data.item),
};

const put = (item: string) => (items: Box) =>
  items.includes(item) ? accept<BoxEvent>() : accept<BoxEvent>({ type: 'ItemPut', data: { item } });
const take = (item: string) => (items: Box) =>
  items.includes(item)
    ? accept<BoxEvent>({ type: 'ItemTaken', data: { item } })
    : reject({ kind: 'not-held', detail: `There is no ${item}.`, remedy: 'Take something else.' });

const PLAIN: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
const STREAM = streamName('box', '1');

let folder: string;
let store: SqliteEventStore;
let now: string;
let erased: Set<string>;
let ledger: Ledger;

const sealer: Sealer = {
  cipherOf: async (stream) => (erased.has(stream) ? undefined : PLAIN),
  cipherFor: async () => PLAIN,
};

/** A node of its own: nothing in common with the others but the store. */
function node(over: EventStore = store, upcasters: Upcasters = {}): Ledger {
  return new Ledger(over, sealer, { now: () => now as Instant }, upcasters);
}

function command(n: number, context: Partial<CommandContext> = {}): CommandContext {
  return {
    actor: { kind: 'mandate', id: 'M1' },
    commandId: asId<'Command'>(`00000000-0000-8000-8000-${String(n).padStart(12, '0')}`),
    digest: `digest-${n}`,
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000001'),
    ...context,
  };
}

function run(on: Ledger, n: number, decide: (items: Box) => Decision<BoxEvent>, context = {}) {
  return on.decide(STREAM, box, command(n, context), decide);
}

/** The store, with another way to append. */
function appendingBy(append: EventStore['append']): EventStore {
  return Object.assign(Object.create(store) as EventStore, { append });
}

function told(outcome: Outcome<BoxEvent>) {
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
  return outcome.events.map((event) => `${event.revision} ${event.type} ${event.data.item}`);
}

async function stored(): Promise<CommandId[]> {
  return (await store.read(STREAM, 0, 1000)).map((event) => event.commandId);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-ledger-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  now = '2026-01-09T10:00:00.000Z';
  erased = new Set();
  ledger = node();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

describe('decide', () => {
  it('records what was decided, in its envelope', async () => {
    const causationId = asId<'Event'>('00000000-0000-7000-8000-00000000000c');
    const outcome = await run(ledger, 1, put('lamp'), { causationId });
    expect(outcome).toMatchObject({ kind: 'recorded', repeated: false, revision: 0, position: 1 });
    const [event] = await ledger.codec.open(await store.read(STREAM, 0, 10));
    expect(event).toMatchObject({
      type: 'ItemPut',
      data: { item: 'lamp' },
      stream: STREAM,
      revision: 0,
      position: 1,
      schema: 1,
      recordedAt: now,
      effectiveAt: now,
      actor: { kind: 'mandate', id: 'M1' },
      commandId: command(1).commandId,
      correlationId: command(1).correlationId,
      causationId,
      request: 'digest-1',
    });
    expect(outcome.kind === 'recorded' && outcome.events).toEqual([event]);
  });

  it('keeps the day on which a fact took effect apart from when it was recorded', async () => {
    const effectiveAt = { date: '2025-12-01', zone: 'Europe/Paris', precision: 'month' } as const;
    await run(ledger, 1, () => accept<BoxEvent>({ type: 'ItemPut', data: { item: 'lamp' }, effectiveAt }));
    expect(await store.read(STREAM, 0, 1)).toMatchObject([{ effectiveAt, recordedAt: now }]);
  });

  it('writes nothing when it is already true, and says up to where that holds', async () => {
    await run(ledger, 1, put('lamp'));
    const outcome = await run(ledger, 2, put('lamp'));
    expect(outcome).toEqual({ kind: 'recorded', events: [], repeated: false, revision: 0, position: 1 });
    expect(await store.end()).toBe(1);
  });

  it('writes nothing when the command is rejected, and says up to where that holds', async () => {
    await ledger.decide(streamName('box', '2'), box, command(1), put('lamp'));
    const rejection = { kind: 'not-held', detail: 'There is no vase.', remedy: 'Take something else.' };
    expect(await run(ledger, 2, take('vase'))).toEqual({ kind: 'rejected', rejection, position: 1 });
    await run(ledger, 3, put('lamp'));
    expect(await run(ledger, 4, take('vase'))).toEqual({ kind: 'rejected', rejection, position: 2 });
    expect(await store.end()).toBe(2);
  });

  it('does not reject on what another node has changed meanwhile', async () => {
    const other = node();
    await run(ledger, 1, put('lamp'));
    await run(other, 2, put('vase'));
    expect(told(await run(ledger, 3, take('vase')))).toEqual(['2 ItemTaken vase']);
  });

  it('does not call already true what another node has changed meanwhile', async () => {
    const other = node();
    await run(ledger, 1, put('lamp'));
    await run(other, 2, take('lamp'));
    expect(told(await run(ledger, 3, put('lamp')))).toEqual(['2 ItemPut lamp']);
  });

  it('lets commands on one stream wait for each other', async () => {
    let decisions = 0;
    const items = Array.from({ length: 20 }, (_, i) => `item-${i}`);
    const outcomes = await Promise.all(
      items.map((item, i) => run(ledger, i, (state) => (decisions++, put(item)(state)))),
    );
    expect(outcomes.flatMap(told)).toEqual(items.map((item, i) => `${i} ItemPut ${item}`));
    expect(decisions).toBe(20);
  });

  it('goes on with the next command after one that failed', async () => {
    const failing = run(ledger, 1, () => {
      throw new Error('out of order');
    });
    const next = run(ledger, 2, put('lamp'));
    await expect(failing).rejects.toThrow('out of order');
    expect(told(await next)).toEqual(['0 ItemPut lamp']);
  });
});

describe('the ledger as it was read once', () => {
  it('ends each stream where it was read, and has no other', async () => {
    for (const [n, item] of ['lamp', 'vase', 'clock'].entries()) await run(ledger, n, put(item));
    const past = (last: number) => asOf(ledger, new Map([[STREAM, last]])).load(STREAM, box);
    expect(await past(1)).toMatchObject({ state: ['lamp', 'vase'], revision: 1, position: 2 });
    expect(await past(2)).toMatchObject({ state: ['lamp', 'vase', 'clock'], revision: 2 });
    expect(await asOf(ledger, new Map()).load(STREAM, box)).toMatchObject({ state: [], revision: -1 });
    expect(await ledger.load(STREAM, box)).toMatchObject({ revision: 2 });
  });
});

describe('a command that comes again', () => {
  const both = () =>
    accept<BoxEvent>(
      { type: 'ItemPut', data: { item: 'lamp' } },
      { type: 'ItemPut', data: { item: 'vase' } },
    );

  async function expectRecognised(on: Ledger, first: Outcome<BoxEvent>): Promise<void> {
    const count = await store.end();
    const again = await run(on, 1, put('something else'));
    expect(again).toMatchObject({ kind: 'recorded', repeated: true, revision: 1, position: 2 });
    expect(told(again)).toEqual(told(first));
    expect(await store.end()).toBe(count);
  }

  it('is answered as the first time, also after other events', async () => {
    const first = await run(ledger, 1, both);
    await expectRecognised(ledger, first);
    await run(ledger, 2, take('lamp'));
    await expectRecognised(ledger, first);
  });

  it('is recognised by another node, whether or not it had read the stream before', async () => {
    const reader = node();
    await reader.load(STREAM, box);
    const first = await run(ledger, 1, both);
    await expectRecognised(reader, first);
    await expectRecognised(node(), first);
  });

  it('is recognised after a restart', async () => {
    const first = await run(ledger, 1, both);
    await store.close();
    store = SqliteEventStore.open(join(folder, 'ledger.db'));
    await expectRecognised(node(), first);
  });

  it('is recognised though it names the revision that it found the first time', async () => {
    const first = await run(ledger, 1, both, { expectedRevision: -1 });
    const again = await run(ledger, 1, both, { expectedRevision: -1 });
    expect(told(again)).toEqual(told(first));
  });

  it('is recorded once when two nodes take it at the same time', async () => {
    const outcomes = await Promise.all([node(), node(), node()].map((each) => run(each, 1, both)));
    for (const outcome of outcomes) expect(told(outcome)).toEqual(['0 ItemPut lamp', '1 ItemPut vase']);
    expect(outcomes.filter((o) => o.kind === 'recorded' && !o.repeated)).toHaveLength(1);
    expect(await stored()).toHaveLength(2);
  });

  it('is refused, and nothing written, when its key was used for another request', async () => {
    await run(ledger, 1, both);
    for (const on of [ledger, node()])
      expect(await run(on, 1, put('chair'), { digest: 'another' })).toEqual({ kind: 'key-reused' });
    expect(await stored()).toHaveLength(2);
  });
});

describe('If-Match', () => {
  it('lets a command through at the revision that the caller saw', async () => {
    await run(ledger, 1, put('lamp'));
    const outcome = await run(ledger, 2, put('vase'), { expectedRevision: 0 });
    expect(told(outcome)).toEqual(['1 ItemPut vase']);
  });

  it('refuses at any other revision, tells the one that stands, and writes nothing', async () => {
    await run(ledger, 1, put('lamp'));
    for (const expectedRevision of [-1, 1, 7])
      expect(await run(ledger, 2, put('vase'), { expectedRevision })).toEqual({
        kind: 'precondition-failed',
        revision: 0,
      });
    expect(await stored()).toHaveLength(1);
  });

  it('is judged by the store, not by what this node remembers', async () => {
    const other = node();
    await run(ledger, 1, put('lamp'));
    await run(other, 2, put('vase'));
    expect(told(await run(ledger, 3, put('chair'), { expectedRevision: 1 }))).toEqual(['2 ItemPut chair']);
    await run(other, 4, put('table'));
    const stale = await run(ledger, 5, put('desk'), { expectedRevision: 2 });
    expect(stale).toEqual({ kind: 'precondition-failed', revision: 3 });
  });
});

describe('another node that is faster', () => {
  it('makes this one decide again on what it left', async () => {
    const seen: Box[] = [];
    await run(ledger, 1, put('lamp'));
    await run(node(), 2, put('vase'));
    const outcome = await run(ledger, 3, (items) => {
      seen.push(items);
      return put('chair')(items);
    });
    expect(seen).toEqual([['lamp'], ['lamp', 'vase']]);
    expect(told(outcome)).toEqual(['2 ItemPut chair']);
  });

  it('makes this one give up after four decisions, with nothing written by it', async () => {
    let [decisions, rivals] = [0, 100];
    const rival = node();
    const late = node(
      appendingBy(async (...append) => {
        await run(rival, ++rivals, put(`rival-${rivals}`));
        return store.append(...append);
      }),
    );
    const outcome = await run(late, 1, (items) => (decisions++, put('lamp')(items)));
    expect(outcome).toEqual({ kind: 'contended' });
    expect(decisions).toBe(4);
    expect(await stored()).not.toContain(command(1).commandId);
  });
});

describe('the time of recording', () => {
  it('never goes back on a stream when the clock jumps ten years either way', async () => {
    const clock = ['2026-01-09', '2016-01-09', '2036-01-09', '2026-01-10'];
    for (const [i, day] of clock.entries()) {
      now = `${day}T10:00:00.000Z`;
      await run(i % 2 ? node() : ledger, i, put(`item-${i}`));
    }
    const times = (await store.read(STREAM, 0, 10)).map((event) => event.recordedAt.slice(0, 10));
    expect(times).toEqual(['2026-01-09', '2026-01-09', '2036-01-09', '2036-01-09']);
  });
});

describe('events of an earlier schema', () => {
  it('are brought up step by step when they are read, and stay as they are in the store', async () => {
    const old = node();
    await run(old, 1, () => accept({ type: 'ItemPut', data: { name: 'lamp' } } as never));
    const second: Upcasters = { ItemPut: [(data: { name: string }) => ({ label: data.name })] };
    await run(node(store, second), 2, () => accept({ type: 'ItemPut', data: { label: 'vase' } } as never));
    const third: Upcasters = {
      ItemPut: [...second['ItemPut']!, (data: { label: string }) => ({ item: data.label.toUpperCase() })],
    };
    const current = node(store, third);
    await run(current, 3, put('chair'));
    const raw = await store.read(STREAM, 0, 10);
    expect(raw.map((event) => event.schema)).toEqual([1, 2, 3]);
    expect(Buffer.from(raw[0]!.body).toString()).toContain('"name":"lamp"');
    expect((await current.load(STREAM, box)).state).toEqual(['LAMP', 'VASE', 'chair']);
  });
});

describe('a stream whose key was destroyed', () => {
  it('can neither be read nor decided on, while others can', async () => {
    await run(ledger, 1, put('lamp'));
    await ledger.decide(streamName('box', '2'), box, command(2), put('vase'));
    erased.add(STREAM);
    await expect(node().load(STREAM, box)).rejects.toThrow('was destroyed');
    const remains = await ledger.codec.openWhatRemains(await store.readAll(0, 10));
    expect(remains.map((event) => event?.stream)).toEqual([undefined, streamName('box', '2')]);
  });
});

describe('what a node remembers of streams', () => {
  it('is given up beyond its bound, the longest unused first, and decisions stay right', async () => {
    Object.assign(ledger, { cache: new FoldCache(14) });
    let reads = 0;
    const counting = Object.assign(Object.create(store) as EventStore, {
      read: (...query: Parameters<EventStore['read']>) => (reads++, store.read(...query)),
    });
    Object.assign(ledger, { store: counting });
    const on = (id: string, n: number, item: string) =>
      ledger.decide(streamName('box', id), box, command(n), put(item));
    for (const [i, id] of ['a', 'b', 'c', 'a', 'd'].entries()) await on(id, i, `item-${i}`);
    reads = 0;
    expect(told(await on('a', 10, 'item-0'))).toEqual([]);
    expect(reads).toBe(0);
    expect(told(await on('b', 11, 'item-1'))).toEqual([]);
    expect(told(await on('b', 1, 'item-1'))).toEqual(['0 ItemPut item-1']);
    expect(reads).toBeGreaterThan(0);
  });

  it('is never taken for the state of another fold on the same stream', async () => {
    const count: Fold<number, Recorded<BoxEvent>> = { initial: 0, evolve: (n) => n + 1 };
    await run(ledger, 1, put('lamp'));
    expect((await ledger.load(STREAM, count)).state).toBe(1);
    expect((await ledger.load(STREAM, box)).state).toEqual(['lamp']);
  });

  it('follows the store when another node has written', async () => {
    await run(ledger, 1, put('lamp'));
    await run(node(), 2, put('vase'));
    expect(await ledger.load(STREAM, box)).toMatchObject({
      state: ['lamp', 'vase'],
      revision: 1,
      position: 2,
    });
  });
});
