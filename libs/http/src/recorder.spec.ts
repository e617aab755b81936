import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asId, parseId, type Actor } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import type { CommandRequest } from './command-request.js';
import { Recorder } from './recorder.js';

let folder: string;
let keys: SqliteKeyStore;
let store: SqliteEventStore;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-recorder-'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
});
afterAll(async () => {
  await keys.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A node of its own on the same keys. */
function node(): Recorder {
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  return new Recorder(new Ledger(store, sealing, systemClock), sealing);
}

const caller: Actor = { kind: 'mandate', id: '00000000-0000-4000-8000-000000000001' };

function request(idempotencyKey: string | undefined, by: Actor = caller): CommandRequest {
  const rest = {
    digest: 'digest',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-00000000000c'),
  };
  return { caller: by, ...rest, ...(idempotencyKey ? { idempotencyKey } : {}) };
}

describe('the id of a command', () => {
  test('is the same on every node for one caller, key and place', async () => {
    const id = await node().idFor(request('key-number-1'), 'person');
    expect(await node().idFor(request('key-number-1'), 'person')).toBe(id);
    expect(parseId(id)).toBe(id);
    expect(id[14]).toBe('8');
  });

  test('differs by key, place and caller', async () => {
    const recorder = node();
    const other = { ...caller, id: '00000000-0000-4000-8000-000000000002' };
    const ids = await Promise.all([
      recorder.idFor(request('key-number-1'), 'person'),
      recorder.idFor(request('key-number-2'), 'person'),
      recorder.idFor(request('key-number-1'), 'actor'),
      recorder.idFor(request('key-number-1', other), 'person'),
      recorder.idFor(request('key-number-1', { ...caller, kind: 'person' }), 'person'),
      recorder.idFor(request('key-number-1","person'), ''),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is the same whoever helps a person to write', async () => {
    const person: Actor = { kind: 'person', id: caller.id };
    const id = await node().idFor(request('key-number-1', person), 'person');
    expect(await node().idFor(request('key-number-1', { ...person, assistedBy: caller.id }), 'person')).toBe(
      id,
    );
  });

  test('is new each time without a key', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, () => node().idFor(request(undefined), 'person')),
    );
    expect(new Set(ids).size).toBe(5);
    expect(ids.every((id) => parseId(id) === id)).toBe(true);
  });
});
