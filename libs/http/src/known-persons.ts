import type { Id } from '#decider';

/** Whether a question about a person may be answered at all. */
export abstract class KnownPersons {
  /** @throws Problem 404 for a person who is not there, or whose erasure was requested: both look the same */
  abstract mustKnow(person: Id<'Person'>): Promise<void>;
}
