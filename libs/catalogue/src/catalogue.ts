import type { Code } from '#decider';
import { digestOf } from './digest.hash.js';
import {
  keyOf,
  type ActorCategory,
  type Binding,
  type CatalogueContent,
  type Category,
  type Channel,
  type DutyDeadline,
  type DutyKind,
  type Level,
  type LevelEntry,
  type Notice,
  type ProvisionDuration,
  type Purpose,
  type RetentionRule,
  type Sourced,
} from './entries.js';
import { canBeABasis, type Provision } from './provision.js';
import { reliabilityOf, type Found } from './reliability.js';

/** What a disclosure is known to be, to find the provisions that could carry it. What is left out is not asked. */
export interface ProvisionQuery {
  readonly purpose?: Code<'Purpose'>;
  readonly discloserCategories?: readonly string[];
  readonly recipientCategories?: readonly string[];
  readonly category?: Code<'Category'>;
}

/** One version of the catalogue. Immutable: everything reached through it is frozen. */
export interface Catalogue {
  readonly version: string;
  readonly digest: string;
  readonly content: CatalogueContent;
  purpose(code: Code<'Purpose'>): Found<Purpose> | undefined;
  category(code: Code<'Category'>): Found<Category> | undefined;
  level(code: Level): Found<LevelEntry>;
  actorCategory(code: string): ActorCategory | undefined;
  /** The categories given and all those that include them: a nurse is a health professional. */
  allCategories(codes: readonly string[]): ReadonlySet<string>;
  binding(code: Code<'Binding'>): Found<Binding> | undefined;
  provision(id: Code<'Provision'>): Found<Provision> | undefined;
  retention(code: Code<'Retention'>): Found<RetentionRule> | undefined;
  deadline(duty: DutyKind): Found<DutyDeadline>;
  duration(code: string): ProvisionDuration | undefined;
  channel(code: string): Channel | undefined;
  notice(id: string): Notice | undefined;
  /** Provisions a disclosure may rest on that fit what is known of it, in catalogue order. */
  provisionsFor(query: ProvisionQuery): readonly Found<Provision>[];
  /** The one way from a text to a code: only codes that stand in the catalogue come back. */
  codeOf<Kind extends CodeKind>(kind: Kind, text: string): Code<Kind> | undefined;
}

export type CodeKind = 'Purpose' | 'Category' | 'Binding' | 'Provision' | 'Retention';

/** Callers MUST pass a content without problems (`problemsIn`); loading and revising do. */
export function catalogueOf(content: CatalogueContent): Catalogue {
  const frozen = deepFreeze(structuredClone(content));
  const { sections } = frozen;
  const [purposes, categories, levels] = [
    graded(sections.purposes),
    graded(sections.categories),
    graded(sections.levels),
  ];
  const [bindings, provisions] = [graded(sections.bindings), graded(sections.provisions)];
  const [retention, deadlines] = [graded(sections.retention), graded(sections.deadlines)];
  const [durations, channels, notices] = [
    named(sections.durations),
    named(sections.channels),
    named(sections.notices),
  ];
  const codes = {
    Purpose: purposes,
    Category: categories,
    Binding: bindings,
    Provision: provisions,
    Retention: retention,
  };
  const bases = [...provisions.values()].filter(canBeABasis);
  const actors = actorLookups(sections.actors);
  return Object.freeze<Catalogue>({
    version: frozen.version.version,
    digest: digestOf(frozen),
    content: frozen,
    purpose: (code) => purposes.get(code),
    category: (code) => categories.get(code),
    level: (code) => required(levels, code),
    binding: (code) => bindings.get(code),
    provision: (id) => provisions.get(id),
    retention: (code) => retention.get(code),
    deadline: (duty) => required(deadlines, duty),
    duration: (code) => durations.get(code),
    channel: (code) => channels.get(code),
    notice: (id) => notices.get(id),
    ...actors,
    provisionsFor: (query) => bases.filter((p) => fits(p, query, actors.allCategories)),
    codeOf: <Kind extends CodeKind>(kind: Kind, text: string) =>
      codes[kind].has(text) ? (text as Code<Kind>) : undefined,
  });
}

function named<E extends { readonly code?: string; readonly id?: string }>(entries: readonly E[]) {
  return new Map<string, E>(entries.map((entry) => [keyOf(entry), entry]));
}

/** Graded once, when the catalogue is made: look-ups happen for every item and recipient of every assessment. */
function graded<E extends Sourced & { readonly code?: string; readonly id?: string }>(entries: readonly E[]) {
  return named(entries.map((e): Found<E> => Object.freeze({ ...e, reliability: reliabilityOf(e) })));
}

/** For the four levels and the duties the program knows by name: a catalogue without them is refused. */
function required<E>(entries: ReadonlyMap<string, E>, key: string): E {
  const entry = entries.get(key);
  if (entry === undefined) throw new Error(`the catalogue has no entry ${key}`);
  return entry;
}

function actorLookups(entries: readonly ActorCategory[]): Pick<Catalogue, 'actorCategory' | 'allCategories'> {
  const actors = named(entries);
  return {
    actorCategory: (code) => actors.get(code),
    allCategories: (codes) => {
      const all = new Set(codes);
      // A set grows while it is walked, so what was just added is widened too, and a circle ends.
      for (const code of all) for (const wider of actors.get(code)?.includedIn ?? []) all.add(wider);
      return all;
    },
  };
}

function fits(
  provision: Provision,
  { purpose, discloserCategories, recipientCategories, category }: ProvisionQuery,
  allCategories: Catalogue['allCategories'],
): boolean {
  const lists = (listed: readonly string[], carried: readonly string[] | undefined) => {
    if (carried === undefined || listed.includes('any') || listed.includes('any-bound-by-secrecy'))
      return true;
    const all = allCategories(carried);
    return listed.some((c) => all.has(c));
  };
  return (
    (purpose === undefined || provision.purposes.includes(purpose)) &&
    (category === undefined || !provision.information.excludedCategories.includes(category)) &&
    lists(provision.disclosers.categories, discloserCategories) &&
    lists(provision.recipients.categories, recipientCategories)
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
