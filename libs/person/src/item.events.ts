import type { DomainEvent } from '#decider';
import type { CategoryCode, DisclosureId, ItemId, Level, PurposeCode } from './person.ids.js';
import type { Holder } from './recipient.js';

/** Where a holder has an item from, as the holder declares it. */
export type Source =
  | { readonly kind: 'person' }
  | { readonly kind: 'observation' }
  | { readonly kind: 'disclosure'; readonly disclosure: DisclosureId }
  | { readonly kind: 'session'; readonly session: string }
  /** Outside this ledger. */
  | { readonly kind: 'external'; readonly note?: string };

/** That somebody holds an item: under which mandate it was learnt, for which purpose it was obtained. */
export interface HoldingData {
  readonly item: ItemId;
  readonly holder: Holder;
  readonly purpose: PurposeCode;
  readonly source: Source;
}

export interface ItemData {
  readonly item: ItemId;
  readonly category: CategoryCode;
  /** A label, never the content; about a third party it names the relationship, not the third party. */
  readonly label: string;
  readonly level?: Level;
  /** What makes it secret: bindings of the catalogue. */
  readonly secretBy: readonly string[];
  readonly thirdParty?: string;
  /** Salted digest of a document, base64url. */
  readonly documentDigest?: string;
  /** Kept from holders of parental authority (CSP L1111-5). */
  readonly keptFromParents: boolean;
}
export type InformationDescribed = DomainEvent<
  'InformationDescribed',
  ItemData & { readonly holding: Omit<HoldingData, 'item'> }
>;
export type InformationRequalified = DomainEvent<
  'InformationRequalified',
  {
    readonly item: ItemId;
    readonly category?: CategoryCode;
    readonly level?: Level;
    readonly label?: string;
    readonly reason: string;
  }
>;
export type HoldingDeclared = DomainEvent<'HoldingDeclared', HoldingData>;

export type ItemEvent = InformationDescribed | InformationRequalified | HoldingDeclared;
