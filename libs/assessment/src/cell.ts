import type { Effective } from '#decider';
import type { Catalogue, Found, Level, Provision, Purpose } from '#catalogue';
import type { AssessmentFacts, Cited, ItemFacts, PartyFacts, SessionFacts } from './facts.js';
import type { DisclosureRequest, RequestedItem } from './request.js';
import type { RuleId } from './rules/rules.js';
import type { Stance } from './stance.js';

export type FactKind =
  | 'provision'
  | 'purpose'
  | 'item'
  | 'holding'
  | 'consent'
  | 'refusal'
  | 'withdrawal'
  | 'objection'
  | 'information'
  | 'representation'
  | 'capacity'
  | 'mandate'
  | 'care-relation'
  | 'membership'
  | 'session'
  | 'binding'
  | 'retention-rule';

/** A fact that a result relied on. No id: it belongs to another institution, only its effect may be told. */
export interface FactRef {
  readonly kind: FactKind;
  readonly id?: string;
}

export function cite(kind: FactKind, ...facts: readonly (Cited | undefined)[]): FactRef[] {
  return facts
    .filter((fact) => fact !== undefined)
    .map((fact) => (fact.hidden ? { kind } : { kind, id: fact.id }));
}

export function citeCode(kind: FactKind, ...codes: readonly (string | undefined)[]): FactRef[] {
  return codes.filter((code) => code !== undefined).map((id) => ({ kind, id }));
}

/** One rule that applies to a cell, and what it rests on. */
export interface Ruling {
  readonly rule: RuleId;
  readonly facts: readonly FactRef[];
  /** The safety rule does not soften this one, though it softens the rule in general. */
  readonly firm?: true;
}

export function ruling(rule: RuleId, facts: readonly FactRef[] = []): Ruling {
  return { rule, facts };
}

/** What is the same for every item and recipient of one request. */
export interface Act {
  readonly facts: AssessmentFacts;
  readonly catalogue: Catalogue;
  readonly request: DisclosureRequest;
  readonly at: Effective;
  readonly purpose: Found<Purpose> | undefined;
  /** The cited provision, when a disclosure may rest on it; any other counts as none. */
  readonly provision: Found<Provision> | undefined;
  /** Something was cited that cannot be a basis. */
  readonly unfitCitation: boolean;
  /** The cited provision is one of the safety rule. */
  readonly safety: boolean;
  /** Purpose judicial-requisition, with a provision: the secrecy of the inquiry. */
  readonly requisition: boolean;
}

/** One item for one recipient: what the nine points are asked of. */
export interface Cell extends Act {
  readonly item: ItemFacts;
  readonly asked: RequestedItem;
  readonly recipient: PartyFacts;
  readonly level: Level;
  /** Categories that exclusions are matched against, the wildcard for secret information included. */
  readonly exclusionCategories: ReadonlySet<string>;
  /** The session in whose frame the item is judged; `unknown` when the request names none that is on record. */
  readonly session: SessionFacts | 'unknown' | undefined;
  readonly stance: Stance;
}

/** One point: every ruling that applies, in no order. None: the point is in order. */
export type Point = (cell: Cell) => readonly Ruling[];
/** One rule of a point. */
export type PointRule = (cell: Cell) => Ruling | undefined;

export function rulingsOf(rules: readonly PointRule[], cell: Cell): readonly Ruling[] {
  return rules.map((rule) => rule(cell)).filter((r) => r !== undefined);
}

export function blank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
