// With crypto.ts the only file that knows Node: a browser build swaps these two.

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
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
  return Buffer.concat(parts);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

/** Order of unsigned bytes; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** RFC 4648 section 4, padded. */
export function base64(bytes: Uint8Array): string {
  return view(bytes).toString('base64');
}

/** Undefined for any text that is not the one encoding of its bytes: spare bits and padding are checked. */
export function parseBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}

/** RFC 4648 section 5, unpadded. */
export function base64url(bytes: Uint8Array): string {
  return view(bytes).toString('base64url');
}

/** For text that was checked before. */
export function fromBase64url(text: string): Uint8Array {
  return Buffer.from(text, 'base64url');
}

/** Whole groups of four, then two or three digits the last of which has no spare bits set. */
const BASE64URL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** Undefined for any text that is not the one unpadded encoding of its bytes. */
export function parseBase64url(text: string): Uint8Array | undefined {
  return BASE64URL.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

/** Eight bytes, most significant first. Throws above 2^53 - 1 and below 0. */
export function uint64be(value: number): Uint8Array {
  if (!isCount(value)) throw new RangeError(`not a count: ${value}`);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** Undefined above 2^53 - 1, which no time in seconds and no log reaches. */
export function parseUint64be(bytes: Uint8Array): number | undefined {
  const value = Number(view(bytes).readBigUInt64BE());
  return Number.isSafeInteger(value) ? value : undefined;
}

export function uint32be(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
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

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
