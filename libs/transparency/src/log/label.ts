import type { StreamName } from '#decider';
import { base64url, concat, fromBase64url, parseBase64url, uint64be, utf8 } from '../bytes.js';
import { isHash, sha256Of, type Hash } from '../crypto.js';

declare const brand: unique symbol;
/** A stream in the log: 32 bytes as unpadded base64url. Tells nothing about the stream to who cannot name it. */
export type Label = string & { readonly [brand]: 'Label' };

const DOMAIN = utf8('sillage/label/1');

/** SHA-256("sillage/label/1" ‖ stream name). */
export function labelOf(stream: StreamName): Label {
  return base64url(sha256Of(DOMAIN, utf8(stream))) as Label;
}

export function parseLabel(text: unknown): Label | undefined {
  return parseHash(text) === undefined ? undefined : (text as Label);
}

/** The 32 bytes. */
export function labelBytes(label: Label): Uint8Array {
  return fromBase64url(label);
}

/** How often a label occurs in the log, and the leaf hash of its last entry. */
export interface LabelHead {
  readonly count: number;
  readonly last: Hash;
}

export interface LabelState extends LabelHead {
  readonly label: Label;
}

/** What sealing binds a ciphertext to: label[32] ‖ uint64be(n), so that it cannot be moved to another event. */
export function sealingContext(label: Label, n: number): Uint8Array {
  return concat(labelBytes(label), uint64be(n));
}

/** 32 bytes in unpadded base64url; undefined for anything else. */
export function parseHash(text: unknown): Hash | undefined {
  const bytes = typeof text === 'string' ? parseBase64url(text) : undefined;
  return isHash(bytes) ? bytes : undefined;
}
