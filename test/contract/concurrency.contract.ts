import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StreamName } from '#decider';
import { NO_STREAM, type EventStore, type EventToAppend } from '#event-store';
import { idsOf, newStream, sample, samples } from './samples.js';

/** What every store must do with writers that meet: see eventStoreContract. */
export function concurrencyContract(storeOf: () => EventStore): void {
  it('lets exactly one of 20 writers win at each of 20 revisions', async () => {
    const stream = newStream();
    const winners: string[] = [];
    for (let revision = 0; revision < 20; revision++) {
      const attempts = Array.from({ length: 20 }, () => sample(stream, revision));
      const results = await Promise.all(
        attempts.map((event) => storeOf().append(stream, [event], revision - 1)),
      );
      const won = attempts.filter((_, i) => results[i]!.kind === 'appended');
      expect(won).toHaveLength(1);
      expect(results.filter((r) => r.kind === 'conflict' && r.actual === revision)).toHaveLength(19);
      winners.push(won[0]!.id);
    }
    expect(idsOf(await storeOf().read(stream, 0, 100))).toEqual(winners);
  });

  it('rejects nobody else when one of several waiting appends conflicts', async () => {
    const streams = Array.from({ length: 6 }, () => newStream());
    const taken = streams[2]!;
    await storeOf().append(taken, samples(taken, 0, 1), NO_STREAM);
    const results = await Promise.all(
      streams.map((stream) => storeOf().append(stream, samples(stream, 0, 2), NO_STREAM)),
    );
    expect(results.map((r) => r.kind)).toEqual(
      streams.map((stream) => (stream === taken ? 'conflict' : 'appended')),
    );
    for (const stream of streams)
      expect((await storeOf().head(stream))?.revision).toBe(stream === taken ? 0 : 1);
  });

  it('agrees with a naive model on any sequence of right, wrong and repeated appends', async () => {
    const step = fc.record({
      stream: fc.nat(2),
      count: fc.integer({ min: 1, max: 4 }),
      move: fc.constantFrom('right' as const, 'behind' as const, 'ahead' as const, 'repeat' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const streams = [newStream(), newStream(), newStream()];
        const model = new Map<StreamName, EventToAppend[]>(streams.map((s) => [s, []]));
        for (const { stream, count, move } of steps)
          await compareStep(storeOf(), model, streams[stream]!, count, move);
        for (const stream of streams)
          expect(idsOf(await storeOf().read(stream, 0, 200))).toEqual(idsOf(model.get(stream)!));
      }),
      { numRuns: 25 },
    );
  });
}

async function compareStep(
  store: EventStore,
  model: Map<StreamName, EventToAppend[]>,
  stream: StreamName,
  count: number,
  move: 'right' | 'behind' | 'ahead' | 'repeat',
): Promise<void> {
  const stored = model.get(stream)!;
  const last = stored.length - 1;
  if (move === 'repeat' && last >= 0) {
    const repeated = stored.slice(-count);
    const result = await store.append(stream, repeated, repeated[0]!.revision - 1);
    expect(result).toMatchObject({ kind: 'appended', revision: last });
    return;
  }
  const expected = move === 'behind' ? last - 1 : move === 'ahead' ? last + 1 : last;
  if (expected < NO_STREAM) return;
  const events = samples(stream, expected + 1, count);
  const result = await store.append(stream, events, expected);
  if (expected === last) {
    expect(result).toMatchObject({ kind: 'appended', revision: last + count });
    stored.push(...events);
  } else expect(result).toEqual({ kind: 'conflict', actual: last });
}
