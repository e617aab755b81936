import type { Code, Effective } from '#decider';
import type { ItemId, Party, ProvisionCode, PurposeCode } from './facts.js';

export type Frame =
  'exchange' | 'care-team' | 'made-available' | 'commission-session' | 'transmission' | 'requisition';

export interface RequestedItem {
  readonly item: ItemId;
  /** Why this recipient needs this item for this purpose. */
  readonly justification?: string;
  readonly wholeFile?: boolean;
  readonly commentary?: boolean;
  /** The discloser or the chair says it has nothing to do with the point examined. */
  readonly unrelated?: boolean;
}

/** Why the person was not told, or could not be asked, in writing. */
export interface Exception {
  readonly kind: 'emergency' | 'impossibility' | 'contrary-to-interest';
  readonly reason: string;
}

/** The act whose nine points are asked for: intended, or one that happened. */
export interface DisclosureRequest {
  readonly purpose?: PurposeCode;
  readonly objective?: string;
  readonly benefit?: string;
  readonly provision?: ProvisionCode;
  /** It rests on these consents and no other; left out: on whichever is in force. */
  readonly consents?: readonly string[];
  readonly frame: Frame;
  /** The session in which items are tabled, in frame `commission-session`. */
  readonly session?: string;
  readonly channel?: string;
  readonly items: readonly RequestedItem[];
  readonly recipients: readonly Party[];
  readonly exception?: Exception;
  readonly retention?: { readonly rule: Code<'Retention'>; readonly until?: Effective };
  /** The manager who answers for crossing the institution's border. */
  readonly responsibleManager?: string;
  /** What is made beside the act itself and stays. */
  readonly keeps?: readonly ('export' | 'private-note' | 'file')[];
  /** Essential items that a member does not share, and why (C6). */
  readonly withheld?: readonly { readonly reason?: string }[];
  /** When it takes effect. */
  readonly at: Effective;
  /** When the question is asked, if not at the act itself; duties due before then cannot be met any more. */
  readonly assessedAt?: Effective;
}
