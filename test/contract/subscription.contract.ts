import { expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerShortened, NO_STREAM, type Delivery, type EventStore, type StoredEvent } from '#event-store';
import { idsOf, newStream, readAllAfter, sample, samples, take, writeOneByOne } from './samples.js';

/** What every subscription must do: see eventStoreContract. */
export function subscriptionContract(storeOf: () => EventStore): void {
  deliveryContract(storeOf);
  endingContract(storeOf);
  consumersContract(storeOf);
  selectionContract(storeOf);
}

function deliveryContract(storeOf: () => EventStore): void {
  it('catches up with what is there, then goes on with what comes', async () => {
    const start = await storeOf().end();
    const stream = newStream();
    await storeOf().append(stream, samples(stream, 0, 3), NO_STREAM);
    const received = take(subscribe(storeOf(), start), (events) => events.length >= 5);
    await sleep(10);
    await storeOf().append(stream, samples(stream, 3, 2), 2);
    expect((await received).map((event) => event.revision)).toEqual([0, 1, 2, 3, 4]);
  });

  it('neither skips nor reorders while several writers append', async () => {
    const start = await storeOf().end();
    const received = take(subscribe(storeOf(), start), (events) => events.length >= 300);
    await Promise.all(Array.from({ length: 6 }, () => writeOneByOne(storeOf(), newStream(), 50)));
    expect(idsOf(await received)).toEqual(idsOf(await readAllAfter(storeOf(), start)));
  });

  it('delivers only the kinds that were asked for, in order, while all kinds are written', async () => {
    const start = await storeOf().end();
    const kinds = ['person', 'institution', 'actor'];
    const received = take(subscribe(storeOf(), start, ['person', 'actor']), (events) => events.length >= 60);
    await Promise.all(kinds.map((kind) => writeOneByOne(storeOf(), newStream(kind), 30)));
    const expected = await storeOf().readAll(start, 1000, { kinds: ['person', 'actor'] });
    expect(idsOf(await received)).toEqual(idsOf(expected));
  });

  it('is not held up when nothing that was asked for is written for a long time', async () => {
    const start = await storeOf().end();
    const received = take(subscribe(storeOf(), start, ['actor']), (events) => events.length >= 2);
    const [person, actor] = [newStream('person'), newStream('actor')];
    await storeOf().append(actor, samples(actor, 0, 1), NO_STREAM);
    for (let page = 0; page < 3; page++)
      await storeOf().append(person, samples(person, page * 500, 500), page * 500 - 1);
    await storeOf().append(actor, samples(actor, 1, 1), 0);
    expect((await received).map((event) => event.stream)).toEqual([actor, actor]);
  });

  it('resumes after any position without missing or repeating an event', async () => {
    const start = await storeOf().end();
    for (const stream of [newStream(), newStream('institution')])
      await storeOf().append(stream, samples(stream, 0, 4), NO_STREAM);
    const all = await readAllAfter(storeOf(), start);
    for (const [i, { position }] of all.slice(0, -1).entries()) {
      const rest = await take(
        subscribe(storeOf(), position),
        (events) => events.length >= all.length - i - 1,
      );
      expect(idsOf(rest)).toEqual(idsOf(all.slice(i + 1)));
    }
  });
}

function endingContract(storeOf: () => EventStore): void {
  it('refuses a position that the ledger has not reached: what comes next would be missed', async () => {
    const ahead = (await storeOf().end()) + 1_000_000;
    const received = take(subscribe(storeOf(), ahead), () => true);
    await expect(received).rejects.toBeInstanceOf(LedgerShortened);
  });

  it('ends when it is told to while it waits', async () => {
    const stop = new AbortController();
    const received = take(storeOf().subscribe(await storeOf().end(), stop.signal), () => false);
    await sleep(10);
    stop.abort();
    expect(await received).toEqual([]);
  });

  it('ends when it is told to while a batch is handled', async () => {
    const start = await storeOf().end();
    const stream = newStream();
    await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    const stop = new AbortController();
    const received = await take(storeOf().subscribe(start, stop.signal), () => {
      stop.abort();
      return false;
    });
    expect(received.map((event) => event.revision)).toEqual([0, 1]);
  });

  it('gives nothing when it was told to end before it began', async () => {
    const start = await storeOf().end();
    const stream = newStream();
    await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    expect(await take(storeOf().subscribe(start, AbortSignal.abort()), () => false)).toEqual([]);
  });
}

