import { createHash } from 'node:crypto';
import { canonicalText } from '#transparency';
import { keyOf, SECTIONS, type CatalogueContent } from './entries.js';

/**
 * SHA-256, lower-case hexadecimal, of the RFC 8785 form of `{ version, sections }` with the entries of each
 * section in order of their code or id, so that only what a catalogue says counts, not how its files are laid out.
 */
export function digestOf({ version, sections }: CatalogueContent): string {
  const sorted = SECTIONS.map((name) => [name, [...sections[name]].sort(byKey)]);
  const json = canonicalText({ version, sections: Object.fromEntries(sorted) as unknown });
  return createHash('sha256').update(json).digest('hex');
}

function byKey(a: { code?: string; id?: string }, b: { code?: string; id?: string }): number {
  return keyOf(a) < keyOf(b) ? -1 : 1;
}
