import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Problem } from './problem.js';
import { MAX_DEPTH, parseStrictJson } from './strict-json.js';

function problemOf(sent: string | Uint8Array): Problem['body'] {
  try {
    parseStrictJson(sent);
  } catch (error) {
    if (error instanceof Problem) return error.body;
    throw error;
  }
  throw new Error('It was read.');
}

const kindOf = (sent: string | Uint8Array) => problemOf(sent).type.split(':').at(-1);

/** Spaces where JSON lets them stand. */
const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(undefined, 1, 3, '\t'))
  .map(([value, space]) => JSON.stringify(value, null, space));

describe('strict JSON', () => {
  test('reads what JSON.parse reads, as it reads it, whenever no key repeats', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('reads no text that JSON.parse does not read', () => {
    const nearly = fc
      .tuple(spaced, fc.nat(), fc.constantFrom('', ',', '}', '"', '\\', '1', '//', ':'))
      .map(
        ([text, at, what]) =>
          text.slice(0, at % (text.length + 1)) + what + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(nearly, (text) => {
        let strict: unknown;
        try {
          strict = parseStrictJson(text);
        } catch {
          return;
        }
        expect(strict).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('finds a repeated key wherever it stands', () => {
    const key = fc.string({ minLength: 1 });
    const around = fc.array(fc.constantFrom('list', 'object'), { maxLength: 8 });
    fc.assert(
      fc.property(
        key,
        around,
        fc.dictionary(fc.string(), fc.integer(), { maxKeys: 4 }),
        (name, levels, rest) => {
          const others = Object.entries(rest).filter(([other]) => other !== name);
          const pairs = [[name, 1] as const, ...others, [name, 2] as const];
          const inner = `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${v}`).join(',')}}`;
          const text = levels.reduce(
            (part, level) => (level === 'list' ? `[0,${part}]` : `{"a":${part}}`),
            inner,
          );
          expect(problemOf(text)).toMatchObject({ status: 400, errors: [{ field: name }] });
          expect(kindOf(text)).toBe('repeated-key');
        },
      ),
    );
  });

  test('tells keys apart by what they say, not by how they are written', () => {
    expect(kindOf('{"a":1,"\\u0061":2}')).toBe('repeated-key');
    expect(parseStrictJson('{"a":1,"A":2,"á":3,"a\\u0301":4}')).toEqual({ a: 1, A: 2, á: 3, 'a\u0301': 4 });
  });

  test('lets a key stand in two objects, and in a text', () => {
    const text = '{"a":{"b":1},"b":{"a":1},"c":[{"a":1},{"a":2}],"d":"a\\":1,\\"a"}';
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  test(`reads lists and objects ${MAX_DEPTH} deep and no deeper`, () => {
    const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);
    expect(parseStrictJson(deep(MAX_DEPTH))).toEqual(JSON.parse(deep(MAX_DEPTH)));
    expect(kindOf(deep(MAX_DEPTH + 1))).toBe('nested-too-deep');
    expect(kindOf('{"a":'.repeat(100_000))).toBe('nested-too-deep');
  });

  test.each([
    '{',
    '',
    ' ',
    'nonsense',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '[1 2]',
    '// x',
    '{"a":1}x',
    '\u0000',
    '"\n"',
  ])('does not read %j', (text) => {
    expect(kindOf(text)).toBe('malformed-json');
  });

  test.each(['"\\ud800"', '"\\udc00\\ud800"', '{"\\udfff":1}', '["ok","\\ud83d"]'])(
    'does not read half of a surrogate pair: %s',
    (text) => {
      expect(kindOf(text)).toBe('malformed-json');
    },
  );

  test('reads whole pairs, escaped or not', () => {
    expect(parseStrictJson('["\\ud83d\\ude00","😀"]')).toEqual(['😀', '😀']);
  });

  test('does not read numbers beyond a double', () => {
    expect(kindOf('{"a":-1e400}')).toBe('malformed-json');
    expect(parseStrictJson('[1e308,-1e-400]')).toEqual([1e308, -0]);
  });

  test('reads bytes as UTF-8 and nothing else', () => {
    expect(parseStrictJson(Buffer.from('{"é":"😀"}'))).toEqual({ é: '😀' });
    expect(parseStrictJson(Buffer.from('\ufeff{}'))).toEqual({});
    for (const bytes of [Buffer.from('"é"', 'latin1'), Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])])
      expect(kindOf(bytes)).toBe('malformed-json');
  });

  test('keeps __proto__ a key like any other', () => {
    const read = parseStrictJson('{"__proto__":{"admin":true}}') as object;
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});
