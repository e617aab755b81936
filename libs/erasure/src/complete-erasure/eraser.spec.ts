import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, asId, type Instant, type StreamName } from '#decider';
import { Ledger, SqliteEventStore, StreamErased, type EventStore } from '#event-store';
import { accessStream, personFold, personStream, personTesting, type PersonEvent } from '#person';
import { FileRootKey, Sealing, SqliteKeyStore, type KeyStore } from '#sealing';
import { labelOf } from '#transparency';
import { ERASURES, erasuresFold } from '../erasures.js';
import { Eraser } from './eraser.handler.js';
import { progressOf } from './progress.handler.js';

const HENRI = personTesting.id('Person', 1);
const BRUNO = personTesting.id('Person', 2);

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let root: FileRootKey;
let ledger: Ledger;
/** Calls of the steps that reach outside, in order; the one numbered `cutAt` fails, before or after it is done. */
let steps: string[];
let cut: { at: number; when: 'before' | 'after' } | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-eraser-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  root = FileRootKey.open(join(folder, 'root.key'));
  steps = [];
  cut = undefined;
  ledger = newLedger(newSealing());
  for (const person of [HENRI, BRUNO]) await record(person, registered(person));
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const here = steps.push(name);
  if (cut?.at === here && cut.when === 'before') throw new Error('cut off');
  const done = await work();
  if (cut?.at === here) throw new Error('cut off');
  return done;
}

function newSealing(): Sealing {
  const erase: KeyStore['erase'] = (...of) => step('destroy key', () => keys.erase(...of));
  return new Sealing(Object.assign(Object.create(keys) as KeyStore, { erase }), root);
}

/** As after a restart: nothing is remembered. */
function newLedger(sealing: Sealing): Ledger {
  const cutting: Partial<EventStore> = {
    append: (...of) => step(`append to ${of[0].split('-')[0]}`, () => store.append(...of)),
    erase: (stream) => step('remove rows', () => store.erase(stream)),
  };
  const cuttingStore = Object.assign(Object.create(store) as EventStore, cutting);
  return new Ledger(cuttingStore, sealing, { now: () => '2026-03-01T12:00:00.000Z' as Instant });
}

function newEraser(): Eraser {
  const sealing = newSealing();
  return new Eraser(newLedger(sealing), sealing, {
    passLog: () => step('pass log', async () => {}),
    settle: () => step('settle read models', async () => {}),
  });
}

function registered(person: typeof HENRI): PersonEvent {
  const names = { familyName: 'L.', givenName: 'Henri', birthDate: '1948-03-12' };
  return { type: 'PersonRegistered', data: { person, ...names, distinctFrom: [] } };
}

async function record(person: typeof HENRI, event: PersonEvent): Promise<void> {
  const id = `${event.type}-${person}`;
  const [commandId, correlationId] = [asId<'Command'>(id), asId<'Correlation'>(id)];
  const context = { actor: { kind: 'client', id: 't' }, commandId, correlationId, digest: '' } as const;
  await ledger.decide(personStream(person), personFold, context, () => accept(event));
}

async function expectErased(): Promise<void> {
  const sealing = newSealing();
  const streams: readonly StreamName[] = [personStream(HENRI), accessStream(HENRI)];
  for (const stream of streams) {
    expect(await store.read(stream, 0, 10)).toEqual([]);
    expect(await sealing.cipherOf(stream)).toBeUndefined();
    await expect(sealing.cipherFor(stream)).rejects.toBeInstanceOf(StreamErased);
  }
  const named = await newLedger(sealing).load(ERASURES, erasuresFold);
  expect(named.state.toArray().toSorted()).toEqual(streams.map(labelOf).toSorted());
  expect(named.revision).toBe(1);
  expect((await newLedger(sealing).load(personStream(BRUNO), personFold)).state.status).toBe('active');
}

