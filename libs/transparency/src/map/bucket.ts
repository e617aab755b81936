import { compareBytes, concat, sameBytes, uint64be } from '../bytes.js';
import { sha256, sha256Of, type Hash } from '../crypto.js';
import { labelBytes, type Label, type LabelHead, type LabelState } from '../log/label.js';

export const MAP_DEPTH = 24;
const KEY_BYTES = 32;
const RECORD_BYTES = 64;

/** First 24 bits of the label: 0 to 2^24 - 1. */
export function bucketOf(label: Label): number {
  const [a, b, c] = labelBytes(label);
  return a! * 65_536 + b! * 256 + c!;
}

/**
 * What the map says about the labels of one bucket, whatever order they come in: for each one 64 bytes,
 * SHA-256(label) ‖ SHA-256(label ‖ uint64be(count) ‖ last leaf hash), sorted. Empty for no label.
 */
export function bucketContents(labels: Iterable<LabelState>): Uint8Array {
  const records = Array.from(labels, (state) => concat(keyOf(state.label), stateHash(state.label, state)));
  return concat(...records.sort(compareBytes));
}

/** SHA-256(label ‖ uint64be(count) ‖ last leaf hash). */
export function stateHash(label: Label, { count, last }: LabelHead): Hash {
  return sha256Of(labelBytes(label), uint64be(count), last);
}

/** What a bucket's contents say about a label: its state hash, that it has no entry, or nothing that can be read. */
export type BucketAnswer =
  | { readonly kind: 'present'; readonly stateHash: Hash }
  | { readonly kind: 'absent' }
  | { readonly kind: 'malformed' };

/** Malformed: not whole records, not sorted, or a label twice, so that two readers could see two things. */
export function readBucket(contents: Uint8Array, label: Label): BucketAnswer {
  if (contents.length % RECORD_BYTES !== 0) return { kind: 'malformed' };
  const wanted = keyOf(label);
  let answer: BucketAnswer = { kind: 'absent' };
  let before: Uint8Array | undefined;
  for (let at = 0; at < contents.length; at += RECORD_BYTES) {
    const key = contents.subarray(at, at + KEY_BYTES);
    if (before !== undefined && compareBytes(before, key) >= 0) return { kind: 'malformed' };
    if (sameBytes(key, wanted))
      answer = { kind: 'present', stateHash: contents.subarray(at + KEY_BYTES, at + RECORD_BYTES) };
    before = key;
  }
  return answer;
}

function keyOf(label: Label): Hash {
  return sha256(labelBytes(label));
}
