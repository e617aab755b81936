import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#http';
import { endMs, FOREVER_MS } from '#time';
import { encodeCursor, pageRequest, type QuestionRequest } from './moment.request.js';

const NOW = { validMs: 1_000, knownMs: 2_000 };

const asked = (request: Partial<QuestionRequest> = {}) => pageRequest(request, NOW);

describe('a question', () => {
  test('that names no date is about now, a hundred rows at a time', () => {
    expect(asked()).toEqual({ ...NOW, limit: 100, from: undefined });
  });

  test('about a day, month or year is about its last moment', () => {
    const later = { validMs: 1_000, knownMs: FOREVER_MS };
    const moments = (date: string) => pageRequest({ validAt: date, knownAt: date }, later);
    for (const [date, last] of [
      ['2026-02-01', '2026-02-01T22:59:59.999Z'],
      ['2026-02', '2026-02-28T22:59:59.999Z'],
      ['2026', '2026-12-31T22:59:59.999Z'],
      ['2026-07-01', '2026-07-01T21:59:59.999Z'],
      ['2026-02-01T10:00:00+01:00', '2026-02-01T09:00:00.000Z'],
    ] as const)
      expect(moments(date)).toMatchObject({ validMs: Date.parse(last), knownMs: Date.parse(last) });
  });

  test('knows nothing yet of what will be recorded later', () => {
    expect(asked({ validAt: '2026-02-01', knownAt: '2026-02-01' })).toMatchObject({ knownMs: NOW.knownMs });
  });

  test('may be asked for one clock only', () => {
    const validMs = endMs({ date: '2026-02-01', zone: 'Europe/Paris', precision: 'day' }) - 1;
    expect(asked({ validAt: '2026-02-01' })).toMatchObject({ validMs, knownMs: NOW.knownMs });
  });
});

const ms = fc.integer({ min: -FOREVER_MS, max: FOREVER_MS });
const key = fc.array(fc.oneof(fc.string(), fc.maxSafeInteger()), { maxLength: 3 });

describe('a cursor', () => {
  test('brings back the moments and the place of the page before', () => {
    fc.assert(
      fc.property(ms, ms, key, fc.integer({ min: 1, max: 500 }), (validMs, knownMs, from, limit) => {
        const cursor = encodeCursor({ validMs, knownMs }, from);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(asked({ cursor, limit, validAt: '2020-01-01' })).toEqual({ validMs, knownMs, limit, from });
      }),
    );
  });

  test('that is none of ours is turned down, whatever it says', () => {
    const base64 = (value: unknown) => Buffer.from(JSON.stringify(value) ?? 'x').toString('base64url');
    const wrong = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc
        .jsonValue()
        .filter((value) => !Array.isArray(value))
        .map(base64),
      fc.array(fc.oneof(fc.string(), fc.constant(null), fc.double()), { maxLength: 1 }).map(base64),
      fc.tuple(ms, ms, fc.constantFrom(null, {}, [], true, 1.5)).map(base64),
      fc.tuple(fc.constantFrom(FOREVER_MS + 1, -FOREVER_MS - 1, 0.5, '1'), ms).map(base64),
    );
    fc.assert(
      fc.property(wrong, (cursor) => {
        let read: unknown;
        try {
          read = asked({ cursor });
        } catch (error) {
          expect(error).toBeInstanceOf(Problem);
          expect((error as Problem).body).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] });
          return;
        }
        throw new Error(`It was read: ${JSON.stringify(read)}`);
      }),
      { numRuns: 500 },
    );
  });
});
