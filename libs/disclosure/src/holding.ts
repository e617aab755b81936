import type { Effective } from '#decider';
import {
  comesAfter,
  momentsOfReceiving,
  purgesBy,
  type ActivePerson,
  type Holder,
  type ItemId,
} from '#person';
import { endMs, startMs } from '#time';

/**
 * Whether somebody who means to pass an item on has it: learnt by then, and its purge not attested since, up to now.
 * What was purged after the day of the act counts against it, as withdrawals do: nobody still means to tell it.
 */
export function held(person: ActivePerson, item: ItemId, holder: Holder, at: Effective): boolean {
  const purges = purgesBy(person, item, holder);
  return momentsOfReceiving(person, item, holder)
    .filter(({ effectiveAt }) => startMs(effectiveAt) < endMs(at))
    .some((learnt) => !purges.some(({ origin }) => comesAfter(origin, learnt)));
}
