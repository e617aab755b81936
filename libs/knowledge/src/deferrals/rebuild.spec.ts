import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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
import { civilDate, systemClock } from '#time';
import { KnowledgeProjector } from '../projector.js';

const { anIntention, described, id, informed, objected, SSIAD } = personTesting;
const [HENRI, DEFERRAL] = [personStream(id('Person', 1)), deferralStream(id('Deferral', 1))];
const registered: PersonEvent = {
  type: 'PersonRegistered',
  data: { person: id('Person', 1), familyName: 'L.', givenName: 'Henri', distinctFrom: [] },
};
const deferred: DeferralEvent = {
  type: 'InformationDeferred',
  data: {
    deferral: id('Deferral', 1),
    person: id('Person', 1),
    institution: SSIAD,
    ground: 'interest-of-the-child',
    reason: 'x',
    reviewBy: civilDate('2026-05-01'),
  },
};
const told: DeferralEvent = {
  type: 'DisclosureRecorded',
  data: {
    ...anIntention().act,
    basis: { consents: [], restsOn: 'absence-of-objection' },
    // Of the person's registration: the item was described between the decision and its record.
    cites: [{ stream: HENRI, revision: 0 }],
  },
  effectiveAt: civilDate('2026-02-28'),
};
const looked: DeferralEvent = {
  type: 'LedgerConsulted',
  data: { by: { kind: 'client', client: 'x' }, reason: 'audit', question: 'deferral' },
};

const noRows = () => [];
let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let ledger: Ledger;
let deferrals: Deferrals;
let live: KnowledgeProjector;
let position = 0;
let changes: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-deferring-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  const sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  ledger = new Ledger(store, sealing, systemClock);
  deferrals = new Deferrals(ledger, sealing);
  live = new KnowledgeProjector(ledger);
  [position, changes] = [0, []];
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** Records an event, and projects it as a running server does: before the next one is there. */
async function record<State, Event extends DomainEvent>(
  stream: StreamName,
  fold: Fold<State, Recorded<Event>>,
  event: Event,
): Promise<void> {
  const context = {
    actor: { kind: 'client', id: 'x' } as const,
    commandId: id<'Command'>('Command', position),
    digest: '',
    correlationId: id<'Correlation'>('Correlation', 1),
  };
  await ledger.decide(stream, fold, context, () => accept(event));
  const events = await ledger.codec.open(await store.readAll(position, 10));
  position = events.at(-1)!.position;
  changes.push(...(await live.project(events, noRows)));
}

const tables = (name: string) =>
  (changes as { table?: { name: string }; rows: readonly object[] }[])
    .filter(({ table }) => table?.name === name)
    .flatMap(({ rows }) => rows);

describe('a deferral in the read models', () => {
  beforeEach(async () => {
    for (const event of [registered, described()]) await record(HENRI, personFold, event);
    await deferrals.entrust(id('Deferral', 1), id('Person', 1));
    for (const event of [deferred, told, looked]) await record(DEFERRAL, deferralFold, event);
  });

  test('is for those who may see it alone, until it is revealed', async () => {
    expect(tables('deferral')).not.toEqual([]);
    for (const table of ['register', 'duty', 'finding'])
      for (const row of tables(table)) expect(row).toMatchObject({ deferral: id('Deferral', 1) });
    expect(tables('finding')).toContainEqual(expect.objectContaining({ rule: 'decided-on-older-facts' }));
    expect(tables('timeline')).toHaveLength(2);
    expect(tables('consultation')).toEqual([]);
    expect(JSON.stringify(tables('knowledge'))).not.toContain(id('Disclosure', 1));
  });

  test('comes to the same rows when they are made anew', async () => {
    for (const event of [informed(), objected()]) await record(HENRI, personFold, event);
    const ended: DeferralEvent = { type: 'InformationDeferralEnded', data: { reason: 'x' } };
    await record(DEFERRAL, deferralFold, ended);
    const found = await deferrals.known(id('Deferral', 1));
    const facts = await deferrals.placed(found!);
    const data = { deferral: id('Deferral', 1), facts };
    await record<unknown, PersonEvent>(HENRI, personFold as never, { type: 'DeferralRevealed', data });
    const all = await ledger.codec.open(await store.readAll(0, 100));
    expect(await new KnowledgeProjector(ledger).project(all, noRows)).toEqual(changes);
    expect(tables('consultation')).toHaveLength(1);
    expect(JSON.stringify(tables('knowledge'))).toContain(id('Disclosure', 1));
  });
});
