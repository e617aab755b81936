import { describe, expect, test } from '@jest/globals';
import { base64, utf8 } from '../bytes.js';
import { leafHash } from '../merkle/hashes.js';
import { ALICE, at, logSigner, ORIGIN, policy, seedOf, TestLedger, witnessSigners } from '../testing.js';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.js';
import { ED25519, formatVerifierKey, parseVerifierKey, signerOf } from './keys.js';
import { cosignatureLine, formatNote, signatureLine } from './note.js';
import { formatProof, parseProof, verifyProof as verifyProofOf } from './tlog-proof.js';

const verifyProof = (text: string, leaf: Uint8Array, trusted: typeof policy) =>
  verifyProofOf(text, leaf, trusted, openCheckpoint);

const ROOT = leafHash(utf8('x'));
const TEXT = `${ORIGIN}\n42\n${base64(ROOT)}\n`;

describe('checkpoints', () => {
  test('are three lines, and lines of others are kept', () => {
    expect(formatCheckpoint({ origin: ORIGIN, size: 42, root: ROOT })).toBe(TEXT);
    expect(parseCheckpoint(TEXT)).toEqual({ ok: true, value: { origin: ORIGIN, size: 42, root: ROOT } });
    expect(parseCheckpoint(`${TEXT}more\n`)).toMatchObject({ ok: true, value: { extensions: ['more'] } });
  });

  test.each([
    '',
    '\n',
    TEXT.slice(0, -1),
    `\n${TEXT}`,
    `\n42\n${base64(ROOT)}\n`,
    `${ORIGIN}\n42\n`,
    `${TEXT}\n`,
    `${TEXT}a\n\n`,
    TEXT.replace('42', '042'),
    TEXT.replace('42', ''),
    TEXT.replace('42', '-1'),
    TEXT.replace('42', '+42'),
    TEXT.replace('42', '4.2'),
    TEXT.replace('42', '0x2a'),
    TEXT.replace('42', '9007199254740992'),
    TEXT.replace(base64(ROOT), 'AAAA'),
    TEXT.replace('=\n', '\n'),
    TEXT.replace(base64(ROOT), `${base64(ROOT)} `),
  ])('are refused: %j', (text) => {
    expect(parseCheckpoint(text).ok).toBe(false);
  });

  test('cannot be made of what they cannot carry', () => {
    const good = { origin: ORIGIN, size: 42, root: ROOT };
    const bad = [
      { origin: '' },
      { origin: 'a\nb' },
      { size: -1 },
      { size: 1.5 },
      { root: ROOT.subarray(1) },
      { extensions: [''] },
    ];
    for (const change of bad) expect(() => formatCheckpoint({ ...good, ...change })).toThrow(RangeError);
  });

  test('need the log among their signers, and count each witness once', () => {
    const lines = witnessSigners.map((signer) => cosignatureLine(TEXT, signer, 1_700_000_000));
    const opened = openCheckpoint(
      formatNote(TEXT, [signatureLine(TEXT, logSigner), ...lines, lines[0]!]),
      policy,
    );
    expect(opened.ok && opened.value.cosignatures.map(({ witness }) => witness.replays)).toEqual([
      false,
      false,
      true,
    ]);
    expect(openCheckpoint(formatNote(TEXT, lines), policy)).toEqual({
      ok: false,
      reason: 'the log did not sign it',
    });
    const elsewhere = { ...policy, origin: 'elsewhere.example' };
    expect(openCheckpoint(formatNote(TEXT, [signatureLine(TEXT, logSigner)]), elsewhere).ok).toBe(false);
    const free = 'not a checkpoint\n';
    expect(openCheckpoint(formatNote(free, [signatureLine(free, logSigner)]), policy).ok).toBe(false);
  });

  test('are signed by two keys during a rotation and open with either', () => {
    const next = signerOf(ORIGIN, ED25519, seedOf('next log key'));
    const note = formatNote(TEXT, [signatureLine(TEXT, logSigner), signatureLine(TEXT, next)]);
    for (const logKeys of [[logSigner.key], [next.key], [logSigner.key, next.key]])
      expect(openCheckpoint(note, { ...policy, logKeys }).ok).toBe(true);
  });

  test('name their witnesses by keys that can be written down', () => {
    for (const { key } of witnessSigners)
      expect(parseVerifierKey(formatVerifierKey(key))).toMatchObject({ value: { id: key.id } });
  });
});

describe('proof files', () => {
  const ledger = new TestLedger();
  ledger.closeMap(at('10:00'));
  const index = ledger.record(ALICE, at('10:01'));
  ledger.closeMap(at('10:02'));
  const checkpoint = ledger.checkpoint(at('10:02'));
  const { proof, entry } = ledger.prove(index);
  const leaf = leafHash(entry);
  const file = formatProof({ index, proof, checkpoint });

  test('verify offline', () => {
    expect(file.startsWith(`c2sp.org/tlog-proof@v1\nindex 1\n${base64(proof[0]!)}\n`)).toBe(true);
    expect(verifyProof(file, leaf, policy)).toMatchObject({ ok: true, value: { checkpoint: { size: 3 } } });
    const withExtra = formatProof({ index, proof, checkpoint, extra: utf8('anything') });
    expect(verifyProof(withExtra, leaf, policy).ok).toBe(true);
    expect(parseProof(withExtra)).toEqual({
      ok: true,
      value: { index, proof, checkpoint, extra: utf8('anything') },
    });
  });

  test('do not verify another leaf, index, proof, log or too few witnesses', () => {
    const bad = [
      verifyProof(file, leafHash(utf8('other')), policy),
      verifyProof(file.replace('index 1', 'index 0'), leaf, policy),
      verifyProof(formatProof({ index, proof: proof.slice(1), checkpoint }), leaf, policy),
      verifyProof(file, leaf, { ...policy, origin: 'other.example' }),
      verifyProof(file, leaf, { ...policy, quorum: 4 }),
      verifyProof(
        formatProof({ index, proof, checkpoint: ledger.checkpoint(at('10:02'), []) }),
        leaf,
        policy,
      ),
    ];
    expect(bad.filter(({ ok }) => ok)).toEqual([]);
  });

  const line = `${base64(proof[0]!)}\n`;
  test.each([
    '',
    file.replace('v1', 'v2'),
    file.replace('index 1\n', ''),
    file.replace('index 1', 'index 01'),
    file.replace('index 1', 'index -1'),
    file.replace('index 1', 'index'),
    file.replace('index 1', 'extra \nindex 1'),
    file.replace('index 1', 'extra AB\nindex 1'),
    file.replace('index 1', 'extra AAAA\nextra AAAA\nindex 1'),
    file.replace(line, line.repeat(64)),
    file.replace(line, 'AAAA\n'),
    file.replace(line, `${line.trim()} \n`),
    file.replace(line, `${line}\n`),
    file.replaceAll('\n', '\r\n'),
    file.split('\n\n')[0]!,
    `\n${file}`,
  ])('are refused: %j', (text) => {
    expect(verifyProof(text, leaf, policy).ok).toBe(false);
  });

  test('have at most 63 hashes, more than any tree has levels', () => {
    const long = (count: number) => parseProof(file.replace(line, line.repeat(count))).ok;
    expect([long(62), long(63)]).toEqual([true, false]);
  });

  test('carry no empty extra data', () => {
    expect(() => formatProof({ index, proof, checkpoint, extra: new Uint8Array(0) })).toThrow(RangeError);
  });
});
