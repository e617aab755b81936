import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64, concat, utf8 } from '../bytes.js';
import { seedOf } from '../testing.js';
import {
  COSIGNATURE_V1,
  ED25519,
  formatVerifierKey,
  parseVerifierKey,
  signerOf,
  verifierKey,
} from './keys.js';
import { addSignatures, cosignatureLine, formatNote, openNote, parseNote, signatureLine } from './note.js';

const log = signerOf('example.com/log', ED25519, seedOf('log'));
const other = signerOf('example.com/other', ED25519, seedOf('other'));
const witness = signerOf('witness.example', COSIGNATURE_V1, seedOf('witness'));
const TEXT = 'first line\n\nafter an empty line\n';
const note = formatNote(TEXT, [signatureLine(TEXT, log), cosignatureLine(TEXT, witness, 1_700_000_000)]);

/** Made with Go's golang.org/x/mod/sumdb/note from the same seed. */
const GO_KEY = 'vector.example/log+3378f894+AQM9DPJITPmrAbmiJbxzOOwbquhKW1yQkh5xcbTSlRsP';
const GO_TEXT = 'A wake is what a ship leaves.\n\nIt fades.\n';
const GO_SIGNATURE =
  '— vector.example/log M3j4lFKUWT2IzahnVupFcmhRz90Zv8cqtRV59JZF8AXhtLsXaI2By+sJvLayYys/BCB6AL1gojRCgi2an1WlMw8qcQ0=\n';

describe('verifier keys', () => {
  test('and signatures are the same bytes as those of another implementation', () => {
    const signer = signerOf('vector.example/log', ED25519, seedOf('vector'));
    expect(formatVerifierKey(signer.key)).toBe(GO_KEY);
    expect(signatureLine(GO_TEXT, signer)).toBe(GO_SIGNATURE);
    const key = parseVerifierKey(GO_KEY);
    expect(key.ok && openNote(`${GO_TEXT}\n${GO_SIGNATURE}`, [key.value]).ok).toBe(true);
  });

  test('give one id per name and type', () => {
    const { publicKey } = log.key;
    const ids = [verifierKey('a', ED25519, publicKey), verifierKey('a', COSIGNATURE_V1, publicKey)];
    expect(new Set([...ids, verifierKey('b', ED25519, publicKey)].map(({ id }) => id)).size).toBe(3);
    for (const key of ids)
      expect(parseVerifierKey(formatVerifierKey(key))).toMatchObject({ ok: true, value: { id: key.id } });
  });

  const [name, id, material] = GO_KEY.split('+') as [string, string, string];
  const typed = (type: number, length: number) => base64(concat(Uint8Array.of(type), new Uint8Array(length)));
  test.each([
    '',
    name,
    `${name}+${id}`,
    `+${id}+${material}`,
    `a b+${id}+${material}`,
    `${name}x+${id}+${material}`,
    `${name}+3378F894+${material}`,
    `${name}+3378f89+${material}`,
    `${name}+3378f895+${material}`,
    `${name}+${id}+${material}=`,
    `${name}+${id}+${material.slice(0, -2)}Q`,
    `${name}+${id}+`,
    `${name}+${id}+${typed(2, 32)}`,
    `${name}+${id}+${typed(1, 31)}`,
    `${GO_KEY}\n`,
    `x+${GO_KEY}`,
  ])('are refused: %j', (text) => {
    expect(parseVerifierKey(text).ok).toBe(false);
  });

  test.each(['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003b', 'a\nb', 'a\u0007b', 'a\ud800b'])(
    'have no name %j',
    (bad) => {
      expect(() => verifierKey(bad, ED25519, log.key.publicKey)).toThrow(RangeError);
    },
  );
});