describe('an erasure', () => {
  test('is named with others that wait, in the order of the labels', async () => {
    const others = [4, 5, 6].map((n) => personStream(personTesting.id('Person', n)));
    await newSealing().erase('another', others);
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    await newEraser().complete(HENRI);
    const labels = [...others, personStream(HENRI), accessStream(HENRI)].map(labelOf);
    const named = await ledger.codec.open(await store.read(ERASURES, 0, 10));
    expect(named.map(({ data }) => (data as { label: string }).label)).toEqual(labels.toSorted());
  });

  test('does not name one of which rows are left', async () => {
    await newSealing().erase('another', [personStream(BRUNO)]);
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    await newEraser().complete(HENRI);
    const { state } = await ledger.load(ERASURES, erasuresFold);
    expect(state.has(labelOf(personStream(BRUNO)))).toBe(false);
  });

  test('closes, lets the log pass, destroys the key, removes the rows, names the labels: in this order', async () => {
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    steps = [];
    expect(await newEraser().complete(HENRI)).toEqual({ kind: 'erased', streams: 2 });
    expect(steps).toEqual([
      'append to person',
      'append to access',
      'pass log',
      'settle read models',
      'destroy key',
      'remove rows',
      'remove rows',
      'settle read models',
      'append to erasures',
      'append to erasures',
      'pass log',
    ]);
    await expectErased();
  });

  test.each(Array.from({ length: 11 }, (_, i) => i + 1))(
    'that is cut off at its step %i, before it or after it, ends when it is repeated',
    async (at) => {
      await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
      for (const when of ['before', 'after'] as const) {
        steps = [];
        cut = { at, when };
        // Appends of an unknown outcome are sent again by the ledger; any other cut ends the attempt.
        await newEraser()
          .complete(HENRI)
          .catch(() => undefined);
        cut = undefined;
      }
      expect(await newEraser().complete(HENRI)).toEqual({ kind: 'erased', streams: 2 });
      await expectErased();
    },
  );

  test('of a person who asked for none touches nothing', async () => {
    steps = [];
    expect(await newEraser().complete(HENRI)).toMatchObject({ rejection: { kind: 'contradiction' } });
    expect(steps).toEqual([]);
    expect(await store.read(personStream(HENRI), 0, 10)).toHaveLength(1);
  });

  test('names nothing as erased while a row is still there', async () => {
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    const stubborn = Object.assign(Object.create(store) as EventStore, { erase: async () => {} });
    const sealing = newSealing();
    const clock = { now: () => '2026-03-01T12:00:00.000Z' as Instant };
    const around = { passLog: async () => {}, settle: async () => {} };
    const eraser = new Eraser(new Ledger(stubborn, sealing, clock), sealing, around);
    await expect(eraser.complete(HENRI)).rejects.toThrow('not complete: repeat it');
    expect(await store.head(ERASURES)).toBeUndefined();
  });

  test('on a cluster is pending while other nodes may hold the key, then until it was scavenged', async () => {
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    let goneMs = 0;
    const erasedForMs: KeyStore['erasedForMs'] = async (owner) =>
      (await keys.erasedForMs(owner)) === undefined ? undefined : goneMs;
    const sealing = new Sealing(Object.assign(Object.create(keys) as KeyStore, { erasedForMs }), root);
    const cluster = Object.assign(Object.create(store) as EventStore, { removesAtOnce: false });
    const clock = { now: () => '2026-03-01T12:00:00.000Z' as Instant };
    const around = { passLog: async () => {}, settle: async () => {} };
    const told = () => progressOf(new Ledger(cluster, sealing, clock), sealing, HENRI);
    const eraser = new Eraser(new Ledger(cluster, sealing, clock), sealing, around);
    expect(await told()).toBeUndefined();
    const pending = (waits: object) => ({ kind: 'pending', streams: 2, waits });
    expect(await eraser.complete(HENRI, true)).toEqual(pending({ for: 'cached-keys', forMs: 60_000 }));
    goneMs = 59_000;
    expect(await eraser.complete(HENRI, true)).toEqual(pending({ for: 'cached-keys', forMs: 1_000 }));
    const shown = (waits: object) => ({ state: 'pending-scavenge', waits });
    expect(await told()).toEqual(shown({ for: 'cached-keys', forMs: 1_000 }));
    goneMs = 60_000;
    expect(await eraser.complete(HENRI)).toEqual(pending({ for: 'scavenge', forMs: 0 }));
    expect(await told()).toEqual(shown({ for: 'scavenge', forMs: 0 }));
    expect(await store.head(ERASURES)).toBeUndefined();
    expect(await store.read(personStream(HENRI), 0, 10)).toEqual([]);
    expect(await sealing.cipherOf(personStream(HENRI))).toBeUndefined();
    expect(await eraser.complete(HENRI, true)).toEqual({ kind: 'erased', streams: 2 });
    expect(await eraser.complete(HENRI)).toEqual({ kind: 'erased', streams: 2 });
    expect(await told()).toEqual({ state: 'complete', completedAt: clock.now() });
    await expectErased();
  });

  test('tells how far it is, wherever it is cut off', async () => {
    const seen = new Set<string | undefined>();
    const told = async () => {
      const sealing = newSealing();
      const progress = await progressOf(newLedger(sealing), sealing, HENRI);
      seen.add(progress?.state);
      return progress;
    };
    await record(HENRI, { type: 'ErasureRequested', data: { request: 'r' } });
    expect(await told()).toBeUndefined();
    for (let at = 1; ; at++) {
      steps = [];
      cut = { at, when: 'after' };
      const ended = await newEraser()
        .complete(HENRI)
        .catch(() => undefined);
      cut = undefined;
      const progress = await told();
      if (steps.includes('append to person') && at === 1)
        expect(progress).toEqual({ state: 'closing', closedAt: '2026-03-01T12:00:00.000Z' });
      if (ended) break;
    }
    expect([...seen]).toEqual([undefined, 'closing', 'complete']);
    expect(await told()).toEqual({ state: 'complete', completedAt: '2026-03-01T12:00:00.000Z' });
  });
});
