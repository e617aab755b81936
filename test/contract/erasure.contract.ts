import { expect, it } from '@jest/globals';
import { NO_STREAM, type EventStore } from '#event-store';
import { appended, idsOf, newStream, samples } from './samples.js';

/** What a server keeps until it is scavenged is still in the whole ledger; the stream is gone at once. */
export function erasureContract(storeOf: () => EventStore): void {
  it('leaves no event of the stream, and every event of the others where it was', async () => {
    const store = storeOf();
    const [erased, other] = [newStream(), newStream()];
    await appended(store.append(erased, samples(erased, 0, 3), NO_STREAM));
    const kept = samples(other, 0, 2);
    await appended(store.append(other, kept, NO_STREAM));
    const end = await store.end();
    const before = await store.read(other, 0, 10);

    await store.erase(erased);
    await store.erase(erased);

    expect(await store.read(erased, 0, 10)).toEqual([]);
    expect(await store.head(erased)).toBeUndefined();
    const after = await store.read(other, 0, 10);
    expect(idsOf(after)).toEqual(idsOf(kept));
    expect(after).toEqual(before);
    expect(await store.end()).toBeGreaterThanOrEqual(end);
  });

  it('of the stream that ends the ledger gives no position out twice', async () => {
    const store = storeOf();
    const [erased, other] = [newStream(), newStream()];
    const { position } = await appended(store.append(erased, samples(erased, 0, 2), NO_STREAM));
    await store.erase(erased);
    const next = await appended(store.append(other, samples(other, 0, 1), NO_STREAM));
    expect(next.position).toBeGreaterThan(position);
  });

  it('of a stream that never was is nothing', async () => {
    const stream = newStream();
    await storeOf().erase(stream);
    expect(await storeOf().head(stream)).toBeUndefined();
  });
}
