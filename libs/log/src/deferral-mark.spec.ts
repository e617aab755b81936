import { describe, expect, test } from '@jest/globals';
import { asId, streamName, type Instant } from '#decider';
import { enclose, newEventId, type StoredEvent } from '#event-store';
import { civilDate } from '#time';
import { deferralMark } from './deferral-mark.js';
import { CLEAR } from './testing.js';

const sealer = { cipherOf: async () => CLEAR };
const recordedAt = '2026-02-03T09:00:00.000Z' as Instant;

function stored(kind: string, type: string, payload: object = {}): StoredEvent {
  const columns = {
    id: newEventId(0),
    stream: streamName(kind, 'x'),
    revision: 0,
    type,
    schema: 1,
    recordedAt,
    effectiveAt: recordedAt,
    actor: { kind: 'client', id: 'x' },
    commandId: asId<'Command'>('a'),
    correlationId: asId<'Correlation'>('b'),
    causationId: null,
  } as const;
  return { ...enclose(columns, payload, CLEAR), position: 1 };
}

const until = '2026-05-02T22:00:00.000Z';
const reviewBy = civilDate('2026-05-02');

describe('the mark of a deferral', () => {
  test('tells when it begins and is looked at again, until the end of which day, and when it ends', async () => {
    const marks = await Promise.all(
      ['InformationDeferred', 'InformationDeferralReviewed', 'InformationDeferralEnded'].map((type) =>
        deferralMark(stored('deferral', type, { reviewBy }), sealer),
      ),
    );
    expect(marks.map(({ deferral }) => deferral)).toEqual([
      { mark: 'deferral', until },
      { mark: 'deferral-review', until },
      { mark: 'deferral-end' },
    ]);
  });

  test('is on no other event, whatever its name, and on none that was erased', async () => {
    expect(await deferralMark(stored('person', 'InformationDeferred', { reviewBy }), sealer)).toEqual({});
    expect(await deferralMark(stored('deferral', 'DisclosureRecorded'), sealer)).toEqual({});
    const erased = { cipherOf: async () => undefined };
    expect(await deferralMark(stored('deferral', 'InformationDeferred', { reviewBy }), erased)).toEqual({});
  });

  test('is not left out because nobody can open it', async () => {
    const began = stored('deferral', 'InformationDeferred', { reviewBy });
    await expect(deferralMark(began, undefined)).rejects.toThrow('without the keys');
  });
});
