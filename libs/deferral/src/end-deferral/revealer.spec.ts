import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accept, type DomainEvent, type Fold, type Recorded, type StreamName } from '#decider';
import { Ledger, SqliteEventStore } from '#event-store';
import {
  deferralFold,
  Deferrals,
  deferralStream,
  personFold,
  personStream,
  personTesting,
  type DeferralEvent,
  type PersonEvent,
} from '#person';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { deferred, toNoel } from '../testing.js';
import { Revealer } from './revealer.handler.js';

const { described, id, informed } = personTesting;
const [DEFERRAL, HENRI] = [deferralStream(id('Deferral', 1)), personStream(id('Person', 1))];
const registered: PersonEvent = {
  type: 'PersonRegistered',
  data: { person: id('Person', 1), familyName: 'L.', givenName: 'Henri', distinctFrom: [] },
};
const ended: DeferralEvent = { type: 'InformationDeferralEnded', data: { reason: 'x' } };

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let ledger: Ledger;
let deferrals: Deferrals;
let commands = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-reveal-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  ledger = new Ledger(store, sealing, systemClock);
  deferrals = new Deferrals(ledger, sealing);
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

async function record<State, Event extends DomainEvent>(
  stream: StreamName,
  fold: Fold<State, Recorded<Event>>,
  event: Event,
): Promise<Recorded<Event>> {
  const context = {
    actor: { kind: 'client', id: 'x' } as const,
    commandId: id<'Command'>('Command', ++commands),
    digest: '',
    correlationId: id<'Correlation'>('Correlation', 1),
  };
  const outcome = await ledger.decide(stream, fold, context, () => accept(event));
  if (outcome.kind !== 'recorded') throw new Error(outcome.kind);
  return outcome.events[0]!;
}

describe('the reveal', () => {
  let end: Recorded<DeferralEvent>;

  beforeEach(async () => {
    await record(HENRI, personFold, registered);
    await record(HENRI, personFold, described());
    await deferrals.entrust(id('Deferral', 1), id('Person', 1));
    await record(DEFERRAL, deferralFold, deferred);
    await record(DEFERRAL, deferralFold, toNoel);
    await record(HENRI, personFold, informed());
    end = await record(DEFERRAL, deferralFold, ended);
  });

  test('hands over what was covered, in its place, once, whoever does it and however often', async () => {
    const other = new Revealer(new Ledger(store, ledger.codec['sealer'], systemClock), deferrals);
    await Promise.all([new Revealer(ledger, deferrals).react(end), other.react(end)]);
    await new Revealer(ledger, deferrals).react(end);
    const events = await ledger.codec.open(await store.read(HENRI, 0, 10));
    expect(events.map(({ type }) => type)).toEqual([
      'PersonRegistered',
      'InformationDescribed',
      'PersonInformed',
      'DeferralRevealed',
    ]);
    const { state } = await ledger.load(HENRI, personFold);
    const act = state.status === 'active' ? state.acts.get(id('Disclosure', 1)) : undefined;
    expect(act!.origin.revision).toBeGreaterThan(1);
    expect(act!.origin.revision).toBeLessThan(2);
  });

  test('follows on nothing but an end', async () => {
    const [first] = (await ledger.codec.open(await store.read(DEFERRAL, 0, 1))) as Recorded<DeferralEvent>[];
    expect(await new Revealer(ledger, deferrals).react(first!)).toBeUndefined();
    expect((await store.head(HENRI))!.revision).toBe(2);
  });

  test('leaves sealed under the person’s key what it covered: without the key nobody finds it', async () => {
    const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
    const owner = `person:${id('Person', 1)}`;
    expect(await sealing.streamsOf(owner)).toContain(DEFERRAL);
    await sealing.erase(owner, [HENRI, DEFERRAL]);
    expect(await sealing.cipherOf(DEFERRAL)).toBeUndefined();
    expect(await sealing.ownerOf(DEFERRAL)).toBe(owner);
    await expect(sealing.cipherFor(deferralStream(id('Deferral', 2)))).rejects.toThrow('entrusted');
  });
});
