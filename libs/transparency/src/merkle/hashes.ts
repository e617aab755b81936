import { sha256, type Hash } from '../crypto.js';

/** Head of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

const node = new Uint8Array(65);
node[0] = 1;

/** Entries of events have about 220 bytes. */
const leaf = new Uint8Array(1024);

/** SHA-256(0x00 ‖ entry), RFC 6962 section 2.1. */
export function leafHash(entry: Uint8Array): Hash {
  const room = entry.length < leaf.length ? leaf : new Uint8Array(entry.length + 1);
  room.set(entry, 1);
  return sha256(room.subarray(0, entry.length + 1));
}

/** SHA-256(0x01 ‖ left ‖ right), RFC 6962 section 2.1. Both have 32 bytes. */
export function nodeHash(left: Hash, right: Hash): Hash {
  node.set(left, 1);
  node.set(right, 33);
  return sha256(node);
}
