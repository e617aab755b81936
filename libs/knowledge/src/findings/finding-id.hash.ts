import { hash } from 'node:crypto';

/** A UUID (version 8) that is equal for equal parts: what was found keeps its id, however often it is found. */
export function findingId(parts: readonly (string | null)[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = ((parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
