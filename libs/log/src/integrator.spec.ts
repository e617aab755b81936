import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamName } from '#decider';
import { OutcomeUnknown, type EventStore } from '#event-store';
import {
  leafHash,
  labelOf,
  MemoryLog,
  extendLog,
  parseEntry,
  proveInclusion,
  rootOf,
  verifyInclusion,
} from '#transparency';
import { LOG, LogDamaged, readBatch } from './batch.js';
import { Integrator } from './integrator.js';
import { LogStore } from './log-store.js';
import { dumpOf, LogBox } from './testing.js';

let box: LogBox;
beforeEach(() => {
  box = new LogBox();
});
afterEach(() => box.remove());

/** All entries that stand in the stream `log`. */
async function entriesInLedger(): Promise<readonly Uint8Array[]> {
  return (await box.store.read(LOG, 0, 1000)).flatMap((event) => readBatch(event).entries);
}

async function recordMany(count: number, streams = 7): Promise<void> {
  for (let i = 0; i < count; i++) await box.record(`${i % streams}`, { n: i, text: 'Zoé 𝄞' });
}

describe('the integrator', () => {
  test('logs every event of every stream but the log’s, in the order of the ledger', async () => {
    await recordMany(20);
    const integrator = box.integrator();
    await integrator.integrate();
    await recordMany(3, 1);
    await integrator.integrate();
    await integrator.integrate();
    const entries = (await entriesInLedger()).map((bytes) => parseEntry(bytes));
    const logged = entries.map((entry) =>
      entry.ok && entry.value.kind === 'event' ? `${entry.value.label} ${entry.value.n}` : 'map',
    );
    const ledger = (await box.store.readAll(0, 1000)).filter(({ stream }) => stream !== LOG);
    expect(logged).toEqual(['map', ...ledger.map((event) => `${labelOf(event.stream)} ${event.revision}`)]);
    expect(integrator.position).toBe(await box.store.end());
  });

  test('closes a map before more buckets wait for it than it may hash at once', async () => {
    const integrator = new Integrator(box.store, box.open(), box.clock, undefined, 10);
    const maps = async () =>
      (await entriesInLedger()).filter((bytes) => {
        const entry = parseEntry(bytes);
        return entry.ok && entry.value.kind === 'map';
      }).length;
    await recordMany(12, 12);
    await integrator.integrate();
    // One before anything, one over twelve.
    expect([await maps(), integrator.log.changedBuckets]).toEqual([2, 0]);
    await recordMany(5, 5);
    await integrator.integrate();
    expect([await maps(), integrator.log.changedBuckets]).toEqual([2, 5]);
  });

  test('keeps what the pure reading of the same entries gives', async () => {
    await recordMany(50);
    const integrator = box.integrator();
    await integrator.integrate();
    await integrator.closeMap();
    await recordMany(9);
    await integrator.integrate();
    const memory = new MemoryLog();
    const entries = await entriesInLedger();
    const changes = extendLog(memory, entries);
    if (!changes.ok) throw new Error(changes.reason);
    memory.commit(changes.value);
    const { log } = integrator;
    const root = rootOf(memory.range);
    expect(rootOf(log.range)).toEqual(root);
    expect([...log.dirty()].sort()).toEqual([...memory.dirty()].sort());
    expect(log.lastMap).toEqual(memory.lastMap);
    const size = entries.length;
    for (const [index, bytes] of entries.entries()) {
      const proof = proveInclusion(index, size, log);
      expect(verifyInclusion({ index, size, leaf: leafHash(bytes), proof, root })).toBe(true);
      expect(Buffer.from(log.entry(index)).equals(bytes)).toBe(true);
    }
  });

  test('writes nothing where there is nothing new', async () => {
    const integrator = box.integrator();
    await integrator.integrate();
    expect(await box.store.end()).toBe(0);
    await box.record('a');
    await integrator.integrate();
    const end = await box.store.end();
    await integrator.integrate();
    await box.integrator('other.db').integrate();
    expect(await box.store.end()).toBe(end);
  });

  test('shares the work with others: each event is logged once, whoever is faster', async () => {
    const integrators = Array.from({ length: 4 }, (_, i) => box.integrator(`log-${i}.db`));
    for (let round = 0; round < 6; round++) {
      await recordMany(30, 5 + round);
      await Promise.all(integrators.map((one) => one.integrate()));
      await Promise.all(integrators.slice(round % 4).map((one) => one.closeMap()));
    }
    await Promise.all(integrators.map((one) => one.integrate()));
    const events = (await entriesInLedger()).map((bytes) => parseEntry(bytes));
    expect(events.filter((entry) => entry.ok && entry.value.kind === 'event')).toHaveLength(180);
    const dumps = integrators.map((_, i) => dumpOf(box.path(`log-${i}.db`)));
    for (const dump of dumps) expect(dump).toEqual(dumps[0]);
  });

  test('finds out what became of an append whose outcome is unknown', async () => {
    for (const lost of [true, false]) {
      await box.record('a');
      let failing = true;
      const store = Object.create(box.store) as EventStore;
      store.append = async (...args) => {
        if (!failing) return box.store.append(...args);
        failing = false;
        if (!lost) await box.store.append(...args);
        throw new OutcomeUnknown('who knows');
      };
      await new Integrator(store, box.open(`${lost}.db`), box.clock).integrate();
    }
    const entries = (await entriesInLedger()).map((bytes) => parseEntry(bytes));
    expect(entries.map((entry) => entry.ok && entry.value.kind)).toEqual(['map', 'event', 'event']);
  });

  test('leaves its batch where another node was faster with the same one, under one id and of another moment', async () => {
    const faster = box.integrator();
    await box.record('a');
    await faster.integrate();
    const store = Object.create(box.store) as EventStore;
    const slower = new Integrator(store, box.open('slower.db'), box.clock);
    await slower.catchUp();
    await box.record('b');
    let isLate = true;
    store.append = async () => {
      if (isLate) await faster.integrate();
      throw new Error('Other events are stored under the ids of these.');
    };
    await slower.integrate();
    expect(dumpOf(box.path('slower.db'))).toEqual(dumpOf(box.path('log.db')));
    isLate = false;
    await box.record('c');
    await expect(slower.integrate()).rejects.toThrow('Other events');
  });

  test.each<readonly [string, readonly string[]]>([
    ['another id of a batch', ["UPDATE event SET id = 'x' WHERE stream = 'log' AND revision = 1"]],
    [
      'a batch that cannot be read',
      ["UPDATE event SET body = x'7b7d' WHERE stream = 'log' AND revision = 1"],
    ],
    [
      'two batches in another order',
      [
        "UPDATE event SET revision = revision + 1000 WHERE stream = 'log' AND revision IN (1, 2)",
        "UPDATE event SET revision = 1003 - revision WHERE stream = 'log' AND revision > 1000",
      ],
    ],
    ['an event that is gone', ["DELETE FROM event WHERE stream = 'institution-0' AND revision = 1"]],
  ])('trusts nothing of what it reads back: %s', async (_, statements) => {
    await recordMany(3);
    const integrator = box.integrator();
    await integrator.integrate();
    await integrator.closeMap();
    await recordMany(2, 1);
    for (const sql of statements) await box.edit(sql);
    const anew = new Integrator(box.store, box.open('anew.db'), box.clock);
    await expect(anew.integrate()).rejects.toThrow(LogDamaged);
  });
});

