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
  const byMs = endMs(at);
  for (const learnt of momentsOfReceiving(person, item, holder))
    if (startMs(learnt.effectiveAt) < byMs && !purges.some(({ origin }) => comesAfter(origin, learnt)))
      return true;
  return false;
}
