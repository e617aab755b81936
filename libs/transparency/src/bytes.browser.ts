// What bytes.ts is where there is no Node; a spec compares the two. Only the bundle of a page takes it.

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Undefined for bytes that are not valid UTF-8. A byte order mark stays in the text. */
export function parseUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return compareBytes(a, b) === 0;
}

/** Order of unsigned bytes; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return Math.sign(a[i]! - b[i]!);
  return Math.sign(a.length - b.length);
}

/** RFC 4648 section 4, padded. */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Undefined for any text that is not the one encoding of its bytes: spare bits and padding are checked. */
export function parseBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = decoded(text);
    return base64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 4648 section 5, unpadded. */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** For text that was checked before. */
export function fromBase64url(text: string): Uint8Array {
  return decoded(text.replaceAll('-', '+').replaceAll('_', '/'));
}

/** Undefined for any text that is not the one unpadded encoding of its bytes. */
export function parseBase64url(text: string): Uint8Array | undefined {
  try {
    const bytes = fromBase64url(text);
    return base64url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Eight bytes, most significant first. Throws above 2^53 - 1 and below 0. */
export function uint64be(value: number): Uint8Array {
  if (!isCount(value)) throw new RangeError(`not a count: ${value}`);
  const bytes = new Uint8Array(8);
  view(bytes).setBigUint64(0, BigInt(value));
  return bytes;
}

/** Undefined above 2^53 - 1, which no time in seconds and no log reaches. */
export function parseUint64be(bytes: Uint8Array): number | undefined {
  const value = Number(view(bytes).getBigUint64(0));
  return Number.isSafeInteger(value) ? value : undefined;
}

export function uint32be(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  view(bytes).setUint32(0, value);
  return bytes;
}

/** A whole number from 0 to 2^53 - 1. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}

/** ASCII decimal without sign or leading zeros; undefined above 2^53 - 1. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function decoded(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
