import { describe, expect, test } from '@jest/globals';
import { streamName } from '#decider';
import type { EventStore } from '#event-store';
import { LedgerCut } from '#log';
import { refusingWhereCut, stoppingWhereCut } from './cut.js';

const cut = new LedgerCut('The ledger was cut.');
const stream = streamName('person', '1');

/** A store that tells its calls. */
function told(): { readonly calls: string[]; readonly store: EventStore } {
  const calls: string[] = [];
  const answer = (name: string) => async () => {
    calls.push(name);
  };
  const names = ['append', 'erase', 'read', 'readAll', 'head', 'end', 'subscribe', 'close'];
  const store = Object.fromEntries(names.map((name) => [name, answer(name)]));
  return { calls, store: { ...store, removesAtOnce: true } as unknown as EventStore };
}

describe('a ledger that is found to be cut while it is served', () => {
  test('takes no write from then on, and is still read', async () => {
    const { calls, store } = told();
    const keeper: { cut: LedgerCut | undefined } = { cut: undefined };
    const guarded = refusingWhereCut(store, keeper);
    await guarded.append(stream, [], 0);
    await guarded.erase(stream);
    keeper.cut = cut;
    await expect(guarded.append(stream, [], 0)).rejects.toBe(cut);
    await expect(guarded.erase(stream)).rejects.toBe(cut);
    await guarded.read(stream, 0, 1);
    await guarded.readAll(0, 1);
    await guarded.head(stream);
    await guarded.end();
    expect(calls).toEqual(['append', 'erase', 'read', 'readAll', 'head', 'end']);
  });

  test('has what runs by itself ended at once, and once', async () => {
    let [ends, tell] = [0, (_: LedgerCut) => {}];
    const whenCut = new Promise<LedgerCut>((resolve) => (tell = resolve));
    const stopping = stoppingWhereCut({ close: async () => void ends++ }, { whenCut });
    expect(ends).toBe(0);
    tell(cut);
    await whenCut;
    await stopping.close();
    await stopping.close();
    expect(ends).toBe(1);
  });
});
