import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, asId, type Actor, type Instant, type Recorded } from '#decider';
import { Ledger, SqliteEventStore, type Sealer } from '#event-store';
import { deferralFold } from '../deferral/deferral.js';
import { Deferrals } from '../deferral/deferrals.js';
import { accessStream, deferralStream } from '../person.ids.js';
import { id, SOCIAL_WORKER, SSIAD } from '../testing.js';
import { civilDate } from '#time';
import type { DeferralEvent } from '../deferral/deferral.events.js';
import type { AccessEvent, LedgerSearched, Reason } from './access.events.js';
import { RecentHour } from './recent.js';
import { SearchFollower } from './search-follower.handler.js';
import { Searches } from './searching.query.js';

const clear = {
  seal: (_: unknown, plain: Uint8Array) => plain,
  open: (_: unknown, body: Uint8Array) => body,
};
const sealer: Sealer = { cipherFor: async () => clear, cipherOf: async () => clear };
const worker: Actor = { kind: 'mandate', id: SOCIAL_WORKER };
const [henri, lina] = [id('Person', 1), id('Person', 2)];
let folder: string;
let store: SqliteEventStore;
let ledger: Ledger;
let searches: Searches;
let now: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-search-'));
  store = SqliteEventStore.open(join(folder, 'ledger.db'));
  ledger = new Ledger(store, sealer, { now: () => now as Instant });
  searches = new Searches(ledger, new Deferrals(ledger, { ownerOf: async () => 'person:1' } as never));
  now = '2026-01-20T09:00:00.000Z';
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const rowsOf = (...persons: readonly string[]) => persons.map((person) => ({ person, deferral: null }));
const register = { question: 'register', institution: null };
const search = (persons: readonly string[], reason: Reason | undefined = 'audit', caller: Actor = worker) =>
  searches.record(caller, reason ? { reason } : {}, register, rowsOf(...persons));

async function recorded<Event>(kind: string): Promise<readonly Event[]> {
  const found = await store.readAll(0, 5000, { kinds: [kind] });
  return (await ledger.codec.open(found)) as unknown as Event[];
}
const searched = () => recorded<Recorded<LedgerSearched>>('search');
const named = async () => (await searched()).map(({ data }) => data.persons);

describe('a search', () => {
  test('is recorded with whom it named, each once, and why', async () => {
    await search([henri, lina, henri]);
    expect((await searched()).map(({ data }) => data)).toEqual([
      {
        ...register,
        by: { kind: 'mandate', mandate: SOCIAL_WORKER },
        reason: 'audit',
        persons: [henri, lina],
      },
    ]);
  });

  test('names nobody again within the hour, unless for another reason', async () => {
    await search([henri]);
    await search([henri, lina]);
    await search([lina], 'care');
    now = '2026-01-20T10:00:00.000Z';
    await search([henri]);
    expect(await named()).toEqual([[henri], [lina], [lina], [henri]]);
  });

  test('that names somebody by a deferral alone leaves its trace there, and none among theirs', async () => {
    const deferral = id('Deferral', 1);
    const reviewBy = civilDate('2026-03-01');
    const begun = { deferral, person: henri, institution: SSIAD, reason: 'x', reviewBy };
    const ground = 'secrecy-of-inquiry' as const;
    const context = {
      actor: worker,
      commandId: id<'Command'>('Command', 1),
      digest: '',
      correlationId: id<'Correlation'>('Correlation', 1),
    };
    await ledger.decide(deferralStream(deferral), deferralFold, context, () =>
      accept<DeferralEvent>({ type: 'InformationDeferred', data: { ...begun, ground } }),
    );
    for (let twice = 0; twice < 2; twice++)
      await searches.record(worker, { reason: 'audit' }, register, [{ person: henri, deferral }]);
    expect(await searched()).toEqual([]);
    const [, look, ...more] = await recorded<Recorded<DeferralEvent>>('deferral');
    expect(look).toMatchObject({ type: 'LedgerConsulted', data: { question: 'register', about: deferral } });
    expect(more).toEqual([]);
  });

  test('that names nobody is not recorded', async () => {
    await search([]);
    expect(await searched()).toEqual([]);
  });

  test('needs a reason, whether or not it names anybody', async () => {
    for (const persons of [[henri], []])
      await expect(searches.record(worker, {}, register, rowsOf(...persons))).rejects.toMatchObject({
        body: { type: 'urn:sillage:problem:reason-missing' },
      });
    expect(await searched()).toEqual([]);
  });

  test('names at most 1,000 in one event', async () => {
    await search(Array.from({ length: 2001 }, (_, n) => id('Person', n)));
    expect((await named()).map(({ length }) => length)).toEqual([1000, 1000, 1]);
  });

  test('that cannot be recorded is not taken for one that was', async () => {
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new Error('disk full'));
    await expect(search([henri])).rejects.toThrow('disk full');
    store.append = append;
    await search([henri]);
    expect(await named()).toEqual([[henri]]);
  });
});

describe('what follows on a search', () => {
  const traces = async () =>
    (await recorded<Recorded<AccessEvent>>('access')).map(({ stream, type, effectiveAt, data }) => ({
      stream,
      type,
      effectiveAt,
      data,
    }));

  test('is a trace for everybody whom it named, as of when it was asked, once', async () => {
    await search([henri, lina]);
    now = '2026-01-20T15:00:00.000Z';
    const [event] = await searched();
    await new SearchFollower(ledger).react(event!);
    await new SearchFollower(new Ledger(store, sealer, ledger.clock)).react(event!);
    const by = { kind: 'mandate', mandate: SOCIAL_WORKER };
    const data = { by, reason: 'audit', question: 'register' };
    const trace = { type: 'LedgerConsulted', effectiveAt: '2026-01-20T09:00:00.000Z', data };
    expect(await traces()).toEqual([
      { stream: accessStream(henri), ...trace },
      { stream: accessStream(lina), ...trace },
    ]);
  });

  test('is written piece by piece: whoever else writes waits for no more than one', async () => {
    const persons = Array.from({ length: 300 }, (_, n) => id('Person', n));
    await search(persons);
    const [event] = await searched();
    let [waiting, most] = [0, 0];
    const append = store.append.bind(store);
    store.append = async (...given) => {
      most = Math.max(most, ++waiting);
      return append(...given).finally(() => waiting--);
    };
    await new SearchFollower(ledger).react(event!);
    expect(most).toBe(128);
    expect((await traces()).map(({ stream }) => stream)).toEqual(persons.map(accessStream));
  });

  test('leaves none where the stream was closed or erased', async () => {
    await search([henri, lina]);
    const context = { actor: worker, commandId: asId<'Command'>(id('Command', 1)), digest: '' };
    const closed = { type: 'StreamClosed', data: { request: id('Request', 1) } } as const;
    await ledger.decide(
      accessStream(henri),
      { initial: null, evolve: () => null },
      { ...context, correlationId: asId<'Correlation'>(id('Correlation', 1)) },
      () => ({ kind: 'accepted', events: [closed] }),
    );
    const [event] = await searched();
    await new SearchFollower(ledger).react(event!);
    expect((await traces()).map(({ stream, type }) => [stream, type])).toEqual([
      [accessStream(henri), 'StreamClosed'],
      [accessStream(lina), 'LedgerConsulted'],
    ]);
  });
});

test('what happened within the hour is remembered by the clock, also one that is set back', () => {
  const recent = new RecentHour();
  recent.add('x', 10_000_000);
  expect([9_999_999, 10_000_000, 13_599_999, 13_600_000].map((ms) => recent.has('x', ms))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(recent.has('y', 10_000_000)).toBe(false);
});
