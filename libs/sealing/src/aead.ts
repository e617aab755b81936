import { createCipheriv, createDecipheriv, randomFillSync, type KeyObject } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const pool = Buffer.alloc(IV_BYTES * 512);
let used = pool.length;

/** Random 96-bit IVs (NIST SP 800-38D), drawn many at a time: one system call each would cost more than sealing. */
function nextIv(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += IV_BYTES;
  return Buffer.from(pool.subarray(used - IV_BYTES, used));
}

/** AES-256-GCM: `iv[12] ‖ ciphertext ‖ tag[16]`. */
export function sealBox(key: KeyObject, plain: Uint8Array, associated: Uint8Array): Uint8Array {
  const iv = nextIv();
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
