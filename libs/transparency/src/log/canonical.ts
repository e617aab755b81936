import canonicalize from 'canonicalize';
import { parseUtf8, utf8 } from '../bytes.js';

/** RFC 8785. Throws TypeError or Error for what JSON cannot say: undefined, NaN, a lone surrogate, a cycle. */
export function canonicalJson(value: unknown): Uint8Array {
  return utf8(canonicalText(value));
}

/** The same, as text. */
export function canonicalText(value: unknown): string {
  return canonical(value).text;
}

/**
 * The same, with what whoever parses the text will read. Every event is written with it: `JSON.stringify` of a copy
 * whose names stand in order costs a third of what the package does, and the copy need not be parsed again.
 */
export function canonical(value: unknown): { readonly text: string; readonly read: unknown } {
  try {
    const read = inOrder(value);
    const text = JSON.stringify(read);
    // What stands for half of a pair in JSON; hardly any text has it, so that texts are looked at one by one only then.
    if (text.includes('\\ud')) demandWholePairs(read);
    return { text, read };
  } catch (error) {
    if (error !== UNRULY) throw error;
    const text = canonicalize(value)!;
    return { text, read: JSON.parse(text) };
  }
}

/** Thrown for names that no object keeps in order: it puts numbers first, and takes `__proto__` for its own. */
const UNRULY = new Error('a name that objects do not keep in its place');
const HALF_A_PAIR = /\p{Surrogate}/u;

function inOrder(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new Error('JSON knows finite numbers only');
      return value === 0 ? 0 : value;
    case 'object':
      break;
    default:
      throw new TypeError('nothing to write as JSON');
  }
  if (value === null) return null;
  if ('toJSON' in value && typeof value.toJSON === 'function') return inOrder(value.toJSON());
  return Array.isArray(value) ? value.map((each) => inOrder(each ?? null)) : membersInOrder(value);
}

function membersInOrder(object: object): object {
  const members = object as Readonly<Record<string, unknown>>;
  const copy: Record<string, unknown> = {};
  for (const name of sorted(Object.keys(members))) {
    if (isUnruly(name)) throw UNRULY;
    const value = members[name];
    if (value !== undefined) copy[name] = inOrder(value);
  }
  return copy;
}

function isUnruly(name: string): boolean {
  return (name >= '0' && name < ':') || name === '__proto__';
}

function demandWholePairs(value: unknown): void {
  if (typeof value === 'string' && HALF_A_PAIR.test(value))
    throw new Error('half a surrogate pair cannot be written as JSON');
  if (typeof value === 'object' && value !== null) Object.entries(value).flat().forEach(demandWholePairs);
}

const FEW = 40;

/** By their UTF-16 units. Of few names, which is nearly always, without what `sort` allocates for each object. */
function sorted(names: string[]): readonly string[] {
  if (names.length > FEW) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let at = i;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
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
