import { sameBytes } from '../bytes.js';
import { verifyKeysEntry, verifyLossEntry } from '../log/encode-entry.js';
import type { KeysEntry, LogEntry, LossEntry } from '../log/entry.js';
import { parseEntry } from '../log/parse-entry.js';
import { leafHash } from '../merkle/hashes.js';
import { verifyInclusion } from '../merkle/verify.js';
import {
  openCheckpoint,
  originOf,
  parseCheckpoint,
  type Checkpoint,
  type LogPolicy,
  type OpenedCheckpoint,
} from '../notes/checkpoint.js';
import { ED25519, verifierKey, type VerifierKey } from '../notes/keys.js';
import { parseNote } from '../notes/note.js';
import { fail, ok, type Result } from '../result.js';
import type { History, ProvedEntry } from './bundle.js';

/** A checkpoint that the log signed with the key that was in use, and the entries that led there. */
export interface OpenedLog extends OpenedCheckpoint {
  /** Whose signature counts for this checkpoint. */
  readonly key: VerifierKey;
  /** Changes of the key that were shown, oldest first. */
  readonly rotations: readonly KeysEntry[];
  /** Declared losses that were shown, oldest first. */
  readonly losses: readonly LossEntry[];
}

/**
 * Opens a signed checkpoint with the `keys` and `loss` entries that it covers: whoever trusts one of the keys that they
 * name, under one of the names, follows to the newest, and that one must have signed. A key that was replaced signs
 * nothing for those who know it.
 */
export function openLog(
  note: string,
  policy: LogPolicy,
  { keys = [], losses = [] }: History = {},
): Result<OpenedLog> {
  const rotations = provedEntries(note, keys, keysIn);
  if (rotations === undefined) return fail('a change of keys is not in the log');
  const declared = provedEntries(note, losses, lossIn);
  if (declared === undefined) return fail('a declared loss is not in the log');
  const followed = underNewestName(policy, declared);
  if (!followed.ok) return followed;
  const newest = newestKey(followed.value, rotations);
  if (!newest.ok) return newest;
  const others = followed.value.logKeys.filter(({ id }) => id !== newest.value?.id);
  const logKeys = newest.value ? [newest.value, ...others] : followed.value.logKeys;
  const opened = openCheckpoint(note, { ...followed.value, logKeys });
  if (!opened.ok) return opened;
  const key = newest.value ?? opened.value.signedBy[0]!;
  if (!opened.value.signedBy.includes(key)) return fail('the log did not sign it with the key it changed to');
  const log = { ...opened.value, key, rotations, losses: declared };
  return log.losses.every((loss) => sameBytes(loss.key, keyAt(loss.size, log)))
    ? ok(log)
    : fail('a loss is not declared by the key that was in use');
}

/** The policy of the same log under another of its names. */
export function renamed(policy: LogPolicy, origin: string): LogPolicy {
  if (policy.origin === origin) return policy;
  const logKeys = policy.logKeys.map(({ publicKey }) => verifierKey(origin, ED25519, publicKey));
  return { ...policy, origin, logKeys };
}

/**
 * For a note of an earlier time: the policy under the name that the log had then, with the keys that it is shown to have
 * had beside those of the policy.
 */
export function asOf(note: string, policy: LogPolicy, log: OpenedLog): LogPolicy {
  const origin = originOf(note);
  if (origin === undefined || !namesOf(log).includes(origin)) return policy;
  const named = renamed(policy, origin);
  const used = log.rotations.flatMap(({ oldKey, newKey }) => [oldKey, newKey]);
  const keys = [...named.logKeys, ...used.map((key) => verifierKey(origin, ED25519, key))];
  return { ...named, logKeys: [...new Map(keys.map((key) => [key.id, key])).values()] };
}

/** Every name that the log has had, as far as losses were shown; the last one is in use. */
export function namesOf({ losses, checkpoint }: Pick<OpenedLog, 'losses' | 'checkpoint'>): readonly string[] {
  return [...losses.map(({ oldOrigin }) => oldOrigin), checkpoint.origin];
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

/** A log that declared a loss goes on under the name that the loss tells; whoever trusts an earlier one follows. */
function underNewestName(policy: LogPolicy, losses: readonly LossEntry[]): Result<LogPolicy> {
  const newest = losses.at(-1);
  if (newest === undefined) return ok(policy);
  if (
    losses.some(
      ({ prev, oldOrigin }, i) =>
        prev !== losses[i - 1]?.size || (i > 0 && oldOrigin !== losses[i - 1]!.newOrigin),
    )
  )
    return fail('a loss that was declared before is left out');
  return [newest.newOrigin, ...losses.map(({ oldOrigin }) => oldOrigin)].includes(policy.origin)
    ? ok(renamed(policy, newest.newOrigin))
    : fail('the checkpoint is of another log');
}

const keysIn = (entry: LogEntry) => (entry.kind === 'keys' && verifyKeysEntry(entry) ? entry : undefined);
const lossIn = (entry: LogEntry) => (entry.kind === 'loss' && verifyLossEntry(entry) ? entry : undefined);

/** Entries of one kind that the checkpoint covers, in the order of their places; undefined where one is not. */
function provedEntries<Entry extends KeysEntry | LossEntry>(
  note: string,
  shown: readonly ProvedEntry[],
  read: (entry: LogEntry) => Entry | undefined,
): readonly Entry[] | undefined {
  if (shown.length === 0) return [];
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (!checkpoint.ok) return undefined;
  const entries = shown.map((proved) => provedEntry(proved, checkpoint.value, read));
  return entries.every((entry) => entry !== undefined) &&
    entries.every(({ size }, i) => i === 0 || entries[i - 1]!.size < size)
    ? entries
    : undefined;
}

function provedEntry<Entry extends KeysEntry | LossEntry>(
  { index, entry, proof }: ProvedEntry,
  { size, root }: Checkpoint,
  read: (entry: LogEntry) => Entry | undefined,
): Entry | undefined {
  const parsed = parseEntry(entry);
  const found = parsed.ok ? read(parsed.value) : undefined;
  const included = verifyInclusion({ index, size, leaf: leafHash(entry), proof, root });
  return included && found?.size === index ? found : undefined;
}
