import type { Code } from '#decider';
import type { Level, Sourced, Text } from './basics.js';

export type ProvisionKind =
  | 'sharing-authorisation'
  | 'transmission-obligation'
  | 'reporting-permission'
  | 'secrecy-rule'
  | 'prohibition'
  | 'data-subject-right';

export type Role =
  'authorises' | 'obliges' | 'permits' | 'conditions' | 'defines' | 'secrecy' | 'prohibits' | 'right';

/** What stands between the recipient and the person, or the discloser, for the provision to apply. */
export type Relationship =
  | 'takes-part-in-care'
  | 'same-care-team'
  | 'outside-care-team'
  | 'relative'
  | 'authority'
  | 'hierarchy-of-mission'
  | 'same-mission-other-territory'
  | 'statutory'
  | 'public-administration'
  | 'contributes-to-child-protection'
  | 'acts-for-same-person'
  | 'same-procedure'
  | 'commission-member'
  | 'commission-instructor'
  | 'designated-body'
  | 'group-member'
  | 'person'
  | 'parent'
  | 'legal-representative'
  | 'none';

export type PersonInformation =
  | 'prior-required'
  | 'prior-required-unless-emergency-or-impossible'
  | 'prior-required-unless-contrary-to-interest'
  | 'at-first-contact'
  | 'not-specified'
  | 'not-required'
  | 'not-applicable';

export type ConsentRule =
  'prior-required' | 'objection-possible' | 'not-required' | 'not-specified' | 'not-applicable';

/** A coded rule with the words of the text where they say more than the code. */
export interface CodedRule {
  readonly code: string;
  readonly fr?: string;
  readonly en?: string;
}

/** `null` in a `mustBe…` field: the text says nothing about it. */
export interface Provision extends Sourced {
  readonly id: Code<'Provision'>;
  readonly citation: string;
  readonly kind: ProvisionKind;
  readonly role: Role;
  readonly bindingness: 'statute' | 'regulation' | 'eu-regulation' | 'soft-law';
  readonly title: Text;
  readonly summary: Text;
  readonly purposes: readonly Code<'Purpose'>[];
  readonly disclosers: {
    readonly categories: readonly string[];
    readonly mustBeBoundBySecrecy: boolean | null;
    readonly mustTakePartInCare: boolean | null;
  };
  readonly recipients: {
    readonly categories: readonly string[];
    readonly mustBeBoundBySecrecy: boolean | null;
    readonly relationship: Relationship | null;
    readonly identification: 'by-category' | 'authority' | 'by-mission-and-function' | 'named-individually';
    readonly commission: string | null;
    readonly becomesBoundByReceipt: boolean | null;
  };
  readonly information: {
    readonly necessity: 'strictly-necessary' | 'necessary' | 'not-applicable';
    readonly maxLevel: Level;
    readonly excludedCategories: readonly Code<'Category'>[];
    readonly limits: Text;
  };
  readonly personInformation: PersonInformation;
  readonly consent: ConsentRule;
  readonly representation: CodedRule;
  readonly form: CodedRule;
  readonly duration: CodedRule;
  readonly withdrawal: CodedRule;
  readonly conditions: readonly Text[];
  /** Provisions that say what follows when this one is not kept. */
  readonly sanctionsIfMissed: readonly Code<'Provision'>[];
  readonly attentionPoints: readonly number[];
  readonly confidence: 'high' | 'medium' | 'low';
  readonly notes: Text | null;
  /** Left out while nobody has looked the dates up: it then counts as in force, and says so. */
  readonly inForce?: { readonly from?: string; readonly until?: string };
}

const BASES: ReadonlySet<Role> = new Set<Role>(['authorises', 'obliges', 'permits']);

/**
 * Whether a disclosure may rest on it at all. A prohibition, a definition or a rule of secrecy authorises nothing;
 * the general clause of C. pén. 226-14 only refers to other texts, so by itself it is no basis either.
 */
export function canBeABasis(provision: Pick<Provision, 'id' | 'role'>): boolean {
  return BASES.has(provision.role) && provision.id !== 'cp-226-14-general';
}
