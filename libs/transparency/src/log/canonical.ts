import { parseUtf8, utf8 } from '../bytes.js';

/** RFC 8785. Throws TypeError or Error for what JSON cannot say: undefined, NaN, a lone surrogate, a cycle. */
export function canonicalJson(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

/**
 * The same, as text. Every event is written with it: the package that says the same takes twice the time, and is what
 * the tests compare it with.
 */
export function canonicalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return scalar(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalText(value.toJSON());
  return Array.isArray(value) ? list(value) : members(value as Readonly<Record<string, unknown>>);
}

function list(values: readonly unknown[]): string {
  let text = '';
  for (const value of values) text += `${text === '' ? '' : ','}${canonicalText(value ?? null)}`;
  return `[${text}]`;
}

/** Names in the order of their UTF-16 units, which is that of `sort`. */
function members(object: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const name of inOrder(Object.keys(object))) {
    const value = object[name];
    if (value !== undefined) text += `${text === '' ? '' : ','}${quoted(name)}:${canonicalText(value)}`;
  }
  return `{${text}}`;
}

/** Most objects are written as they were read back: looking is cheaper than sorting. */
function inOrder(names: string[]): readonly string[] {
  return names.every((name, i) => i === 0 || names[i - 1]! < name) ? names : names.sort();
}

/** Printable ASCII that needs no escape. */
const PLAIN = /^[ !#-[\]-~]*$/;
const HALF_A_PAIR = /\p{Surrogate}/u;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (HALF_A_PAIR.test(text)) throw new Error('half a surrogate pair cannot be written as JSON');
  return JSON.stringify(text);
}

function scalar(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('JSON knows finite numbers only');
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError('nothing to write as JSON');
  return text;
}

/** Undefined unless the bytes are the one RFC 8785 encoding of their value: no spaces, no repeated name. */
export function parseCanonicalJson(bytes: Uint8Array): { readonly value: unknown } | undefined {
  const text = parseUtf8(bytes);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return canonicalText(value) === text ? { value } : undefined;
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
