import { describe, expect, it } from '@jest/globals';
import { recorded, streamName, type DomainEvent, type Fold, type Recorded } from '#decider';
import { advance, empty, FoldCache } from './fold-cache.js';

type Ticked = DomainEvent<'Ticked', object>;
const count: Fold<number, Recorded<Ticked>> = { initial: 0, evolve: (n) => n + 1 };
const ticks = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => recorded<Ticked>({ type: 'Ticked', data: {} }, from + i));
const folded = (events: number) => advance(count, empty(count), ticks(0, events));
const stream = (id: string) => streamName('box', id);

describe('a folded stream', () => {
  it('is the same whether its events come at once or one after the other', () => {
    const atOnce = folded(5);
    const stepwise = ticks(0, 5).reduce((state, event) => advance(count, state, [event]), empty(count));
    expect(stepwise).toEqual(atOnce);
    expect(atOnce).toMatchObject({ state: 5, revision: 4, position: 5 });
  });

  it('stays as it was when nothing comes', () => {
    const before = folded(2);
    expect(advance(count, before, [])).toBe(before);
  });

  it('remembers what each command left, with the digest of its first event', () => {
    const [first, second] = ticks(0, 2);
    const events = [
      { ...first!, request: 'd' },
      { ...second!, commandId: first!.commandId },
    ];
    const { commands } = advance(count, empty(count), events);
    expect(commands.get(first!.commandId)).toEqual({ digest: 'd', firstRevision: 0, lastRevision: 1 });
  });
});

describe('the cache of folded streams', () => {
  it('forgets the longest unused first, counted by events and streams', () => {
    const cache = new FoldCache(30);
    cache.set(stream('long'), count, folded(9));
    cache.set(stream('short'), count, folded(1));
    cache.get(stream('long'), count);
    cache.set(stream('new'), count, folded(9));
    const held = ['long', 'short', 'new'].filter((id) => cache.get(stream(id), count));
    expect(held).toEqual(['long', 'new']);
  });

  it('keeps the newest though it is larger than the bound by itself', () => {
    const cache = new FoldCache(3);
    cache.set(stream('a'), count, folded(1));
    cache.set(stream('b'), count, folded(50));
    expect(cache.get(stream('a'), count)).toBeUndefined();
    expect(cache.get(stream('b'), count)?.revision).toBe(49);
  });

  it('counts a stream once, however often it is replaced or dropped', () => {
    const cache = new FoldCache(16);
    cache.set(stream('a'), count, folded(1));
    for (let n = 0; n < 50; n++) cache.set(stream('b'), count, folded(5));
    for (let n = 0; n < 50; n++) cache.drop(stream('c'));
    cache.drop(stream('b'));
    cache.set(stream('b'), count, folded(5));
    expect(cache.get(stream('a'), count)?.revision).toBe(0);
    expect(cache.get(stream('b'), count)?.revision).toBe(4);
  });
});
