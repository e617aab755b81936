import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from '#http';
import { endMs, epochMs, FOREVER_MS } from '#time';
import type { Instant } from '#decider';
import { encodeCursor, pageRequest, type Asked, type Question } from './cursor.request.js';
import type { Key, QuestionRequest } from './moment.request.js';

const NOW = { validMs: 1_000, knownMs: 2_000 };
const WHO_KNOWS: Question = { name: 'who-knows', key: ['text', 'text'], columns: [] };
const LOOKS: Question = { name: 'consultations', key: ['ms', 'count', 'text'], columns: [] };
const LEA = 'a person';

/** Narrowed as some questions are. */
type Narrowed = QuestionRequest & {
  readonly state?: string;
  readonly holder?: string;
  readonly reason?: string;
};
const asking = (request: Narrowed = {}, of = LEA, question = WHO_KNOWS): Asked => ({ question, of, request });
const asked = (request: Narrowed = {}, now = NOW) => pageRequest(asking(request), now);

describe('a question', () => {
  test('that names no date is about now, a hundred rows at a time', () => {
    expect(asked()).toEqual({ ...NOW, limit: 100, from: undefined });
  });

  test('about a day, month or year is about its last moment', () => {
    const later = { validMs: 1_000, knownMs: FOREVER_MS };
    const moments = (date: string) => asked({ validAt: date, knownAt: date }, later);
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

const [FIRST, LAST] = ['0001-01-01T00:00:00.000Z', '9999-12-31T00:00:00.000Z'].map((at) =>
  epochMs(at as Instant),
) as [number, number];
const ms = fc.integer({ min: FIRST, max: LAST });
const moments = fc.record({ validMs: ms, knownMs: ms });
const textKey = fc.tuple(fc.string(), fc.string());
const mixedKey = fc.tuple(fc.maxSafeInteger(), fc.nat(), fc.string());
const date = fc.option(fc.constantFrom('2026-01-09', '2026-01', '2026-01-09T10:00:00Z'), { nil: undefined });
const narrowing = fc.record({
  validAt: date,
  knownAt: date,
  state: fc.option(fc.constantFrom('open', 'done'), { nil: undefined }),
  holder: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
});
const free = fc.record({
  limit: fc.integer({ min: 1, max: 500 }),
  after: fc.nat(),
  format: fc.constantFrom('json' as const, 'ndjson' as const, 'csv' as const),
  reason: fc.constantFrom('care', 'audit'),
});

function expectRefused(read: () => unknown) {
  let answer: unknown;
  try {
    answer = read();
  } catch (error) {
    expect(error).toBeInstanceOf(Problem);
    const type = 'urn:sillage:problem:bad-cursor';
    expect((error as Problem).body).toMatchObject({ type, status: 400, errors: [{ field: 'cursor' }] });
    return;
  }
  throw new Error(`It was read: ${JSON.stringify(answer)}`);
}

describe('a cursor', () => {
  const cases = fc.oneof(
    fc.tuple(fc.constant(WHO_KNOWS), textKey as fc.Arbitrary<Key>),
    fc.tuple(fc.constant(LOOKS), mixedKey as fc.Arbitrary<Key>),
  );

  test('sent with the same question brings back its moments and its place; what shapes a page may differ', () => {
    fc.assert(
      fc.property(moments, cases, narrowing, free, free, (at, [question, from], same, one, other) => {
        const cursor = encodeCursor(asking({ ...same, ...one }, LEA, question), at, from);
        expect(cursor).toMatch(/^[\w-]+$/);
        const again = asking({ ...other, cursor, ...same }, LEA, question);
        expect(pageRequest(again, NOW)).toEqual({ ...at, from, limit: other.limit });
      }),
    );
  });

  test('holds its moment: either date may be left out', () => {
    fc.assert(
      fc.property(moments, textKey, narrowing, (at, from, { state, ...dates }) => {
        const cursor = encodeCursor(asking({ state, ...dates } as Narrowed), at, from);
        for (const left of [{}, { validAt: dates.validAt }, { knownAt: dates.knownAt }])
          expect(asked({ state, holder: dates.holder, ...left, cursor } as Narrowed)).toMatchObject({
            ...at,
            from,
          });
      }),
    );
  });

  test('of another question is turned down: another address, person, filter or date', () => {
    const first = { state: 'open', validAt: '2026-01-09', knownAt: '2026-01' };
    const cursor = encodeCursor(asking(first), NOW, ['a', 'b']);
    const read = (request: Narrowed, of?: string, question?: Question) => () =>
      pageRequest(asking({ cursor, ...request }, of, question), NOW);
    expect(read(first)()).toMatchObject({ from: ['a', 'b'] });
    for (const other of [
      read(first, 'another person'),
      read(first, LEA, { ...WHO_KNOWS, name: 'timeline' }),
      read({ ...first, state: 'done' }),
      read({ validAt: first.validAt, knownAt: first.knownAt }),
      read({ ...first, holder: 'x' }),
      read({ ...first, validAt: '2026-01-10' }),
      read({ ...first, knownAt: '2026-02' }),
    ])
      expectRefused(other);
  });

  test('of a question without dates is turned down when one is sent', () => {
    const cursor = encodeCursor(asking(), NOW, ['a', 'b']);
    expectRefused(() => asked({ cursor, validAt: '2026-01-09' }));
    expectRefused(() => asked({ cursor, knownAt: '2026-01-09' }));
  });

  test('whose key or moment is of another shape is turned down', () => {
    const wrong: readonly [Question, { validMs: number; knownMs: number }, readonly unknown[]][] = [
      [WHO_KNOWS, NOW, []],
      [WHO_KNOWS, NOW, ['a']],
      [WHO_KNOWS, NOW, ['a', 'b', 'c']],
      [WHO_KNOWS, NOW, ['a', 1]],
      [WHO_KNOWS, NOW, ['a', null]],
      [LOOKS, NOW, ['1', 2, 'x']],
      [LOOKS, NOW, [1.5, 2, 'x']],
      [LOOKS, NOW, [1, -2, 'x']],
      [LOOKS, NOW, [1, 2, ['x']]],
      [WHO_KNOWS, { ...NOW, validMs: Date.UTC(-29719, 1) }, ['a', 'b']],
      [WHO_KNOWS, { ...NOW, knownMs: Date.UTC(12_000, 1) }, ['a', 'b']],
      [WHO_KNOWS, { ...NOW, knownMs: FOREVER_MS + 1 }, ['a', 'b']],
    ];
    for (const [question, at, key] of wrong) {
      const cursor = encodeCursor(asking({}, LEA, question), at, key as Key);
      expectRefused(() => pageRequest(asking({ cursor }, LEA, question), NOW));
    }
  });

  test('that is none of ours is turned down, whatever it says', () => {
    const base64 = (value: unknown) => Buffer.from(JSON.stringify(value) ?? 'x').toString('base64url');
    const wrong = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.jsonValue().map(base64),
      fc.tuple(ms, ms, fc.constantFrom(null, {}, [], true, 1.5)).map(base64),
      fc.tuple(fc.string(), fc.constant(null), fc.constant(null), ms, ms, fc.string()).map(base64),
    );
    fc.assert(
      fc.property(wrong, (cursor) => expectRefused(() => asked({ cursor }))),
      { numRuns: 500 },
    );
  });
});
