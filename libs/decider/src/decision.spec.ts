import { describe, expect, it } from '@jest/globals';
import { accept, reject, unreachable, type Fold } from './decision.js';
import type { DomainEvent, Instant, Recorded } from './event.js';
import { given, recorded } from './testing.js';

type LampEvent = DomainEvent<'LampLit', { by: string }> | DomainEvent<'LampPutOut', object>;
type Lamp = 'dark' | 'lit';

const lamp: Fold<Lamp, Recorded<LampEvent>> = {
  initial: 'dark',
  evolve(_, event) {
    switch (event.type) {
      case 'LampLit':
        return 'lit';
      case 'LampPutOut':
        return 'dark';
      default:
        return unreachable(event);
    }
  },
};
const lit: LampEvent = { type: 'LampLit', data: { by: 'Anne' } };
const rejection = { kind: 'already-ended', detail: 'It is dark.', remedy: 'Light it first.' } as const;
const putOut = (state: Lamp) =>
  state === 'dark' ? reject(rejection) : accept<LampEvent>({ type: 'LampPutOut', data: {} });
const light = (state: Lamp, by: string) =>
  state === 'lit' ? accept<LampEvent>() : accept<LampEvent>({ type: 'LampLit', data: { by } });

describe('a decision told as a story', () => {
  it('tells the events that were decided on what is given', () => {
    expect(given(lamp, []).when(light, 'Anne').events()).toEqual([lit]);
    expect(given(lamp, [lit]).when(putOut, {}).events()).toEqual([{ type: 'LampPutOut', data: {} }]);
  });

  it('tells no event when it is already true', () => {
    expect(given(lamp, [lit]).when(light, 'Bruno').events()).toEqual([]);
  });

  it('tells the rejection', () => {
    expect(given(lamp, []).when(putOut, {}).rejection()).toEqual(rejection);
  });

  it('complains when the story goes the other way', () => {
    expect(() => given(lamp, []).when(putOut, {}).events()).toThrow('rejected: It is dark.');
    expect(() => given(lamp, []).when(light, 'Anne').rejection()).toThrow('accepted: LampLit');
  });

  it('shows the state that is given', () => {
    expect(given(lamp, [lit]).state).toBe('lit');
    expect(given(lamp, [lit, { type: 'LampPutOut', data: {} }]).state).toBe('dark');
  });

  it('names a variant that nobody thought of', () => {
    expect(() => given(lamp, [{ type: 'LampStolen' } as never])).toThrow('LampStolen');
  });
});

describe('a fact on record, for tests', () => {
  it('is the same each time', () => {
    expect(recorded(lit, 3)).toEqual(recorded(lit, 3));
    expect(recorded(lit, 3)).toMatchObject({ ...lit, revision: 3, position: 4, causationId: null });
  });

  it('takes effect when it says so, else when it is recorded', () => {
    const recordedAt = '2026-02-02T00:00:00.000Z' as Instant;
    const effectiveAt = { date: '2026-01-01', zone: 'Europe/Paris', precision: 'day' } as const;
    expect(recorded(lit, 0, { recordedAt }).effectiveAt).toBe(recordedAt);
    expect(recorded({ ...lit, effectiveAt }, 0, { recordedAt }).effectiveAt).toBe(effectiveAt);
  });
});
