import { describe, expect, it } from '@jest/globals';
import { parseId } from '#decider';
import { newEventId } from './event-id.js';

describe('the id of an event', () => {
  const ms = Date.parse('2026-01-09T10:00:00.123Z');

  it('is a UUID of version 7 that carries its time', () => {
    const id = newEventId(ms);
    expect(parseId<'Event'>(id)).toBe(id);
    expect(id[14]).toBe('7');
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(ms);
  });

  it('sorts by time', () => {
    const times = [0, 1, 255, 256, ms - 1, ms, ms + 86_400_000, Date.parse('2999-01-01')];
    const ids = times.map(newEventId);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('is never given out twice, also beyond the random bytes drawn at once', () => {
    const ids = new Set(Array.from({ length: 5000 }, () => newEventId(ms)));
    expect(ids.size).toBe(5000);
    expect([...ids].every((id) => parseId<'Event'>(id) !== undefined)).toBe(true);
  });
});
