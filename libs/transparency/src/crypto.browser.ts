// What crypto.ts is where there is no Node; a spec compares the two. Only the bundle of a page takes it.
import { ed25519 as curve } from '@noble/curves/ed25519.js';
import { sha256 as digest } from '@noble/hashes/sha2.js';
import { concat } from './bytes.browser.js';

export type Hash = Uint8Array;

export const HASH_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

export function sha256(bytes: Uint8Array): Hash {
  return digest(bytes);
}

export function isHash(value: unknown): value is Hash {
  return value instanceof Uint8Array && value.length === HASH_BYTES;
}

/** RFC 8032. `seed`: the 32 secret bytes. Throws when they are not 32. */
export function ed25519(seed: Uint8Array): {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
} {
  if (seed.length !== 32) throw new RangeError('an Ed25519 seed has 32 bytes');
  return { publicKey: curve.getPublicKey(seed), sign: (message) => curve.sign(message, seed) };
}

/** False also for a key or signature of the wrong length. */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false;
  // RFC 8032 as OpenSSL reads it, not the wider rule of ZIP 215.
  return curve.verify(signature, message, publicKey, { zip215: false });
}

/** SHA-256 of several parts one after the other. */
export function sha256Of(...parts: readonly Uint8Array[]): Hash {
  return sha256(concat(...parts));
}
