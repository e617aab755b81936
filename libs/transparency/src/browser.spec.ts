import { describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as nodeBytes from './bytes.js';
import * as browserBytes from './bytes.browser.js';
import * as nodeCrypto from './crypto.js';
import * as browserCrypto from './crypto.browser.js';

// As types too: each can stand where the other stands.
const bytes: readonly [typeof nodeBytes, typeof nodeBytes] = [nodeBytes, browserBytes];
const crypto: readonly [typeof nodeCrypto, typeof nodeCrypto] = [nodeCrypto, browserCrypto];
const plain = (value: unknown) => (value instanceof Uint8Array ? Uint8Array.from(value) : value);

/** What both answer, or that both refuse. */
function agree<Library>([node, browser]: readonly [Library, Library], ask: (library: Library) => unknown) {
  const answers = [node, browser].map((library) => {
    try {
      return plain(ask(library));
    } catch (fault) {
      return (fault as Error).name;
    }
  });
  expect(answers[1]).toEqual(answers[0]);
}

const some = fc.uint8Array({ maxLength: 300 });
const texts = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.base64String({ maxLength: 60 }),
  some.map(nodeBytes.base64),
  some.map(nodeBytes.base64url),
  fc.string({ maxLength: 12, unit: fc.constantFrom(...'AQgw+/-_= \n') }),
);

describe('without Node, bytes', () => {
  test('are written and read alike', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        for (const write of ['base64', 'base64url', 'parseUtf8'] as const) agree(bytes, (by) => by[write](a));
        for (const compare of ['sameBytes', 'compareBytes', 'concat'] as const)
          agree(bytes, (by) => by[compare](a, b));
        agree(bytes, (by) => by.sameBytes(a, Uint8Array.from(a)));
      }),
    );
  });

  test('are refused alike where a text is not the one encoding of its bytes', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const read of ['parseBase64', 'parseBase64url', 'parseDecimal', 'utf8'] as const)
          agree(bytes, (by) => by[read](text));
      }),
      { numRuns: 2000 },
    );
    expect(bytes.map((by) => by.parseBase64url('AB'))).toEqual([undefined, undefined]);
  });

  test('hold numbers alike', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.maxSafeNat(), fc.double()),
        fc.uint8Array({ maxLength: 9 }),
        (number, eight) => {
          agree(bytes, (by) => by.uint64be(number));
          agree(bytes, (by) => by.isCount(number));
          agree(bytes, (by) => eight.length >= 8 && by.parseUint64be(eight));
        },
      ),
    );
    for (const id of [0, 1, 2 ** 31, 2 ** 32 - 1]) agree(bytes, (by) => by.uint32be(id));
  });
});

describe('without Node, hashes and signatures', () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });

  test('are the same', () => {
    fc.assert(
      fc.property(some, some, seeds, (a, b, seed) => {
        agree(crypto, (by) => by.sha256(a));
        agree(crypto, (by) => by.sha256Of(a, b));
        agree(crypto, (by) => by.ed25519(seed).publicKey);
        agree(crypto, (by) => by.ed25519(seed).sign(a));
      }),
      { numRuns: 30 },
    );
    agree(crypto, (by) => by.ed25519(new Uint8Array(31)));
  });

  test('verify alike, changed in any one bit or cut', () => {
    const bit = fc.nat({ max: 8 * (32 + 64) - 1 });
    fc.assert(
      fc.property(some, seeds, bit, (message, seed, changed) => {
        const { publicKey, sign } = crypto[0].ed25519(seed);
        const both = nodeBytes.concat(publicKey, sign(message));
        expect(crypto.map((by) => by.verifyEd25519(publicKey, message, both.subarray(32)))).toEqual([
          true,
          true,
        ]);
        both[changed >> 3]! ^= 1 << (changed & 7);
        agree(crypto, (by) => by.verifyEd25519(both.subarray(0, 32), message, both.subarray(32)));
        agree(crypto, (by) => by.verifyEd25519(both.subarray(0, 31), message, both.subarray(32)));
        agree(crypto, (by) => by.verifyEd25519(publicKey, message, both.subarray(33)));
      }),
      { numRuns: 50 },
    );
  });

  const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
  const numberOf = (bytes: Uint8Array) =>
    Uint8Array.from(bytes).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const bytesOf = (number: bigint) =>
    Uint8Array.from({ length: 32 }, (_, i) => Number((number >> BigInt(8 * i)) % 256n));
  const sha512 = (...parts: Uint8Array[]) =>
    createHash('sha512')
      .update(nodeBytes.concat(...parts))
      .digest();
  const [seed, message] = [new Uint8Array(32).fill(7), nodeBytes.utf8('message')];
  const { publicKey, sign } = nodeCrypto.ed25519(seed);
  const answers = (signature: Uint8Array) =>
    crypto.map((by) => by.verifyEd25519(publicKey, message, signature));

  test('refuse a signature whose number is not reduced: RFC 8032, section 5.1.7', () => {
    const [r, s] = [sign(message).subarray(0, 32), sign(message).subarray(32)];
    expect(answers(nodeBytes.concat(r, s))).toEqual([true, true]);
    expect(answers(nodeBytes.concat(r, bytesOf(numberOf(s) + ORDER)))).toEqual([false, false]);
  });

  test('refuse a signature that only the wider rule of ZIP 215 takes', () => {
    const secret = sha512(seed).subarray(0, 32);
    secret[0]! &= 248;
    secret[31] = (secret[31]! & 63) | 64;
    // The neutral point (y = 1), and the same written as y = 1 + 2^255 - 19.
    for (const [r, taken] of [
      [bytesOf(1n), true],
      [bytesOf(2n ** 255n - 18n), false],
    ] as const) {
      const s = (numberOf(sha512(r, publicKey, message)) * numberOf(secret)) % ORDER;
      expect(answers(nodeBytes.concat(r, bytesOf(s)))).toEqual([taken, taken]);
    }
  });
});
