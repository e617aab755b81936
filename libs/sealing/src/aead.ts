import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { freshBytes } from '#event-store';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: `iv[12] ‖ ciphertext ‖ tag[16]`. */
export function sealBox(key: KeyObject, plain: Uint8Array, associated: Uint8Array): Uint8Array {
  // Random 96-bit IVs (NIST SP 800-38D).
  const iv = freshBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(associated);
  const sealed = cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, sealed, cipher.getAuthTag()]);
}

/** @throws when the key, the associated data or a single bit of the box is not what it was */
export function openBox(key: KeyObject, box: Uint8Array, associated: Uint8Array): Uint8Array {
  if (box.length < IV_BYTES + TAG_BYTES) throw new Error('The sealed bytes are too short.');
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV_BYTES));
  decipher.setAAD(associated);
  decipher.setAuthTag(box.subarray(box.length - TAG_BYTES));
  const plain = decipher.update(box.subarray(IV_BYTES, box.length - TAG_BYTES));
  decipher.final();
  return plain;
}
