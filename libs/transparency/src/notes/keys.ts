import { base64, concat, parseBase64, parseUint64be, uint32be, utf8 } from '../bytes.js';
import { ed25519, PUBLIC_KEY_BYTES, sha256Of, SIGNATURE_BYTES, verifyEd25519 } from '../crypto.js';
import { fail, ok, type Result } from '../result.js';

/** c2sp.org/signed-note, signature type 0x01: Ed25519 over the text. What a log signs with. */
export const ED25519 = 1;
/** c2sp.org/tlog-cosignature, signature type 0x04: Ed25519 over a time and the text. What a witness signs with. */
export const COSIGNATURE_V1 = 4;

export type SignatureType = typeof ED25519 | typeof COSIGNATURE_V1;

/** Who signs, and how to check it (c2sp.org/signed-note, "Verifier keys"). */
export interface VerifierKey {
  readonly name: string;
  /** uint32. With the name it says which key signed; it is not a fingerprint. */
  readonly id: number;
  readonly type: SignatureType;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
}

/** A key that signs here. One that lives elsewhere signs `messageOf(…)` and hands back 64 bytes. */
export interface Signer {
  readonly key: VerifierKey;
  sign(message: Uint8Array): Uint8Array;
}

/** Throws RangeError for a name that a note cannot carry or a key of another length. */
export function verifierKey(name: string, type: SignatureType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError(`not a key name: ${JSON.stringify(name)}`);
  if (publicKey.length !== PUBLIC_KEY_BYTES) throw new RangeError('an Ed25519 key has 32 bytes');
  return { name, id: keyId(name, type, publicKey), type, publicKey };
}

/** `seed`: 32 secret bytes. */
export function signerOf(name: string, type: SignatureType, seed: Uint8Array): Signer {
  const { publicKey, sign } = ed25519(seed);
  return { key: verifierKey(name, type, publicKey), sign };
}

/** `name+hex(id)+base64(type ‖ key)`. */
export function formatVerifierKey({ name, id, type, publicKey }: VerifierKey): string {
  return `${name}+${id.toString(16).padStart(8, '0')}+${base64(concat(Uint8Array.of(type), publicKey))}`;
}

/** Refuses keys of other algorithms and an id that is not the key's. */
export function parseVerifierKey(text: string): Result<VerifierKey> {
  const [, name, id, material] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined || material === undefined)
    return fail('a verifier key is name+id+key');
  const bytes = parseBase64(material);
  if (!isKeyName(name) || bytes === undefined) return fail('the verifier key is malformed');
  const type = bytes[0];
  if (type !== ED25519 && type !== COSIGNATURE_V1) return fail('the key is of an algorithm not used here');
  if (bytes.length !== 1 + PUBLIC_KEY_BYTES) return fail('the key has not 32 bytes');
  const key = verifierKey(name, type, bytes.subarray(1));
  return key.id === Number.parseInt(id, 16) ? ok(key) : fail('the id is not the one of this key');
}

/** c2sp.org/signed-note: not empty, no Unicode space, no plus; and what no note may hold anyway. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\p{White_Space}+\p{Surrogate}]|[^\P{Cc}\u007f-\u009f]/u.test(name);
}

/** What the key signs: the text, or under a cosignature key the text behind `cosignature/v1` and its time. */
export function messageOf(type: SignatureType, text: string, timestampS: number): Uint8Array {
  return utf8(type === ED25519 ? text : `cosignature/v1\ntime ${timestampS}\n${text}`);
}

/** Checks what stands behind the key id in a signature line. Undefined when it does not verify. */
export function verifySignature(
  key: VerifierKey,
  text: string,
  signature: Uint8Array,
): { readonly timestampS?: number } | undefined {
  if (key.type === ED25519)
    return verifyEd25519(key.publicKey, messageOf(key.type, text, 0), signature) ? {} : undefined;
  if (signature.length !== 8 + SIGNATURE_BYTES) return undefined;
  const timestampS = parseUint64be(signature.subarray(0, 8));
  if (timestampS === undefined) return undefined;
  const message = messageOf(key.type, text, timestampS);
  return verifyEd25519(key.publicKey, message, signature.subarray(8)) ? { timestampS } : undefined;
}

/** First four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), c2sp.org/signed-note. */
function keyId(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const digest = sha256Of(utf8(`${name}\n`), Uint8Array.of(type), publicKey);
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}

export function keyIdBytes(key: VerifierKey): Uint8Array {
  return uint32be(key.id);
}
