import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Catalogues, loadCatalogue } from '#catalogue';
import { Commissions } from '#commission';
import {
  accept,
  asId,
  type DomainEvent,
  type Fold,
  type Instant,
  type Recorded,
  type StreamName,
} from '#decider';
import { Directory, institutionFold, institutionStream } from '#directory';
import { Ledger, SqliteEventStore, type EventStore, type Streams } from '#event-store';
import { Recorder, type CommandRequest } from '#http';
import { Deferrals, PersonDesk, personFold, personStream, personTesting } from '#person';
import { FileRootKey, Sealing, SqliteKeyStore } from '#sealing';
import { civilDate } from '#time';
import { Intentions } from '../intention.query.js';
import { aMandate, TOLD_OF_IT } from '../testing.js';
import { AfterMandates } from './after-mandate.query.js';
import { RecordDisclosureCommand, RecordDisclosureHandler } from './record-disclosure.handler.js';

const { anIntention, CCAS, id, NOW, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

const HENRI = personStream(id('Person', 1));
const correlationId = asId<'Correlation'>('00000000-0000-4000-8000-00000000000c');
const BEFORE = '2026-01-10T12:00:00.000Z' as Instant;
const caller = { kind: 'mandate', id: NURSE } as const;

/** Which institution gave which mandate; nobody sits in a commission. */
const index = {
  institutionOf: async (mandate: string) =>
    mandate === NURSE ? SSIAD : mandate === SOCIAL_WORKER ? CCAS : undefined,
  mandatesOf: async () => [NURSE],
  commissionsOf: async () => [],
  personOf: async () => undefined,
};

let folder: string;
let store: SqliteEventStore;
let keys: SqliteKeyStore;
let sealing: Sealing;
/** Streams of institutions as the directory was asked for them, in order. */
let read: StreamName[];
/** What somebody else does while the first attempt is on its way to the store. */
let meanwhile: (() => Promise<void>) | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-attempts-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  keys = SqliteKeyStore.open(join(folder, 'keys.db'));
  sealing = new Sealing(keys, FileRootKey.open(join(folder, 'root.key')));
  [read, meanwhile] = [[], undefined];
  await new Catalogues(node()).begin(loadCatalogue());
  for (const mandate of [NURSE, SOCIAL_WORKER]) {
    const { institution, mandate: data } = aMandate(mandate);
    const registered = { institution, name: 'une institution', mission: 'Accompagnement' };
    await write(
      institutionStream(institution),
      institutionFold,
      { type: 'InstitutionRegistered', data: registered },
      { type: 'MandateGiven', data, effectiveAt: data.validFrom },
    );
  }
  const henri = { person: id('Person', 1), familyName: 'L.', givenName: 'Henri', distinctFrom: [] };
  const registered = { ...henri, birthDate: '1948-03-12' };
  await write(HENRI, personFold, { type: 'PersonRegistered', data: registered }, ...TOLD_OF_IT);
});
afterEach(async () => {
  await store.close();
  await keys.close();
  rmSync(folder, { recursive: true });
});

/** A node of its own. */
function node(over: EventStore = store, now: Instant = BEFORE): Ledger {
  return new Ledger(over, sealing, { now: () => now });
}

async function write<State, Event extends DomainEvent>(
  stream: StreamName,
  fold: Fold<State, Recorded<Event>>,
  ...events: readonly Event[]
): Promise<void> {
  const commandId = asId<'Command'>(randomUUID());
  const context = { actor: caller, commandId, digest: 'digest', correlationId };
  await node().decide(stream, fold, context, () => accept(...events));
}

/** Somebody else is faster, once. */
function contendedStore(): EventStore {
  const append: EventStore['append'] = async (...given) => {
    const first = meanwhile;
    meanwhile = undefined;
    await first?.();
    return store.append(...given);
  };
  return Object.assign(Object.create(store) as EventStore, { append });
}

/** The nurse tells the social worker what she observed. */
async function disclose() {
  const ledger = node(contendedStore(), NOW);
  const counted: Streams = {
    load: (stream, fold) => {
      read.push(stream);
      return ledger.load(stream, fold);
    },
  };
  const recorder = new Recorder(ledger, sealing);
  const catalogues = new Catalogues(ledger);
  const uncounted = new Directory(ledger, index);
  const desk = new PersonDesk(recorder, catalogues, uncounted, new Deferrals(ledger, sealing));
  const directory = new Directory(counted, index);
  const intentions = new Intentions(directory, new Commissions(ledger, index, index), catalogues);
  const afterMandates = new AfterMandates(recorder, catalogues, uncounted);
  const handler = new RecordDisclosureHandler(desk, directory, intentions, afterMandates);
  const { act, ...intended } = anIntention();
  const wish = { ...intended, said: act, recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER } as const] };
  const request: CommandRequest = { caller, digest: 'wish', correlationId };
  const command = new RecordDisclosureCommand(id('Person', 1), wish, undefined, request);
  const outcome = await handler.execute(command);
  if (outcome.kind !== 'recorded') throw new Error(JSON.stringify(outcome));
  return outcome.events.map(({ type }) => type);
}

const BOTH = [institutionStream(SSIAD), institutionStream(CCAS)];

/** Something else is recorded about Henri, so that what was decided cannot be appended. */
const another = () => write(HENRI, personFold, personTesting.described(2));

describe('an attempt to record a disclosure', () => {
  test('reads each institution once, however often it is asked for', async () => {
    expect(await disclose()).toEqual(['DisclosureRecorded', 'DisclosureAssessed']);
    expect(read.toSorted()).toEqual(BOTH.toSorted());
  });

  test('reads the directory anew after a conflict', async () => {
    meanwhile = another;
    expect(await disclose()).toEqual(['DisclosureRecorded', 'DisclosureAssessed']);
    expect(read.toSorted()).toEqual([...BOTH, ...BOTH].toSorted());
  });

  test('is judged by what changed in the directory meanwhile', async () => {
    meanwhile = async () => {
      await another();
      const data = { mandate: SOCIAL_WORKER, until: civilDate('2026-01-31') };
      const ended = { type: 'MandateEnded', data, effectiveAt: civilDate('2026-01-31') } as const;
      await write(institutionStream(CCAS), institutionFold, ended);
    };
    expect(await disclose()).toEqual(['DisclosureRefused']);
  });
});
