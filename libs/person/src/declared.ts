import type { Effective } from '#decider';
import type { MandateId } from '#directory';
import type { ItemId } from './person.ids.js';
import type { Recipient } from './recipient.js';
import type { ItemLeftOut } from './refusal-reason.js';

/** What a discloser declares for the assessment only. */
export interface Declared {
  /** Why the person was not told, or could not be asked, in writing. */
  readonly exception?: {
    readonly kind: 'emergency' | 'impossibility' | 'contrary-to-interest';
    /** Left out: nobody wrote one, as far as a report knows. */
    readonly reason?: string;
    /** When the exception is looked at again. */
    readonly reviewBy?: Effective;
  };
  readonly unableToProtectThemselves?: boolean;
  /** Mandates among the parties of which the discloser says that they take part in the person's care. */
  readonly inCare?: readonly MandateId[];
  /** What is made beside the act itself and stays. */
  readonly keeps?: readonly ('export' | 'private-note' | 'file')[];
  /** Essential items that are not shared, and why (C6). */
  readonly withheld?: readonly { readonly reason?: string }[];
  /** What was denied and therefore taken out before it was tabled, or before an alert went out. */
  readonly leftOut?: {
    readonly items: readonly ItemId[];
    readonly recipients: readonly Recipient[];
    /** Of an alert: why each item was excessive. */
    readonly why?: readonly ItemLeftOut[];
  };
}

/** What of it a report can tell. */
export type Explained = Pick<Declared, 'exception' | 'unableToProtectThemselves' | 'keeps' | 'withheld'>;
