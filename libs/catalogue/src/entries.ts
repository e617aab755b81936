import type { Code } from '#decider';
import type { Level, Sourced, Text } from './basics.js';
import type { Provision } from './provision.js';

export * from './basics.js';

/** Calendar months or days; zero days: the same day. */
export type Period = { readonly months: number } | { readonly days: number };

/** Letters of GDPR article 9(2); `a`: nothing but explicit consent. */
export type Gdpr9Ground = 'a' | 'b' | 'c' | 'f' | 'g' | 'h';

export interface Purpose extends Sourced {
  readonly code: Code<'Purpose'>;
  readonly name: Text;
  readonly dpv: {
    readonly term: string;
    readonly iri: string;
    readonly fit: 'exact' | 'loose';
  } | null;
  readonly gdpr9: { readonly ground: Gdpr9Ground; readonly status: 'working-hypothesis' | 'confirmed' };
  /** An alert to an authority, or a requisition: no benefit that the person could observe is asked for. */
  readonly alert: boolean;
  /** Whether texts that authorise sharing for this purpose are listed, still sought, or absent on purpose. */
  readonly provisions: 'listed' | 'being-sought' | 'none-on-purpose';
}

export interface Category extends Sourced {
  readonly code: Code<'Category'>;
  readonly name: Text;
  readonly defaultLevel: Level;
  /** Special category of GDPR article 9, or offence data of article 10. */
  readonly special: 'article-9' | 'article-10' | 'none';
  /** Stands in exclusions only: `secret-information` means any item at level secret. */
  readonly wildcard: boolean;
}

export interface LevelEntry extends Sourced {
  readonly code: Level;
  readonly rank: number;
  readonly name: Text;
  readonly test: Text;
  readonly effect: Text;
  /** Points that always apply at this level; a cited provision may add some. */
  readonly points: readonly number[];
}

/** A kind of professional, authority or relation that provisions list. */
export interface ActorCategory {
  readonly code: string;
  readonly name: Text;
  /** Designated by office: where a provision lists it, that provision itself makes it a lawful party. */
  readonly authority: boolean;
  /** Matches anybody (`any`) or anybody bound by secrecy. */
  readonly wildcard: boolean;
  /** A physician is a health professional: one who carries this category also carries those. */
  readonly includedIn: readonly string[];
}

/** A text that binds somebody by secrecy. Secrecy is never self-assigned: each binding needs one. */
export interface Binding extends Sourced {
  readonly code: Code<'Binding'>;
  readonly kind: 'profession' | 'mission' | 'function' | 'commission' | 'status';
  readonly firmness: 'firm' | 'debated';
  /** Provisions under which a debated binding is firm. */
  readonly firmFor: readonly Code<'Provision'>[];
  readonly citation: string;
  readonly provisions: readonly Code<'Provision'>[];
  readonly who: Text;
}

export interface RetentionRule extends Sourced {
  readonly code: Code<'Retention'>;
  readonly name: Text;
  /** Null: the published figure could not be read, so no expiry can be checked against it. */
  readonly period: Period | null;
  readonly from: 'disclosure' | 'last-contact' | 'decision-expiry' | 'birth' | 'objection';
  readonly binding: 'mandatory' | 'recommended' | 'design-choice';
  /** For which purposes, and for which categories, it was made; a list left out bounds nothing. */
  readonly appliesTo?: {
    readonly purposes?: readonly Code<'Purpose'>[];
    readonly categories?: readonly Code<'Category'>[];
  };
  readonly notes: Text | null;
}

export const DUTY_KINDS = [
  'inform-person',
  'record-consent-sought',
  'seek-consent',
  'answer-objection',
  'tell-secrecy',
  'acknowledge-receipt',
  'purge',
  'record-effect',
  'record-care-relation',
  'attest-destruction',
  'give-result',
  'no-onward-sharing',
  'notify-changes',
  'settle-after-alert',
  'decide-escalation',
] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** By when a duty is due where the provision does not say; counted from the act. */
export interface DutyDeadline extends Sourced {
  readonly code: DutyKind;
  readonly name: Text;
  readonly period: Period;
  readonly notes: Text | null;
}

/** What a provision's `duration.code` means for deadlines. */
export interface ProvisionDuration {
  readonly code: string;
  readonly name: Text;
  readonly duty: DutyKind | null;
  readonly period: Period | null;
}

export interface Channel {
  readonly code: string;
  readonly name: Text;
  readonly secure: boolean;
}

/** Words in which a person is informed; one version is never changed, a new one is added. */
export interface Notice {
  readonly id: string;
  readonly code: string;
  readonly version: string;
  /** `care-team`: a general notice about the team; `named`: recipients are filled in. */
  readonly scope: 'care-team' | 'named';
  readonly purposes: readonly Code<'Purpose'>[];
  readonly provisions: readonly Code<'Provision'>[];
  readonly title: Text;
  readonly body: readonly Text[];
}

export interface Sections {
  readonly purposes: readonly Purpose[];
  readonly categories: readonly Category[];
  readonly levels: readonly LevelEntry[];
  readonly actors: readonly ActorCategory[];
  readonly bindings: readonly Binding[];
  readonly provisions: readonly Provision[];
  readonly retention: readonly RetentionRule[];
  readonly deadlines: readonly DutyDeadline[];
  readonly durations: readonly ProvisionDuration[];
  readonly channels: readonly Channel[];
  readonly notices: readonly Notice[];
}

export type SectionName = keyof Sections;
export type EntryOf<S extends SectionName> = Sections[S][number];

/** Section and file bear the same name: `purposes` stands in `data/purposes.json`. */
export const SECTIONS: readonly SectionName[] = [
  'purposes',
  'categories',
  'levels',
  'actors',
  'bindings',
  'provisions',
  'retention',
  'deadlines',
  'durations',
  'channels',
  'notices',
];

export interface VersionLabel {
  /** `2026.1`: year and number in the year. */
  readonly version: string;
  readonly validFrom: string;
  readonly title: Text;
}

/** Everything a catalogue says, as plain data; what its digest covers. */
export interface CatalogueContent {
  readonly version: VersionLabel;
  readonly sections: Sections;
}

/** What names an entry within its section. */
export function keyOf(entry: { readonly code?: string; readonly id?: string }): string {
  return entry.id ?? entry.code ?? '';
}