function consumersContract(storeOf: () => EventStore): void {
  it('serves two subscribers alike, whenever they began', async () => {
    const start = await storeOf().end();
    const early = take(subscribe(storeOf(), start), (events) => events.length >= 80);
    const writers = [newStream(), newStream()].map((stream) => writeOneByOne(storeOf(), stream, 40));
    await sleep(5);
    const late = take(subscribe(storeOf(), start), (events) => events.length >= 80);
    await Promise.all(writers);
    expect(idsOf(await early)).toEqual(idsOf(await late));
  });

  it('loses nothing for a consumer that is slower than the writers', async () => {
    const start = await storeOf().end();
    const received: StoredEvent[] = [];
    const slow = (async () => {
      for await (const { events } of subscribe(storeOf(), start)) {
        await sleep(20);
        received.push(...events);
        if (received.length >= 3000) return;
      }
    })();
    const streams = [newStream(), newStream(), newStream()];
    await Promise.all(
      streams.map(async (stream) => {
        for (let at = 0; at < 1000; at += 50) await storeOf().append(stream, samples(stream, at, 50), at - 1);
      }),
    );
    await slow;
    expect(idsOf(received)).toEqual(idsOf(await readAllAfter(storeOf(), start)));
  });
}

/** A subscription that lasts until its consumer lets go of it. */
function selectionContract(storeOf: () => EventStore): void {
  it('says how far it is where nothing is wanted, and delivers what comes behind that', async () => {
    const start = await storeOf().end();
    const [unwanted, wanted] = [newStream('person'), newStream('actor')];
    for (let at = 0; at < 2_500; at += 250)
      await storeOf().append(unwanted, samples(unwanted, at, 250), at - 1);
    const passed = await storeOf().end();
    const deliveries = subscribe(storeOf(), start, ['actor'])[Symbol.asyncIterator]();
    let { value: told } = (await deliveries.next()) as { value: Delivery };
    expect(told.events).toEqual([]);
    expect(told.position).toBeGreaterThan(start);
    expect(told.position).toBeLessThanOrEqual(passed);
    const events = samples(wanted, 0, 2);
    await storeOf().append(wanted, events, NO_STREAM);
    const resumed = take(subscribe(storeOf(), told.position, ['actor']), ({ length }) => length === 2);
    expect(idsOf(await resumed)).toEqual(idsOf(events));
    while (told.events.length === 0) ({ value: told } = (await deliveries.next()) as { value: Delivery });
    expect(idsOf(told.events)).toEqual(idsOf(events));
    await deliveries.return?.();
  });

  it('delivers only the types that were asked for, of the kinds that were', async () => {
    const start = await storeOf().end();
    const [person, actor] = [newStream('person'), newStream('actor')];
    const events = [person, actor].map((stream) => [
      sample(stream, 0),
      sample(stream, 1, { type: 'SampleTaken' }),
    ]);
    for (const [i, stream] of [person, actor].entries())
      await storeOf().append(stream, events[i]!, NO_STREAM);
    const filter = { kinds: ['actor'], types: new Set(['SampleTaken']) };
    const signal = AbortSignal.timeout(20_000);
    const received = await take(storeOf().subscribe(start, signal, filter), ({ length }) => length > 0);
    expect(idsOf(received)).toEqual([events[1]![1]!.id]);
    expect(await storeOf().readAll(start, 10, filter)).toEqual(received);
  });
}

function subscribe(store: EventStore, after: number, kinds?: readonly string[]) {
  return store.subscribe(after, new AbortController().signal, kinds ? { kinds } : {});
}
