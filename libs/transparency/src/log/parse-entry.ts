import type { Instant } from '#decider';
import { epochMs, instantOf } from '#time';
import { isCount, parseBase64url, parseUtf8, sameBytes } from '../bytes.js';
import { PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../crypto.js';
import { MAX_ENTRY_BYTES } from '../merkle/bundle.js';
import { isKeyName } from '../notes/keys.js';
import { fail, ok, type Result } from '../result.js';
import { exactObject } from './canonical.js';
import { encodeEntry } from './encode-entry.js';
import { NO_PREVIOUS, type DeferralMark, type LogEntry } from './entry.js';
import { parseHash, parseLabel } from './label.js';

/**
 * Reads an entry as strictly as it was written: RFC 8785, at most 65,535 bytes, exactly the fields of its kind,
 * binaries in their one unpadded base64url encoding, times in UTC with milliseconds.
 */
export function parseEntry(bytes: Uint8Array): Result<LogEntry> {
  if (bytes.length > MAX_ENTRY_BYTES) return fail('the entry has more than 65,535 bytes');
  const value = parsed(bytes);
  if (value === undefined) return fail('the entry is not canonical JSON');
  const entry = readers.reduce<LogEntry | undefined>((found, read) => found ?? read(value), undefined);
  if (entry === undefined) return fail('the entry is of no known form');
  return sameBytes(encodeEntry(entry), bytes) ? ok(entry) : fail('the entry is not canonical JSON');
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(parseUtf8(bytes) ?? '') as unknown;
  } catch {
    return undefined;
  }
}

type Reader = (value: unknown) => LogEntry | undefined;

const readers: readonly Reader[] = [readEvent, readMap, readErasure, readKeys, readLoss];

function readEvent(value: unknown): LogEntry | undefined {
  const fields = exactObject(value, ['c', 'e', 'l', 'n', 'p', 'v'], ['t', 'until']);
  if (fields?.['v'] !== 1) return undefined;
  const [commitment, stored] = [parseHash(fields['c']), parseHash(fields['e'])];
  const [label, previous] = [parseLabel(fields['l']), parseHash(fields['p'])];
  const n = fields['n'];
  if (!commitment || !stored || !label || !previous || !isCount(n)) return undefined;
  if ((n === 0) !== sameBytes(previous, NO_PREVIOUS)) return undefined;
  const event = { kind: 'event', commitment, stored, label, n, previous } as const;
  if (!Object.hasOwn(fields, 't')) return Object.hasOwn(fields, 'until') ? undefined : event;
  const deferral = readDeferral(fields);
  if (deferral === undefined || (deferral.mark === 'deferral') !== (n === 0)) return undefined;
  return { ...event, deferral };
}

function readDeferral(fields: Readonly<Record<string, unknown>>): DeferralMark | undefined {
  const mark = fields['t'];
  if (mark === 'deferral-end') return Object.hasOwn(fields, 'until') ? undefined : { mark };
  if (mark !== 'deferral' && mark !== 'deferral-review') return undefined;
  const until = strictInstant(fields['until']);
  return until === undefined ? undefined : { mark, until };
}

function readMap(value: unknown): LogEntry | undefined {
  const fields = exactObject(value, ['t', 'root', 'size', 'at', 'v'], ['prev', 'loss']);
  if (fields?.['t'] !== 'map' || fields['v'] !== 1) return undefined;
  const [root, size, at] = [parseHash(fields['root']), fields['size'], strictInstant(fields['at'])];
  if (!root || !isCount(size) || !at) return undefined;
  const { loss } = fields;
  if (Object.hasOwn(fields, 'loss') && !isBefore(loss, size)) return undefined;
  const map = { kind: 'map', root, size, at, ...(isCount(loss) && { loss }) } as const;
  if (!Object.hasOwn(fields, 'prev')) return size === 0 ? map : undefined;
  const prev = fields['prev'];
  return isBefore(prev, size) ? { ...map, prev } : undefined;
}

function readErasure(value: unknown): LogEntry | undefined {
  const fields = exactObject(value, ['t', 'l', 'v']);
  if (fields?.['t'] !== 'erasure' || fields['v'] !== 1) return undefined;
  const label = parseLabel(fields['l']);
  return label && { kind: 'erasure', label };
}

function readKeys(value: unknown): LogEntry | undefined {
  const fields = exactObject(value, ['t', 'old', 'new', 'size', 'oldSignature', 'newSignature', 'v']);
  if (fields?.['t'] !== 'keys' || fields['v'] !== 1) return undefined;
  const [oldKey, newKey] = [binary(fields['old'], PUBLIC_KEY_BYTES), binary(fields['new'], PUBLIC_KEY_BYTES)];
  const oldSignature = binary(fields['oldSignature'], SIGNATURE_BYTES);
  const newSignature = binary(fields['newSignature'], SIGNATURE_BYTES);
  const size = fields['size'];
  if (!oldKey || !newKey || !oldSignature || !newSignature || !isCount(size)) return undefined;
  return { kind: 'keys', oldKey, newKey, size, oldSignature, newSignature };
}

function readLoss(value: unknown): LogEntry | undefined {
  const names = [
    't',
    'key',
    'kept',
    'newOrigin',
    'oldOrigin',
    'oldRoot',
    'oldSize',
    'signature',
    'size',
    'v',
  ];
  const fields = exactObject(value, names, ['prev']);
  if (fields?.['t'] !== 'loss' || fields['v'] !== 1) return undefined;
  const { kept, newOrigin, oldOrigin, oldSize, size, prev } = fields;
  const [key, oldRoot] = [binary(fields['key'], PUBLIC_KEY_BYTES), parseHash(fields['oldRoot'])];
  const signature = binary(fields['signature'], SIGNATURE_BYTES);
  if (!key || !oldRoot || !signature || !isOrigin(newOrigin) || !isOrigin(oldOrigin)) return undefined;
  if (!isCount(size) || !isCount(kept) || kept > size || !isCount(oldSize) || kept >= oldSize)
    return undefined;
  const loss = { kind: 'loss', key, kept, newOrigin, oldOrigin, oldRoot, oldSize, signature, size } as const;
  if (!Object.hasOwn(fields, 'prev')) return loss;
  return isBefore(prev, size) ? { ...loss, prev } : undefined;
}

function isOrigin(value: unknown): value is string {
  return typeof value === 'string' && isKeyName(value);
}

/** Whether it is the index of an entry before that place. */
function isBefore(value: unknown, place: number): value is number {
  return isCount(value) && value < place;
}

function binary(value: unknown, length: number): Uint8Array | undefined {
  const bytes = typeof value === 'string' ? parseBase64url(value) : undefined;
  return bytes?.length === length ? bytes : undefined;
}

/** `2026-01-09T10:00:00.000Z` and no other spelling of it. */
export function strictInstant(value: unknown): Instant | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return undefined;
  const ms = epochMs(value as Instant);
  // 30 February comes back as 2 March.
  return !Number.isNaN(ms) && instantOf(ms) === value ? (value as Instant) : undefined;
}
