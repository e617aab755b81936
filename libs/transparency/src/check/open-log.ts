import { sameBytes } from '../bytes.js';
import { verifyKeysEntry } from '../log/encode-entry.js';
import type { KeysEntry } from '../log/entry.js';
import { parseEntry } from '../log/parse-entry.js';
import { leafHash } from '../merkle/hashes.js';
import { verifyInclusion } from '../merkle/verify.js';
import {
  openCheckpoint,
  parseCheckpoint,
  type Checkpoint,
  type LogPolicy,
  type OpenedCheckpoint,
} from '../notes/checkpoint.js';
import { ED25519, verifierKey, type VerifierKey } from '../notes/keys.js';
import { parseNote } from '../notes/note.js';
import { fail, ok, type Result } from '../result.js';
import type { ProvedEntry } from './bundle.js';

/** A checkpoint that the log signed with the key that was in use, and the keys that led there. */
export interface OpenedLog extends OpenedCheckpoint {
  /** Whose signature counts for this checkpoint. */
  readonly key: VerifierKey;
  /** Changes of the key that were shown, oldest first. */
  readonly rotations: readonly KeysEntry[];
}

/**
 * Opens a signed checkpoint with the `keys` entries that it covers: whoever trusts one of the keys that they name
 * follows to the newest, and that one must have signed. A key that was replaced signs nothing for those who know it.
 */
export function openLog(
  note: string,
  policy: LogPolicy,
  keys: readonly ProvedEntry[] = [],
): Result<OpenedLog> {
  const rotations = provedRotations(note, keys);
  if (!rotations.ok) return rotations;
  const newest = newestKey(policy, rotations.value);
  if (!newest.ok) return newest;
  const others = policy.logKeys.filter(({ id }) => id !== newest.value?.id);
  const logKeys = newest.value ? [newest.value, ...others] : policy.logKeys;
  const opened = openCheckpoint(note, { ...policy, logKeys });
  if (!opened.ok) return opened;
  const key = newest.value ?? opened.value.signedBy[0]!;
  if (!opened.value.signedBy.includes(key)) return fail('the log did not sign it with the key it changed to');
  return ok({ ...opened.value, key, rotations: rotations.value });
}

/**
 * The key that a log uses after these changes, oldest first; undefined where there were none. Refused unless each
 * change is by the key that was in use, and one of the keys is trusted.
 */
export function newestKey(
  { origin, logKeys }: Pick<LogPolicy, 'origin' | 'logKeys'>,
  rotations: readonly KeysEntry[],
): Result<VerifierKey | undefined> {
  const [first] = rotations;
  if (first === undefined) return ok(undefined);
  if (rotations.some(({ oldKey }, i) => i > 0 && !sameBytes(oldKey, rotations[i - 1]!.newKey)))
    return fail('a change of keys is not by the key that was in use');
  const used = [first.oldKey, ...rotations.map(({ newKey }) => newKey)];
  if (!logKeys.some(({ publicKey }) => used.some((key) => sameBytes(key, publicKey))))
    return fail('the log changed its key, and none of its keys is trusted');
  return ok(verifierKey(origin, ED25519, used.at(-1)!));
}

/** The key in use when the log had `size` entries, as far as changes were shown. */
export function keyAt(size: number, { rotations, key }: OpenedLog): Uint8Array {
  const last = rotations.findLast((rotation) => rotation.size < size);
  return last?.newKey ?? rotations[0]?.oldKey ?? key.publicKey;
}

function provedRotations(note: string, keys: readonly ProvedEntry[]): Result<readonly KeysEntry[]> {
  if (keys.length === 0) return ok([]);
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) return checkpoint;
  const rotations = keys.map((proved) => provedRotation(proved, checkpoint.value));
  return rotations.every((rotation) => rotation !== undefined) &&
    rotations.every(({ size }, i) => i === 0 || rotations[i - 1]!.size < size)
    ? ok(rotations)
    : fail('a change of keys is not in the log');
}

function provedRotation(
  { index, entry, proof }: ProvedEntry,
  { size, root }: Checkpoint,
): KeysEntry | undefined {
  const parsed = parseEntry(entry);
  if (!parsed.ok || parsed.value.kind !== 'keys' || parsed.value.size !== index) return undefined;
  const included = verifyInclusion({ index, size, leaf: leafHash(entry), proof, root });
  return included && verifyKeysEntry(parsed.value) ? parsed.value : undefined;
}
