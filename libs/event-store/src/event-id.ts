import { randomFillSync } from 'node:crypto';
import { asId, type EventId } from '#decider';

const pool = Buffer.alloc(4096);
let used = pool.length;

function random10(): Buffer {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 10;
  return pool.subarray(used - 10, used);
}

/** UUIDv7 (RFC 9562, section 5.7): ordered by time, so that index pages fill in order. */
export function newEventId(epochMs: number): EventId {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(epochMs, 0, 6);
  random10().copy(bytes, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return asId<'Event'>(parts.join('-'));
}
