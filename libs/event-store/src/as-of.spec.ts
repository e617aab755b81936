import { describe, expect, test } from '@jest/globals';
import { streamName, type DomainEvent, type Fold, type Recorded } from '#decider';
import { readOnce, type Streams } from './as-of.js';
import { empty, type Folded } from './fold-cache.js';

const counting = { initial: 0, evolve: (count: number) => count + 1 };
const naming = { initial: '', evolve: (names: string) => names };

/** A ledger that somebody else writes to between any two reads. */
function changing(): Streams {
  let revision = 0;
  return {
    async load<State, Event extends DomainEvent>(
      _: unknown,
      fold: Fold<State, Recorded<Event>>,
    ): Promise<Folded<State>> {
      return { ...empty(fold), revision: revision++ };
    },
  };
}

describe('streams that are read once', () => {
  const [one, other] = [streamName('institution', '1'), streamName('institution', '2')];

  test('answer a second question from the same reading', async () => {
    const streams = readOnce(changing());
    const [first, second] = await Promise.all([streams.load(one, counting), streams.load(one, counting)]);
    expect([first.revision, second.revision]).toEqual([0, 0]);
    expect((await streams.load(one, counting)).revision).toBe(0);
  });

  test('are each read, and read again for another fold and by whoever begins anew', async () => {
    const ledger = changing();
    const streams = readOnce(ledger);
    await streams.load(one, counting);
    expect((await streams.load(other, counting)).revision).toBe(1);
    expect((await streams.load(one, naming)).state).toBe('');
    expect((await readOnce(ledger).load(one, counting)).revision).toBe(3);
  });
});
