import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AppendTooLarge,
  MAX_APPEND_BYTES,
  NO_STREAM,
  type EventStore,
  type EventToAppend,
  type LedgerStore,
} from '#event-store';
import { concurrencyContract } from './concurrency.contract.js';
import { erasureContract } from './erasure.contract.js';
import { readingContract } from './reading.contract.js';
import { appended, idsOf, newStream, sample, samples } from './samples.js';
import { subscriptionContract } from './subscription.contract.js';

export interface OpenStore {
  readonly store: LedgerStore;
  /** Closes the store and removes what the test left behind. */
  close(): Promise<void>;
}

/**
 * What every EventStore must do. Only the port is used: positions may have gaps, an append tells the position
 * of its last event only, and the store may hold events of earlier runs. Nobody else may write meanwhile.
 */
export function eventStoreContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`${name}: the event store contract`, () => {
    let opened: OpenStore;
    const storeOf = () => opened.store;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    describe('identity', () => identityContract(storeOf));
    describe('append', () => appendContract(storeOf));
    describe('repeated append', () => repetitionContract(storeOf));
    describe('concurrent appends', () => concurrencyContract(storeOf));
    describe('reading', () => readingContract(storeOf));
    describe('erasure', () => erasureContract(storeOf));
    describe('subscription', () => subscriptionContract(storeOf));
  });
}

function identityContract(storeOf: () => LedgerStore): void {
  it('is the first that a ledger is given', async () => {
    const wanted = (id: string) => ({ id, kind: 'ledger' }) as const;
    const [first, ...others] = await Promise.all(['a', 'b', 'c'].map((id) => storeOf().identify(wanted(id))));
    expect(await storeOf().identify({ id: 'd', kind: 'demonstration' })).toEqual(first);
    expect(others).toEqual([first, first]);
    expect(await storeOf().identity()).toEqual(first);
  });
}

function appendContract(storeOf: () => EventStore): void {
  it('gives back every column and every byte of what was appended', async () => {
    const stream = newStream();
    const instantOnly = sample(stream, 0);
    const everything = sample(stream, 1, {
      type: 'DiscloséRecorded',
      schema: 3,
      effectiveAt: { date: '2026-01-01', zone: 'Europe/Paris', precision: 'month' },
      actor: { kind: 'person', id: 'é-𝄞', assistedBy: 'mandate-1' },
      causationId: instantOnly.id,
      commitment: Uint8Array.from({ length: 32 }, (_, i) => 255 - i),
      body: Uint8Array.from({ length: 1024 }, (_, i) => i % 256),
    });
    const { position } = await appended(storeOf().append(stream, [instantOnly, everything], NO_STREAM));
    const [first, second, ...others] = await storeOf().read(stream, 0, 10);
    expect(others).toEqual([]);
    expect(plain(first!)).toEqual({ ...plain(instantOnly), position: first!.position });
    expect(plain(second!)).toEqual({ ...plain(everything), position });
    expect(first!.position).toBeLessThan(position);
  });

  it('starts a stream only where there is none', async () => {
    const stream = newStream();
    const first = await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    const second = await storeOf().append(stream, samples(stream, 0, 1), NO_STREAM);
    expect(first).toMatchObject({ kind: 'appended', revision: 1 });
    expect(second).toEqual({ kind: 'conflict', actual: 1 });
  });

  it('continues a stream only at its last revision, and tells that revision otherwise', async () => {
    const stream = newStream();
    await storeOf().append(stream, samples(stream, 0, 3), NO_STREAM);
    const behind = await storeOf().append(stream, samples(stream, 1, 1), 0);
    const ahead = await storeOf().append(stream, samples(stream, 8, 1), 7);
    const exact = await storeOf().append(stream, samples(stream, 3, 1), 2);
    expect(behind).toEqual({ kind: 'conflict', actual: 2 });
    expect(ahead).toEqual({ kind: 'conflict', actual: 2 });
    expect(exact).toMatchObject({ kind: 'appended', revision: 3 });
  });

  it('tells that there is no stream when it was expected to have events', async () => {
    const stream = newStream();
    const result = await storeOf().append(stream, samples(stream, 5, 1), 4);
    expect(result).toEqual({ kind: 'conflict', actual: NO_STREAM });
    expect(await storeOf().head(stream)).toBeUndefined();
  });

  it('writes nothing for an empty append, and still says whether the revision was right', async () => {
    const stream = newStream();
    const onNothing = await storeOf().append(stream, [], NO_STREAM);
    await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    const right = await storeOf().append(stream, [], 1);
    const wrong = await storeOf().append(stream, [], 0);
    expect(onNothing).toMatchObject({ kind: 'appended', revision: NO_STREAM });
    expect(right).toMatchObject({ kind: 'appended', revision: 1 });
    expect(wrong).toEqual({ kind: 'conflict', actual: 1 });
    expect(await storeOf().read(stream, 0, 10)).toHaveLength(2);
  });

  it('refuses more than one mebibyte in one append and writes nothing of it', async () => {
    const stream = newStream();
    const half = { body: new Uint8Array(MAX_APPEND_BYTES / 2) };
    const tooLarge = [sample(stream, 0, half), sample(stream, 1, half)];
    await expect(storeOf().append(stream, tooLarge, NO_STREAM)).rejects.toBeInstanceOf(AppendTooLarge);
    expect(await storeOf().head(stream)).toBeUndefined();
    const large = await storeOf().append(stream, [sample(stream, 0, { body: new Uint8Array(900_000) })], -1);
    expect(large).toMatchObject({ kind: 'appended', revision: 0 });
  });
}

