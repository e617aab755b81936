import type { Effective } from '#decider';
import type { ItemId } from '#person';

/** Something that a holder or an institution owes, from when on, and when it is done. */
export interface Owed {
  readonly kind: string;
  /** Key of a holder, or `institution:<id>`. */
  readonly debtor: string;
  /** The institution that answers for the debtor, as far as the record tells. */
  readonly institution: string | undefined;
  readonly recipient: string | undefined;
  readonly items: readonly ItemId[];
  /** Left out: none was set. */
  readonly deadline: Effective | undefined;
  /** Holds until its deadline, instead of being done by then. */
  readonly standing: boolean;
  readonly sinceMs: number;
  /** FOREVER_MS: not yet. */
  readonly doneMs: number;
}
