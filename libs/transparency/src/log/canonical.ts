import canonicalize from 'canonicalize';
import { parseUtf8, utf8 } from '../bytes.js';

/** RFC 8785. Throws TypeError or Error for what JSON cannot say: undefined, NaN, a lone surrogate, a cycle. */
export function canonicalJson(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

/** The same, as text. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('nothing to write as JSON');
  return text;
}

/** Undefined unless the bytes are the one RFC 8785 encoding of their value: no spaces, no repeated name. */
export function parseCanonicalJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const text = parseUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return canonicalize(value) === text ? { value } : undefined;
  } catch {
    return undefined;
  }
}

/** A JSON object with exactly these names; undefined for anything else. */
export function exactObject(
  value: unknown,
  names: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const present = Object.keys(value);
  const known = present.every((name) => names.includes(name) || optional.includes(name));
  return known && names.every((name) => Object.hasOwn(value, name))
    ? (value as Record<string, unknown>)
    : undefined;
}
