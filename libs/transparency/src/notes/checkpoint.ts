import { base64, isCount, parseBase64, parseDecimal } from '../bytes.js';
import { isHash, type Hash } from '../crypto.js';
import { fail, ok, type Result } from '../result.js';
import type { VerifierKey } from './keys.js';
import { openNote, parseNote } from './note.js';

/** c2sp.org/tlog-checkpoint: a tree head under the name of its log. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  /** Lines after the root. We write none; a log of somebody else may. */
  readonly extensions?: readonly string[];
}

/** Whom somebody who checks a log trusts, decided beforehand and out of band. */
export interface LogPolicy {
  readonly origin: string;
  /** Two during a rotation. One signature is enough; `openLog` follows the log from one key to the next. */
  readonly logKeys: readonly VerifierKey[];
  readonly witnesses: readonly WitnessKey[];
  /** How many witnesses must have cosigned: 2 of 3 normally. */
  readonly quorum: number;
}

export interface WitnessKey {
  readonly key: VerifierKey;
  /** It replays entry bundles before it cosigns; see `replayCheckpoint`. */
  readonly replays: boolean;
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The signed text, as witnesses cosign it. */
  readonly text: string;
  /** Keys of the log that signed it, at least one. */
  readonly signedBy: readonly VerifierKey[];
  readonly cosignatures: readonly { readonly witness: WitnessKey; readonly timestampS: number }[];
}

/** Throws RangeError for an origin, size or root that a checkpoint cannot carry. */
export function formatCheckpoint({ origin, size, root, extensions = [] }: Checkpoint): string {
  const text = [origin, size, base64(root), ...extensions].map((line) => `${line}\n`).join('');
  if (!parseCheckpoint(text).ok || !isCount(size)) throw new RangeError('not a checkpoint');
  return text;
}

/** Reads a note's text. `size` up to 2^53 - 1. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  if (!text.endsWith('\n')) return fail('a checkpoint ends in a newline');
  const [origin, decimal, encoded, ...extensions] = text.slice(0, -1).split('\n');
  if (origin === undefined || decimal === undefined || encoded === undefined)
    return fail('a checkpoint has three lines');
  if (origin === '' || extensions.includes('')) return fail('a checkpoint has no empty line');
  const size = parseDecimal(decimal);
  if (size === undefined) return fail("the checkpoint's size is no decimal number");
  const root = parseBase64(encoded);
  if (!isHash(root)) return fail("the checkpoint's root is not a hash in base64");
  return ok({ origin, size, root, ...(extensions.length > 0 && { extensions }) });
}

/**
 * Opens a signed checkpoint: the log of this policy signed it, no known signature on it is wrong. Whether enough
 * witnesses cosigned is for the caller to judge, from `cosignatures` (each witness once).
 */
export function openCheckpoint(note: string | Uint8Array, policy: LogPolicy): Result<OpenedCheckpoint> {
  const opened = openNote(note, [...policy.logKeys, ...policy.witnesses.map(({ key }) => key)]);
  if (!opened.ok) return opened;
  const { text, verified } = opened.value;
  const checkpoint = parseCheckpoint(text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== policy.origin) return fail('the checkpoint is of another log');
  const signedBy = policy.logKeys.filter((known) => verified.some(({ key }) => key === known));
  if (signedBy.length === 0) return fail('the log did not sign it');
  const cosignatures = policy.witnesses.flatMap((witness) => {
    const signed = verified.find(({ key }) => key === witness.key);
    return signed?.timestampS === undefined ? [] : [{ witness, timestampS: signed.timestampS }];
  });
  return ok({ checkpoint: checkpoint.value, text, signedBy, cosignatures });
}

/** The name of the log that a note says it is of, before any signature was looked at. */
export function originOf(note: string): string | undefined {
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  return checkpoint.ok ? checkpoint.value.origin : undefined;
}
