/** Every reason for which a command is turned down. The HTTP status of each stands in one table (libs/http). */
export type RejectionKind =
  /** What the path names is not there, or is not the caller's: both look the same. */
  | 'not-found'
  /** An id in the body that this ledger does not know, or that belongs to somebody else. */
  | 'unknown-reference'
  /** A purpose, category, provision or other code that the catalogue does not hold. */
  | 'unknown-code'
  | 'already-exists'
  /** Same names and birth date as somebody already registered. */
  | 'possible-duplicate'
  /** What the command wants to end, answer or lift has been ended, answered or lifted. */
  | 'already-ended'
  | 'mandate-not-in-force'
  | 'date-in-future'
  | 'date-before-birth'
  | 'period-inverted'
  | 'empty-scope'
  /** More than one request may ask for; the detail names the limit. */
  | 'too-large'
  /** The discloser does not hold the item it wants to pass on. */
  | 'not-held'
  | 'not-permitted'
  /** A named human being must decide, with a reason: the law leaves it open. */
  | 'decision-needed'
  /** The request contradicts itself, or a fact already on record. */
  | 'contradiction'
  /** The stream was closed by an erasure: nothing more is recorded about this person. */
  | 'stream-closed';

export interface Rejection {
  readonly kind: RejectionKind;
  /** Path of the offending field in the request, e.g. `recipients[0].mandate`. */
  readonly field?: string;
  /** One sentence: what is wrong. Never carries a value that the caller did not send. */
  readonly detail: string;
  /** One sentence: what to do instead. */
  readonly remedy: string;
  /** What the caller may choose from, e.g. the candidates of a possible duplicate. */
  readonly choices?: readonly string[];
}
