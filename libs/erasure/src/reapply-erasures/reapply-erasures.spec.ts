import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, asId, type DomainEvent, type Fold, type Instant, type StreamName } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import { personStream, personTesting } from '#person';
import { FileRootKey, ownerOf, Sealing, SqliteKeyStore } from '#sealing';
import { labelOf } from '#transparency';
import { ERASURES } from '../erasures.js';
import { reapplyErasures } from './reapply-erasures.handler.js';

const HENRI = personStream(personTesting.id('Person', 1));
const BRUNO = personStream(personTesting.id('Person', 2));
const anything: Fold<number, DomainEvent> = { initial: 0, evolve: (n) => n + 1 };

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let sealing: Sealing;
let ledger: Ledger;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-reapply-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  ledger = new Ledger(store, sealing, { now: () => '2026-03-01T12:00:00.000Z' as Instant });
  for (const stream of [HENRI, BRUNO]) await record(stream, { type: 'PersonRegistered', data: {} });
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

async function record(stream: StreamName, event: DomainEvent): Promise<void> {
  const [commandId, correlationId] = [asId<'Command'>(stream), asId<'Correlation'>(stream)];
  const context = { actor: { kind: 'client', id: 't' }, commandId, correlationId, digest: '' } as const;
  await ledger.decide(stream, anything, context, () => accept(event));
}

describe('erasures after a restore', () => {
  test('remove rows that an older ledger brought back', async () => {
    await sealing.erase(ownerOf(HENRI)!, [HENRI]);
    expect(await reapplyErasures(ledger, sealing)).toBe(1);
    expect(await store.head(HENRI)).toBeUndefined();
    expect(await store.head(BRUNO)).toBeDefined();
    expect(await reapplyErasures(ledger, sealing)).toBe(0);
  });

  test('destroy a key that an older key store brought back', async () => {
    await record(ERASURES, { type: 'ErasureCompleted', data: { label: labelOf(HENRI) } });
    expect(await reapplyErasures(ledger, sealing)).toBe(1);
    expect(await sealing.cipherOf(HENRI)).toBeUndefined();
    expect(await sealing.erasedStreams()).toEqual([HENRI]);
    expect(await sealing.cipherOf(BRUNO)).toBeDefined();
  });

  test('destroy and remove what only a replaying witness remembers', async () => {
    expect(await reapplyErasures(ledger, sealing, [labelOf(HENRI), labelOf(ERASURES)])).toBe(1);
    expect([await sealing.cipherOf(HENRI), await store.head(HENRI)]).toEqual([undefined, undefined]);
    expect(await sealing.erasedStreams()).toEqual([HENRI]);
    expect(await store.head(BRUNO)).toBeDefined();
  });

  test('are nothing where nothing was erased', async () => {
    expect(await reapplyErasures(ledger, sealing)).toBe(0);
    expect(await store.end()).toBe(2);
  });
});
