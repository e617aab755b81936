import type { CatalogueContent, SectionName } from './entries.js';
import { keyOf, SECTIONS } from './entries.js';
import type { FieldProblem } from './shape.js';

/** A code that an entry uses, the section it must stand in, and the field that uses it. */
interface Reference {
  readonly to: SectionName;
  readonly code: string;
  readonly field: string;
}

export type Known = Readonly<Record<SectionName, ReadonlySet<string>>>;

export function knownKeys({ sections }: CatalogueContent): Known {
  const keys = SECTIONS.map((name) => [name, new Set((sections[name] as readonly object[]).map(keyOf))]);
  return Object.fromEntries(keys) as Known;
}

function refer(to: SectionName, field: string, codes: readonly string[]): Reference[] {
  return codes.map((code, i) => ({ to, code, field: `${field}[${i}]` }));
}

function sourceReferences(sources: readonly string[]): Reference[] {
  return refer('provisions', 'sources', sources)
    .filter(({ code }) => code.startsWith('provision:'))
    .map((r) => ({ ...r, code: r.code.slice('provision:'.length) }));
}

/** Every code that a well-formed entry mentions. */
const REFERENCES: {
  readonly [S in SectionName]: (entry: CatalogueContent['sections'][S][number]) => readonly Reference[];
} = {
  purposes: (e) => sourceReferences(e.sources),
  categories: (e) => sourceReferences(e.sources),
  levels: (e) => sourceReferences(e.sources),
  actors: (e) => refer('actors', 'includedIn', e.includedIn),
  bindings: (e) => [
    ...refer('provisions', 'firmFor', e.firmFor),
    ...refer('provisions', 'provisions', e.provisions),
    ...sourceReferences(e.sources),
  ],
  provisions: (e) => [
    ...refer('purposes', 'purposes', e.purposes),
    ...refer('actors', 'disclosers.categories', e.disclosers.categories),
    ...refer('actors', 'recipients.categories', e.recipients.categories),
    ...refer('categories', 'information.excludedCategories', e.information.excludedCategories),
    ...refer('provisions', 'sanctionsIfMissed', e.sanctionsIfMissed),
    { to: 'durations', field: 'duration.code', code: e.duration.code },
    ...sourceReferences(e.sources),
  ],
  retention: (e) => [
    ...refer('purposes', 'appliesTo.purposes', e.appliesTo?.purposes ?? []),
    ...refer('categories', 'appliesTo.categories', e.appliesTo?.categories ?? []),
    ...sourceReferences(e.sources),
  ],
  deadlines: (e) => sourceReferences(e.sources),
  durations: (e) => (e.duty === null ? [] : [{ to: 'deadlines', field: 'duty', code: e.duty }]),
  channels: () => [],
  notices: (e) => [
    ...refer('purposes', 'purposes', e.purposes),
    ...refer('provisions', 'provisions', e.provisions),
  ],
};

/** Codes of an entry that stand nowhere in the catalogue. The entry's shape must have been checked before. */
export function danglingReferences<S extends SectionName>(
  section: S,
  entry: CatalogueContent['sections'][S][number],
  known: Known,
): readonly FieldProblem[] {
  const references: readonly Reference[] = REFERENCES[section](entry);
  return references
    .filter(({ to, code }) => !known[to].has(code))
    .map(({ to, code, field }) => ({ field, message: `names ${code}, which is not in ${to}.json` }));
}
