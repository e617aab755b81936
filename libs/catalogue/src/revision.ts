import { streamName, type DomainEvent, type StreamName } from '#decider';
import { catalogueOf, type Catalogue } from './catalogue.js';
import {
  keyOf,
  SECTIONS,
  type CatalogueContent,
  type EntryOf,
  type SectionName,
  type Sections,
  type VersionLabel,
} from './entries.js';
import { problemsIn, type Problem } from './validate.js';

/** An entry that is new or replaces the one of the same name, in full; or the name of one that goes. */
export type ChangedEntry =
  | { readonly [S in SectionName]: { readonly section: S; readonly entry: EntryOf<S> } }[SectionName]
  | { readonly section: SectionName; readonly removed: string };

/** What a data officer publishes. */
export interface Revision extends VersionLabel {
  readonly changed: readonly ChangedEntry[];
}
/** `digest` is that of the catalogue which results, so a ledger that was tampered with rebuilds nothing. */
export type CatalogueRevised = DomainEvent<'CatalogueRevised', Revision & { readonly digest: string }>;

export const CATALOGUE_STREAM: StreamName = streamName('catalogue');

export type Revised =
  | { readonly kind: 'revised'; readonly catalogue: Catalogue; readonly event: CatalogueRevised['data'] }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] };

const NOTHING = Object.fromEntries(SECTIONS.map((name) => [name, []])) as unknown as Sections;

/**
 * The catalogue after some entries have changed. `catalogue` undefined: the first version, from nothing. Rejected
 * with every problem of the result (see `problemsIn`), when the version label does not change, and when the
 * revision carries a digest other than that of the result. `event` is the payload to append.
 */
export function applyRevision(
  catalogue: Catalogue | undefined,
  revision: Revision & { readonly digest?: string },
): Revised {
  const { version, validFrom, title, changed } = revision;
  const stray = changed.filter((change) => !SECTIONS.includes(change.section));
  if (stray.length > 0) return rejected('changed', `names ${stray[0]!.section}, which is no section`);
  if (catalogue?.version === version) return rejected('version', `${version} has been published already`);

  const sections = changed.reduce(applyChange, catalogue?.content.sections ?? NOTHING);
  const content: CatalogueContent = { version: { version, validFrom, title }, sections };
  const problems = problemsIn(content);
  if (problems.length > 0) return { kind: 'rejected', problems };

  const next = catalogueOf(content);
  if (revision.digest !== undefined && revision.digest !== next.digest)
    return rejected('digest', `is ${revision.digest}, but the entries give ${next.digest}`);
  return {
    kind: 'revised',
    catalogue: next,
    event: { version, validFrom, title, changed, digest: next.digest },
  };
}

function applyChange(sections: Sections, change: ChangedEntry): Sections {
  const entries: readonly { code?: string; id?: string }[] = sections[change.section];
  if ('removed' in change)
    return { ...sections, [change.section]: entries.filter((e) => keyOf(e) !== change.removed) };
  const key = keyOf(change.entry);
  const next = entries.some((e) => keyOf(e) === key)
    ? entries.map((e) => (keyOf(e) === key ? change.entry : e))
    : [...entries, change.entry];
  return { ...sections, [change.section]: next };
}

function rejected(field: string, message: string): Revised {
  return { kind: 'rejected', problems: [{ file: 'revision', entry: 'CatalogueRevised', field, message }] };
}

/** A whole catalogue as the first event of its stream: everything in it has changed. */
export function firstRevision(catalogue: Catalogue): CatalogueRevised['data'] {
  const { version, sections } = catalogue.content;
  const changed = SECTIONS.flatMap((section) =>
    sections[section].map((entry) => ({ section, entry }) as ChangedEntry),
  );
  return { ...version, changed, digest: catalogue.digest };
}

/** Any version again, from the events up to it. Throws on events that do not give the digest they carry. */
export function rebuild(revisions: readonly CatalogueRevised['data'][]): Catalogue | undefined {
  return revisions.reduce<Catalogue | undefined>((catalogue, revision) => {
    const result = applyRevision(catalogue, revision);
    if (result.kind === 'rejected')
      throw new Error(`catalogue ${revision.version} cannot be rebuilt: ${result.problems[0]!.message}`);
    return result.catalogue;
  }, undefined);
}
