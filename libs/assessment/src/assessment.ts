import type { Effective } from '#decider';
import type { DutyKind, Level, Text } from '#catalogue';
import type { FactRef } from './cell.js';
import type { InstitutionId, ItemId, Party, ProvisionCode, PurposeCode } from './facts.js';
import type { PointNumber } from './points.js';
import type { RuleId } from './rules/rules.js';
import type { State, Verdict } from './verdict.js';

/** What the law attaches to ignoring a result. `caution`, here and below: what to know of a text not read or doubted. */
export interface Consequence {
  readonly provision: ProvisionCode;
  readonly citation: string;
  readonly summary: Text;
  readonly caution: Text | null;
}

export interface Explanation {
  /** Stable id of the rule. */
  readonly rule: RuleId;
  readonly state: State;
  /** One plain sentence for a professional, at most 25 words. */
  readonly sentence: Text;
  readonly facts: readonly FactRef[];
  /** What would make it pass; null where nothing is to be done. */
  readonly toPass: Text | null;
  readonly consequences: readonly Consequence[];
  /** Of the provision among the facts. */
  readonly caution: Text | null;
  /** The safety rule made it a warning with a task. */
  readonly softened: boolean;
}

/** A point's verdict, explained by the rule that decided it. */
export interface PointResult extends Explanation {
  readonly point: PointNumber;
  /** What else was found under this point. */
  readonly also: readonly Explanation[];
}

export interface Duty {
  readonly kind: DutyKind;
  readonly text: Text;
  readonly debtor: Party | { readonly kind: 'institution'; readonly institution: InstitutionId | undefined };
  readonly recipient: Party;
  readonly items: readonly ItemId[];
  /** Done by then; a standing duty holds until then. */
  readonly deadline: Effective;
  readonly standing: boolean;
}

export type States = Readonly<Record<PointNumber, State>>;

/** One item for one recipient. */
export interface CellResult {
  readonly item: ItemId;
  readonly recipient: Party;
  readonly level: Level;
  /** False: telling the person or their representative, which asks for mandates in force alone. */
  readonly disclosure: boolean;
  readonly verdict: Verdict;
  readonly points: readonly PointResult[];
}

export interface CellName {
  readonly item: ItemId;
  readonly recipient: Party;
}

/** A way to take out what is denied, and what the rest then comes to. */
export interface Removal {
  readonly take: 'cells' | 'items' | 'recipients';
  readonly cells: readonly CellName[];
  readonly verdict: Verdict;
}

/** Another provision under which the same act would pass, or need less. */
export interface Alternative {
  readonly provision: ProvisionCode;
  readonly citation: string;
  readonly title: Text;
  readonly caution: Text | null;
  readonly purpose: PurposeCode;
  /** The request named another purpose: it is only open to whoever truly pursues this one. */
  readonly otherPurpose: boolean;
  readonly verdict: Verdict;
  /** Points not yet in order under it. */
  readonly open: readonly PointNumber[];
}

/** A way to the same end that is no such disclosure. */
export interface OtherWay {
  readonly way:
    | 'hand-to-person'
    | 'on-behalf'
    | 'colleague-takes-over'
    | 'anonymous-facts'
    | 'alert-if-danger'
    | 'written-requisition';
  readonly text: Text;
  readonly provisions: readonly ProvisionCode[];
  /** The first that one of its provisions calls for. */
  readonly caution: Text | null;
}

export interface Assessment {
  readonly verdict: Verdict;
  /** The worst of each point over all items and recipients. */
  readonly points: readonly PointResult[];
  readonly cells: readonly CellResult[];
  readonly byItem: readonly { readonly item: ItemId; readonly verdict: Verdict; readonly states: States }[];
  readonly byRecipient: readonly {
    readonly recipient: Party;
    readonly verdict: Verdict;
    readonly states: States;
  }[];
  readonly duties: readonly Duty[];
  /** Fewest cells first; empty where nothing is denied or nothing would be left. */
  readonly removals: readonly Removal[];
  readonly alternatives: readonly Alternative[];
  readonly otherWays: readonly OtherWay[];
  readonly used: {
    readonly catalogueVersion: string;
    readonly catalogueDigest: string;
    readonly personRevision: number | undefined;
  };
}
