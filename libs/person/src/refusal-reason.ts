import type { ItemId } from './person.ids.js';

/** Why an intended act is refused or waits: a rule, and a plain sentence for the professional. */
export interface RefusalReason {
  readonly rule: string;
  readonly fr: string;
  readonly en: string;
  /** What to know of the provision it cites. */
  readonly caution?: { readonly fr: string; readonly en: string };
}

/** An excessive item that an alert went out without. */
export interface ItemLeftOut {
  readonly item: ItemId;
  readonly reasons: readonly RefusalReason[];
}