describe('the projection', () => {
  test('made anew from the ledger says what the live one says', async () => {
    const integrator = box.integrator();
    for (let round = 0; round < 5; round++) {
      await recordMany(40, 3 + 2 * round);
      await integrator.integrate();
      await integrator.closeMap();
    }
    await recordMany(4);
    await integrator.integrate();
    await box.integrator('anew.db').integrate();
    expect(dumpOf(box.path('anew.db'))).toEqual(dumpOf(box.path()));
  });

  test('goes on where it stopped when it is opened again', async () => {
    const first = box.integrator();
    await recordMany(30);
    await first.integrate();
    await first.closeMap();
    await recordMany(7, 2);
    await first.integrate();
    const again = LogStore.open(box.path());
    const { range, deferrals, lastMap, source } = first.log;
    expect({ ...again }).toMatchObject({ range, deferrals, lastMap, source });
    expect([...again.dirty()].sort()).toEqual([...first.log.dirty()].sort());
    expect(again.erased()).toEqual([]);
    again.close();
  });

  test('shows the map as it was at the checkpoint that is served, and the newest', async () => {
    const integrator = box.integrator();
    const { log } = integrator;
    const label = labelOf(streamName('institution', '0'));
    const roots: [number, string][] = [];
    for (let round = 0; round < 4; round++) {
      await box.record('0');
      await integrator.integrate();
      await integrator.closeMap();
      if (round === 1) log.keepMap = log.lastMap!.size;
      if (round % 2 === 1) roots.push([log.lastMap!.size, Buffer.from(log.lastMap!.root).toString('hex')]);
    }
    const shown = roots.map(([size]) => Buffer.from(log.mapNode(24, 0, size) ?? []).toString('hex'));
    expect(shown).toEqual(roots.map(([, root]) => root));
    expect(log.entriesOf(label, roots[0]![0])).toHaveLength(2);
  });

  test('refuses a file of another shape, and changes that do not follow', async () => {
    const integrator = box.integrator();
    await box.record('a');
    await integrator.integrate();
    const entry = integrator.log.entry(0);
    const changes = extendLog(new MemoryLog(), [entry]);
    if (!changes.ok) throw new Error(changes.reason);
    expect(() => integrator.log.commit(changes.value, [entry])).toThrow(RangeError);
    integrator.log.setMeta('shape', 'another');
    expect(() => LogStore.open(box.path())).toThrow('another version');
  });
});
