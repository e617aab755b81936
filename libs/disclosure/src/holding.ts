import type { Effective } from '#decider';
import { holderKey, momentsOfReceiving, type ActivePerson, type Holder, type ItemId } from '#person';
import { endMs, startMs } from '#time';

/** Whether somebody had an item when something took effect: learnt it, and has not attested its purge since. */
export function held(person: ActivePerson, item: ItemId, holder: Holder, at: Effective): boolean {
  const before = momentsOfReceiving(person, item, holder)
    .map(startMs)
    .filter((ms) => ms < endMs(at));
  if (before.length === 0) return false;
  const purged = [...(person.purges.get(item) ?? [])]
    .filter((purge) => holderKey(purge.holder) === holderKey(holder))
    .map((purge) => startMs(purge.origin.effectiveAt))
    .filter((ms) => ms <= startMs(at));
  return Math.max(...before) > Math.max(-Infinity, ...purged);
}
