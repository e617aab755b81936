import { DUTY_KINDS, keyOf, LEVELS, SECTIONS, type CatalogueContent, type SectionName } from './entries.js';
import { danglingReferences, knownKeys } from './references.js';
import { SHAPES, VERSION_SHAPE } from './shapes.js';

/** Something wrong in a catalogue, where a data officer can find it. */
export interface Problem {
  /** `purposes.json`. */
  readonly file: string;
  /** Code or id of the entry; its number in the file where it has none. */
  readonly entry: string;
  /** Path inside the entry: `recipients.categories[2]`. */
  readonly field: string;
  readonly message: string;
}

export function describe({ file, entry, field, message }: Problem): string {
  return `${file}: ${entry}: ${field} ${message}`;
}

/**
 * Everything wrong with what was read as a catalogue: fields missing, unknown or ill-typed, texts without their
 * translation, two entries of one name, codes that stand nowhere. None: it can be used.
 */
export function problemsIn(content: unknown): readonly Problem[] {
  const { version, sections } = (content ?? {}) as { version?: unknown; sections?: Record<string, unknown> };
  const shape = [
    ...VERSION_SHAPE(version, '').map((p) => ({ file: 'version.json', entry: 'version', ...p })),
    ...SECTIONS.flatMap((name) => shapeProblems(name, sections?.[name])),
  ];
  // References are only followed through entries that have their fields.
  return shape.length > 0 ? shape : contentProblems(content as CatalogueContent);
}

function shapeProblems(section: SectionName, entries: unknown): readonly Problem[] {
  const file = `${section}.json`;
  if (!Array.isArray(entries)) return [{ file, entry: '(file)', field: '', message: 'is not a list' }];
  const seen = new Set<string>();
  return entries.flatMap((entry: unknown, i) => {
    const key = nameOf(entry) ?? `entry ${i + 1}`;
    const twice = seen.has(key) ? [{ field: 'code', message: 'stands twice in this file' }] : [];
    seen.add(key);
    return [...SHAPES[section](entry, ''), ...twice].map((p) => ({ file, entry: key, ...p }));
  });
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  return keyOf(entry) || undefined;
}

function contentProblems(content: CatalogueContent): readonly Problem[] {
  return [
    ...missingEntries('levels', LEVELS, content),
    ...missingEntries('deadlines', DUTY_KINDS, content),
    ...referenceProblems(content),
  ];
}

/** The program knows levels and duties by name, so none of them may be left out. */
function missingEntries(
  section: SectionName,
  needed: readonly string[],
  { sections }: CatalogueContent,
): readonly Problem[] {
  const present = new Set(sections[section].map((entry) => keyOf(entry)));
  return needed
    .filter((key) => !present.has(key))
    .map((entry) => ({
      file: `${section}.json`,
      entry,
      field: 'code',
      message: 'is missing from this file',
    }));
}

function referenceProblems(content: CatalogueContent): readonly Problem[] {
  const known = knownKeys(content);
  return SECTIONS.flatMap((section) =>
    content.sections[section].flatMap((entry) =>
      danglingReferences(section, entry as never, known).map((p) => ({
        file: `${section}.json`,
        entry: keyOf(entry),
        ...p,
      })),
    ),
  );
}
