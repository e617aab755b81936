import type { Act } from '#person';
import type { Row } from '#read-store';
import { endMs } from '#time';

/** What every table says of an act in codes. */
export const ACT_COLUMNS = {
  purpose: 'TEXT',
  basis: 'TEXT',
  rests_on: 'TEXT',
  frame: 'TEXT',
  channel: 'TEXT',
  until: 'INTEGER',
  reported: 'INTEGER',
} as const;

export function actCodes({ purpose, basis, frame, channel, retainUntil, reported }: Act): Row {
  return {
    purpose: purpose ?? null,
    basis: basis?.provision ?? null,
    rests_on: basis?.restsOn ?? null,
    frame: frame ?? null,
    channel: channel ?? null,
    until: retainUntil ? endMs(retainUntil) : null,
    reported: reported ? 1 : 0,
  };
}
