import { concat } from '../bytes.js';

/** c2sp.org/tlog-tiles: the length of an entry is a uint16. */
export const MAX_ENTRY_BYTES = 65_535;

/** Entries one after the other, each behind its length as uint16be. Throws RangeError for one that is too long. */
export function entryBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concat(...entries.flatMap((entry) => [lengthOf(entry), entry]));
}

/** Undefined when the last entry is cut off. How many entries there must be is for the caller to compare. */
export function parseEntryBundle(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return undefined;
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${entry.length} bytes`);
  return Uint8Array.of(entry.length >> 8, entry.length & 255);
}
