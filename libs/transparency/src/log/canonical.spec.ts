import { describe, expect, test } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonical, canonicalText } from './canonical.js';

const name = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.nat().map(String),
  fc.stringMatching(/^[a-c]{1,3}$/),
  fc.constantFrom('toJSON', '', 'a"b', 'é'),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(null, true, false, -0, 1e21, 5e-324),
    fc.array(fc.oneof(tie('value'), fc.constant(undefined))),
    fc.dictionary(name, fc.oneof(tie('value'), fc.constant(undefined))),
  ),
}));

describe('canonical JSON', () => {
  test('is what an independent package writes', () => {
    const property = fc.property(value, (any) => expect(canonicalText(any)).toBe(canonicalize(any)));
    fc.assert(property, { numRuns: 2_000 });
  });

  test('comes with what a parser will read of it', () => {
    const property = fc.property(value, (any) => {
      const { text, read } = canonical(any);
      expect(JSON.stringify(read)).toBe(JSON.stringify(JSON.parse(text)));
      expect(read).toEqual(JSON.parse(text));
    });
    fc.assert(property, { numRuns: 1_000 });
  });

  test('holds nothing of what it was asked to write', () => {
    const said = { list: [{ a: 1 }] };
    const { read } = canonical(said);
    said.list[0]!.a = 2;
    expect(read).toEqual({ list: [{ a: 1 }] });
  });

  test('has many members in order as well', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${(i * 7) % 300}`, i]));
    expect(canonicalText(many)).toBe(canonicalize(many));
  });

  test('is the same in whatever order members were added', () => {
    expect(canonicalText({ b: 1, 10: 2, 9: 3, a: { d: 'é', c: undefined } })).toBe(
      '{"10":2,"9":3,"a":{"d":"é"},"b":1}',
    );
  });

  test('keeps a member of any name', () => {
    expect(canonicalText(JSON.parse('{"a":1,"__proto__":{"x":1}}'))).toBe('{"__proto__":{"x":1},"a":1}');
  });

  test('may speak of half a character', () => {
    expect(canonicalText({ '\\ud800': '\\udc00 😀' })).toBe('{"\\\\ud800":"\\\\udc00 😀"}');
  });

  test('asks what tells its own JSON', () => {
    expect(canonicalText({ at: new Date(0), of: [new Map()] })).toBe(
      '{"at":"1970-01-01T00:00:00.000Z","of":[{}]}',
    );
  });

  test.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    'é\udc00',
    { '\ud800': 1 },
    [{ a: ['é', { '\udfff': 1 }] }],
    [{ a: { b: ['\ud83d!'] } }],
    [{ a: () => 1 }],
    1n,
    undefined,
  ])('is refused of what JSON cannot say: %p', (bad) => {
    expect(() => canonicalText(bad)).toThrow(Error);
  });

  test('is refused of what contains itself', () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => canonicalText(loop)).toThrow(Error);
  });
});