describe('notes', () => {
  test('open with any of their keys, each told apart', () => {
    expect(openNote(note, [log.key])).toEqual({
      ok: true,
      value: { text: TEXT, verified: [{ key: log.key }] },
    });
    expect(openNote(utf8(note), [log.key, witness.key])).toEqual({
      ok: true,
      value: { text: TEXT, verified: [{ key: log.key }, { key: witness.key, timestampS: 1_700_000_000 }] },
    });
  });

  test('ignore signatures of unknown keys, even under a known name or id', () => {
    const sameName = signerOf(log.key.name, ED25519, seedOf('impostor'));
    const garbled = `— ${other.key.name} ${base64(concat(Uint8Array.of(1, 2, 3, 4), new Uint8Array(64)))}\n`;
    const more = addSignatures(note, [signatureLine(TEXT, sameName), signatureLine(TEXT, other), garbled]);
    expect(openNote(more, [log.key])).toMatchObject({ ok: true, value: { verified: [{ key: log.key }] } });
    expect(openNote(more, [other.key]).ok).toBe(true);
    expect(openNote(note, [other.key]).ok).toBe(false);
    expect(openNote(note, []).ok).toBe(false);
  });

  test('are refused whole when one known signature is wrong, also a repeated one', () => {
    const wrong = signatureLine('another text\n', log);
    expect(openNote(addSignatures(note, [wrong]), [log.key]).ok).toBe(false);
    expect(openNote(addSignatures(note, [wrong]), [witness.key]).ok).toBe(true);
    expect(openNote(addSignatures(note, [signatureLine(TEXT, log)]), [log.key])).toMatchObject({
      value: { verified: [{ key: log.key }] },
    });
  });

  test('do not open after any one bit of any byte changed', () => {
    const bytes = utf8(note);
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.with(at, bytes[at]! ^ (1 << (at % 8)));
      const opened = openNote(changed, [log.key, witness.key]);
      // A signature line under another name or id is one of somebody unknown.
      const told = opened.ok
        ? { text: opened.value.text, verified: opened.value.verified.length }
        : 'refused';
      expect(['refused', { text: TEXT, verified: 1 }]).toContainEqual(told);
    }
  });

  test('do not open as anything else after an edit of their text', () => {
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.string({ minLength: 1 }), (at, inserted) => {
        const edited = TEXT.slice(0, at) + inserted + TEXT.slice(at) + note.slice(TEXT.length);
        expect(openNote(edited, [log.key]).ok).toBe(false);
      }),
    );
  });

  test('hold 16 signatures and more, not 101', () => {
    const line = signatureLine(TEXT, other);
    expect(openNote(addSignatures(note, Array(98).fill(line)), [log.key]).ok).toBe(true);
    expect(parseNote(addSignatures(note, Array(99).fill(line))).ok).toBe(false);
    expect(parseNote(`${'x'.repeat(1_000_000)}\n\n${line}`).ok).toBe(false);
  });

  const line = signatureLine(TEXT, log);
  const encoded = line.split(' ')[2]!.trim();
  test.each([
    ['', 'nothing'],
    [TEXT, 'no signature'],
    [`${TEXT}\n`, 'an empty block'],
    [note.slice(0, -1), 'no last newline'],
    [`${note}\n`, 'a newline too many'],
    [`text${line}`, 'no blank line'],
    [`${TEXT}\n-${line.slice(1)}`, 'a hyphen'],
    [`${TEXT}\n—${line.slice(2)}`, 'no space'],
    [`${TEXT}\n— ${encoded}\n`, 'no name'],
    [`${TEXT}\n— a+b ${encoded}\n`, 'a plus'],
    [`${TEXT}\n— a\u00a0b ${encoded}\n`, 'a space in the name'],
    [`${TEXT}\n— a  ${encoded}\n`, 'two spaces'],
    [`${TEXT}\n— a ${encoded} \n`, 'a space at the end'],
    [`${TEXT}\n— a \n`, 'no signature bytes'],
    [`${TEXT}\n— a AAAAAA==\n`, 'only a key id'],
    [`${TEXT}\n— a ${encoded.slice(0, -1)}\n`, 'no padding'],
    [`${TEXT}\n— a ${encoded.replace(/.=$/, 'B=')}\n`, 'spare bits'],
    [note.replace('first', 'fi\trst'), 'a tab'],
    [note.replace('first', 'fi\rrst'), 'a carriage return'],
    [note.replace('first', 'fi\u0000rst'), 'a NUL'],
    [note.replace('first', 'fi\ud800rst'), 'a lone surrogate'],
    [`${note}junk\n`, 'a line that is no signature'],
  ])('are malformed: %j (%s)', (text) => {
    expect(parseNote(text).ok).toBe(false);
  });

  test('are valid UTF-8, may hold DEL, and keep a byte order mark', () => {
    const bytes = utf8(note);
    expect(parseNote(bytes.with(0, 0xff)).ok).toBe(false);
    const text = '\ufeffa\u007f\n';
    const marked = formatNote(text, [signatureLine(text, log)]);
    expect(openNote(utf8(marked), [log.key])).toMatchObject({ ok: true, value: { text } });
  });

  test('cannot be made of a text that no note may have', () => {
    for (const text of ['', 'no newline', 'a\tb\n', 'a\ud800\n'])
      expect(() => signatureLine(text, log)).toThrow(RangeError);
    expect(() => formatNote(TEXT, [])).toThrow(RangeError);
    expect(() => signatureLine(TEXT, witness)).toThrow(RangeError);
    expect(() => cosignatureLine(TEXT, log, 0)).toThrow(RangeError);
    expect(() => openNote(note, [log.key, log.key])).toThrow(RangeError);
  });

  test('carry the time of a cosignature under the signature', () => {
    const bytes = new Uint8Array(Buffer.from(cosignatureLine(TEXT, witness, 1).split(' ')[2]!, 'base64'));
    expect([...bytes.subarray(4, 12)]).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    const shown = (changed: Uint8Array) => `${TEXT}\n— ${witness.key.name} ${base64(changed)}\n`;
    expect(openNote(shown(bytes), [witness.key]).ok).toBe(true);
    for (const at of [4, 5, 11]) expect(openNote(shown(bytes.with(at, 2)), [witness.key]).ok).toBe(false);
    expect(openNote(shown(bytes.subarray(0, -1)), [witness.key]).ok).toBe(false);
  });
});
