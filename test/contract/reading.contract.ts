import { expect, it } from '@jest/globals';
import { NO_STREAM, PAGE_BYTES, type EventStore, type EventToAppend } from '#event-store';
import { appended, idsOf, newStream, readAllAfter, sample, samples, take } from './samples.js';

/** What every store must give back: see eventStoreContract. */
export function readingContract(storeOf: () => EventStore): void {
  weightContract(storeOf);

  it('reads a stream from a revision on, oldest first, as many as asked', async () => {
    const stream = newStream();
    const events = samples(stream, 0, 7);
    await storeOf().append(stream, events, NO_STREAM);
    expect(idsOf(await storeOf().read(stream, 2, 3))).toEqual(idsOf(events.slice(2, 5)));
    expect(idsOf(await storeOf().read(stream, 5, 100))).toEqual(idsOf(events.slice(5)));
    expect(await storeOf().read(stream, 7, 100)).toEqual([]);
    expect(await storeOf().read(newStream(), 0, 100)).toEqual([]);
  });

  it('reads the whole ledger in commit order, in pages that neither repeat nor skip', async () => {
    const start = await storeOf().end();
    const [a, b] = [newStream('person'), newStream('institution')];
    const committed: EventToAppend[] = [];
    for (let round = 0; round < 6; round++)
      for (const stream of [a, b]) {
        const events = samples(stream, round * 2, 2);
        const { position } = await appended(storeOf().append(stream, events, round * 2 - 1));
        committed.push(...events);
        expect((await storeOf().readAll(start, 1000)).at(-1)?.position).toBe(position);
      }
    for (const pageSize of [1, 5, 24, 1000]) {
      const read = await readAllAfter(storeOf(), start, pageSize);
      expect(idsOf(read)).toEqual(idsOf(committed));
      expect(read.every((event, i) => i === 0 || event.position > read[i - 1]!.position)).toBe(true);
    }
  });

  it('reads only the kinds of stream that were asked for', async () => {
    const start = await storeOf().end();
    const streams = ['person', 'institution', 'actor', 'person'].map(newStream);
    for (const stream of streams) await storeOf().append(stream, samples(stream, 0, 2), NO_STREAM);
    const kinds = async (...wanted: string[]) =>
      (await storeOf().readAll(start, 100, { kinds: wanted })).map((event) => event.stream);
    const [p1, i, a, p2] = streams;
    expect(await kinds('person')).toEqual([p1, p1, p2, p2]);
    expect(await kinds('actor', 'institution')).toEqual([i, i, a, a]);
    expect(await kinds('commission')).toEqual([]);
  });

  it('knows the head of each stream and the end of the ledger', async () => {
    const stream = newStream();
    const start = await storeOf().end();
    expect(await storeOf().head(stream)).toBeUndefined();
    const first = await appended(storeOf().append(stream, samples(stream, 0, 3), NO_STREAM));
    expect(await storeOf().head(stream)).toEqual({ revision: 2, position: first.position });
    expect(await storeOf().end()).toBeGreaterThanOrEqual(first.position);
    expect(first.position).toBeGreaterThan(start);
    expect(await storeOf().readAll(await storeOf().end(), 10)).toEqual([]);
  });
}

function weightContract(storeOf: () => EventStore): void {
  it('ends a page where it weighs enough, and goes on behind it', async () => {
    const start = await storeOf().end();
    const committed: EventToAppend[] = [];
    for (let i = 0; i < 7; i++) {
      const event = sample(newStream(i % 2 ? 'person' : 'actor'), 0, { body: Buffer.alloc(900_000, i) });
      await storeOf().append(event.stream, [event], NO_STREAM);
      committed.push(event);
    }
    const page = await storeOf().readAll(start, 100);
    expect(page.length).toBeLessThan(committed.length);
    expect(page.reduce((sum, { body }) => sum + body.length, 0)).toBeGreaterThanOrEqual(PAGE_BYTES);
    expect(idsOf(await readAllAfter(storeOf(), start, 100))).toEqual(idsOf(committed));
    const followed = await take(
      storeOf().subscribe(start, AbortSignal.timeout(20_000)),
      ({ length }) => length === committed.length,
    );
    expect(idsOf(followed)).toEqual(idsOf(committed));
  });
}