function repetitionContract(storeOf: () => EventStore): void {
  it('answers the same append as the first time and stores it once', async () => {
    const stream = newStream();
    const events = samples(stream, 0, 3);
    const first = await appended(storeOf().append(stream, events, NO_STREAM));
    const second = await storeOf().append(stream, events, NO_STREAM);
    expect(second).toEqual(first);
    expect(idsOf(await storeOf().read(stream, 0, 10))).toEqual(idsOf(events));
  });

  it('answers the same append as the first time even after later events', async () => {
    const stream = newStream();
    await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    const events = samples(stream, 2, 2);
    const first = await appended(storeOf().append(stream, events, 1));
    await storeOf().append(stream, samples(stream, 4, 3), 3);
    expect(await storeOf().append(stream, events, 1)).toEqual(first);
    expect((await storeOf().head(stream))?.revision).toBe(6);
  });

  it('stores an append once when it is sent twice at the same time', async () => {
    const stream = newStream();
    const events = samples(stream, 0, 2);
    const send = () => storeOf().append(stream, events, NO_STREAM);
    const results = await Promise.all([send(), send(), send()]);
    expect(new Set(results.map((r) => JSON.stringify(r))).size).toBe(1);
    expect(results[0]).toMatchObject({ kind: 'appended', revision: 1 });
    expect(await storeOf().read(stream, 0, 10)).toHaveLength(2);
  });

  it('takes the same ids at a later revision for a new append', async () => {
    const stream = newStream();
    const events = samples(stream, 0, 1);
    await storeOf().append(stream, events, NO_STREAM);
    const again = await storeOf().append(stream, [{ ...events[0]!, revision: 1 }], 0);
    expect(again).toMatchObject({ kind: 'appended', revision: 1 });
    expect(idsOf(await storeOf().read(stream, 0, 10))).toEqual([events[0]!.id, events[0]!.id]);
  });

  it('takes other ids at a revision that is taken for a conflict', async () => {
    const stream = newStream();
    const events = samples(stream, 0, 2);
    await storeOf().append(stream, events, NO_STREAM);
    const mixed = [events[0]!, sample(stream, 1)];
    expect(await storeOf().append(stream, mixed, NO_STREAM)).toEqual({ kind: 'conflict', actual: 1 });
  });
}

/** Bytes as plain arrays: a Buffer and a Uint8Array with the same bytes are the same body. */
function plain(event: EventToAppend) {
  return { ...event, commitment: [...event.commitment], body: [...event.body] };
}
