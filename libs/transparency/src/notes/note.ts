import { base64, concat, parseBase64, parseUtf8, uint64be } from '../bytes.js';
import { fail, ok, type Result } from '../result.js';
import {
  COSIGNATURE_V1,
  ED25519,
  isKeyName,
  keyIdBytes,
  messageOf,
  verifySignature,
  type Signer,
  type VerifierKey,
} from './keys.js';

const MAX_SIGNATURES = 100;
const MAX_NOTE_BYTES = 1_000_000;
const SHORTEST_SIGNATURE = 5;

/** A signature line as it stands in the note: not yet checked, perhaps by a key nobody knows. */
export interface NoteSignature {
  readonly name: string;
  readonly id: number;
  /** What follows the key id. */
  readonly signature: Uint8Array;
}

export interface ParsedNote {
  /** Ends in a newline. MUST be ignored until a signature by a trusted key was verified. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface OpenedNote {
  readonly text: string;
  /** By known keys, all verified, each key once. `timestampS`: POSIX seconds, of cosignatures only. */
  readonly verified: readonly { readonly key: VerifierKey; readonly timestampS?: number }[];
}

/** The line by which a log signs the text. Throws RangeError when no note can have this text. */
export function signatureLine(text: string, signer: Signer): string {
  if (signer.key.type !== ED25519) throw new RangeError('a cosignature needs a time');
  return line(signer.key, signer.sign(messageOf(ED25519, checked(text), 0)));
}

/** The line by which a witness cosigns a checkpoint's text at a time (POSIX seconds), c2sp.org/tlog-cosignature. */
export function cosignatureLine(text: string, signer: Signer, timestampS: number): string {
  if (signer.key.type !== COSIGNATURE_V1) throw new RangeError('this key does not cosign');
  const time = uint64be(timestampS);
  return line(signer.key, concat(time, signer.sign(messageOf(COSIGNATURE_V1, checked(text), timestampS))));
}

/** Puts text and signature lines together. */
export function formatNote(text: string, lines: readonly string[]): string {
  if (lines.length === 0) throw new RangeError('a note has at least one signature');
  return `${checked(text)}\n${lines.join('')}`;
}

/** Adds further signature lines, e.g. those that witnesses answer with. */
export function addSignatures(note: string, lines: readonly string[]): string {
  return note + lines.join('');
}

/** Every rule of c2sp.org/signed-note on a note's form, without looking at any key. */
export function parseNote(note: string | Uint8Array): Result<ParsedNote> {
  if (note.length > MAX_NOTE_BYTES) return fail('the note is longer than a megabyte');
  const whole = typeof note === 'string' ? note : parseUtf8(note);
  if (whole === undefined || !isNoteText(whole))
    return fail('the note is not UTF-8 without control characters');
  const split = whole.lastIndexOf('\n\n');
  const block = whole.slice(split + 2);
  if (split < 0 || block === '' || !block.endsWith('\n'))
    return fail('the note does not end in a block of signatures');
  const lines = block.slice(0, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) return fail('the note has too many signatures');
  const signatures = lines.map(parseLine);
  if (!signatures.every((signature) => signature !== undefined)) return fail('a signature line is malformed');
  return ok({ text: whole.slice(0, split + 1), signatures });
}

/**
 * Verifies every signature by a known key and ignores the others. Refuses the note when one of them is wrong or
 * none is there (c2sp.org/signed-note, "Signatures"). Throws RangeError when two known keys share name and id.
 */
export function openNote(note: string | Uint8Array, known: readonly VerifierKey[]): Result<OpenedNote> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const keys = byName(known);
  const verified = new Map<VerifierKey, { key: VerifierKey; timestampS?: number }>();
  for (const { name, id, signature } of signatures) {
    const key = keys.get(`${name}+${id}`);
    if (key === undefined) continue;
    const checkedSignature = verifySignature(key, text, signature);
    if (checkedSignature === undefined) return fail(`the signature by ${name} is wrong`);
    verified.set(key, { key, ...checkedSignature });
  }
  if (verified.size === 0) return fail('no known key signed the note');
  return ok({ text, verified: [...verified.values()] });
}

function byName(known: readonly VerifierKey[]): ReadonlyMap<string, VerifierKey> {
  const keys = new Map(known.map((key) => [`${key.name}+${key.id}`, key]));
  if (keys.size < known.length) throw new RangeError('two known keys share their name and id');
  return keys;
}

function line(key: VerifierKey, signature: Uint8Array): string {
  return `— ${key.name} ${base64(concat(keyIdBytes(key), signature))}\n`;
}

function parseLine(text: string): NoteSignature | undefined {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/u.exec(text) ?? [];
  if (name === undefined || encoded === undefined || !isKeyName(name)) return undefined;
  const bytes = parseBase64(encoded);
  if (bytes === undefined || bytes.length < SHORTEST_SIGNATURE) return undefined;
  const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  return { name, id, signature: bytes.subarray(4) };
}

function checked(text: string): string {
  if (!text.endsWith('\n') || !isNoteText(text))
    throw new RangeError('a text ends in a newline and holds no other control character');
  return text;
}

function isNoteText(text: string): boolean {
  return !/[^\P{Cc}\n\u007f-\u009f]|\p{Surrogate}/u.test(text);
}
