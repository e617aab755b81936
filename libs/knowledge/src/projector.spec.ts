import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, asId, streamName, type Recorded } from '#decider';
import { institutionFold, type InstitutionEvent } from '#directory';
import { Ledger, SqliteEventStore } from '#event-store';
import { personFold, personStream, personTesting, type PersonEvent } from '#person';
import type { Change, Forgetting } from '#read-store';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { systemClock } from '#time';
import { KnowledgeProjector, TABLES } from './projector.js';

const { aConsent, described, id, informed } = personTesting;
/** Nothing of the ledger has been applied to the read models yet. */
const noRows = () => [];
const LEA = personStream(id('Person', 1));

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-projector-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  ledger = new Ledger(store, new Sealing(keys, FileRootKey.open(join(folder, 'root.key'))), systemClock);
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** Records one event after the other, and reads them back as the runner does. */
async function recorded(...events: readonly PersonEvent[]): Promise<readonly Recorded<PersonEvent>[]> {
  for (const [n, event] of events.entries()) {
    const command = {
      actor: { kind: 'client', id: 'x' } as const,
      commandId: id('Command', n),
      digest: String(n),
      correlationId: asId<'Correlation'>('00000000-0000-4000-8000-00000000000c'),
    };
    await ledger.decide(LEA, personFold, command, () => accept(event));
  }
  return (await ledger.codec.open(await store.readAll(0, 100))) as Recorded<PersonEvent>[];
}

/** One event of a stream of another kind. */
async function ledgerOf(kind: string) {
  const command = {
    actor: { kind: 'client', id: 'x' } as const,
    commandId: id<'Command'>('Command', 99),
    digest: '99',
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-00000000000c'),
  };
  const event: InstitutionEvent = {
    type: 'InstitutionRegistered',
    data: { institution: id('Institution', 1), name: 'SSIAD', mission: 'Soins' },
  };
  const outcome = await ledger.decide(streamName(kind, id('Institution', 1)), institutionFold, command, () =>
    accept(event),
  );
  return outcome.kind === 'recorded' ? outcome.events : [];
}

const registered: PersonEvent = {
  type: 'PersonRegistered',
  data: {
    person: id('Person', 1),
    givenName: 'Léa',
    familyName: 'B.',
    birthDate: '1990-01-01',
    distinctFrom: [],
  },
};
const granted: PersonEvent = { type: 'ConsentGranted', data: aConsent() };
const story = [registered, described(1), described(2), informed(), granted];

function isAboutThePerson(change: Change | Forgetting): boolean {
  return 'forget' in change || change.table.name !== 'institution';
}

describe('the projector', () => {
  test('says of the same events the same, however often it is asked', async () => {
    const events = await recorded(...story);
    const projector = new KnowledgeProjector(ledger);
    const changes = await projector.project(events, noRows);
    expect(changes.length).toBeGreaterThan(events.length);
    expect(await projector.project(events, noRows)).toEqual(changes);
    expect(await projector.project(events.slice(2), noRows)).toEqual(
      await new KnowledgeProjector(ledger).project(events.slice(2), noRows),
    );
  });

  test('takes up a stream in its midst as if it had followed it', async () => {
    const events = await recorded(...story);
    const whole = await new KnowledgeProjector(ledger).project(events, noRows);
    for (const [n] of events.entries()) {
      const late = await new KnowledgeProjector(ledger).project(events.slice(n), noRows);
      expect(whole.slice(whole.length - late.length)).toEqual(late);
    }
  });

  test('says the same when it may remember next to nothing', async () => {
    const events = await recorded(...story);
    const forgetful = new KnowledgeProjector(ledger, 1);
    const [institution] = await ledgerOf('institution');
    const changes = [];
    for (const event of events) changes.push(...(await forgetful.project([event, institution!], noRows)));
    const whole = await new KnowledgeProjector(ledger).project([...events, institution!], noRows);
    expect(changes.filter(isAboutThePerson)).toEqual(whole.filter(isAboutThePerson));
  });

  test('goes back after it was ahead, as it does when a batch could not be stored', async () => {
    const events = await recorded(...story);
    const projector = new KnowledgeProjector(ledger);
    await projector.project(events, noRows);
    const again = await projector.project(events.slice(0, 2), noRows);
    expect(again).toEqual(await new KnowledgeProjector(ledger).project(events.slice(0, 2), noRows));
  });

  test('says nothing about streams that are no business of the questions', async () => {
    const [event] = await recorded(registered);
    const other = { ...event!, stream: streamName('access', id('Person', 1)) };
    expect(await new KnowledgeProjector(ledger).project([other], noRows)).toEqual([]);
  });

  test('names tables that no other bears', () => {
    const names = TABLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
