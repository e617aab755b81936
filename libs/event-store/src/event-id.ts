import { asId, type EventId } from '#decider';
import { freshBytes } from './random.js';

/** UUIDv7 (RFC 9562, section 5.7): ordered by time, so that index pages fill in order. */
export function newEventId(epochMs: number): EventId {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(epochMs, 0, 6);
  freshBytes(10).copy(bytes, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return asId<'Event'>(parts.join('-'));
}
