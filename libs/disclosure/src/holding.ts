import { actsOn, holderKey, type ActivePerson, type Holder, type ItemId } from '#person';
import { endMs, startMs } from '#time';
import type { Effective } from '#decider';

/** Whether somebody had an item when something took effect: learnt it, and has not attested its purge since. */
export function held(person: ActivePerson, item: ItemId, holder: Holder, at: Effective): boolean {
  const key = holderKey(holder);
  const learnt = [
    ...[...(person.holdings.get(item) ?? [])]
      .filter((holding) => holderKey(holding.holder) === key)
      .map((holding) => holding.origin.effectiveAt),
    ...actsOn(person, item)
      .filter((act) => !act.retracted && act.recipients.some((r) => holderKey(r) === key))
      .map((act) => act.effectiveAt),
  ].map(startMs);
  const before = learnt.filter((ms) => ms < endMs(at));
  if (before.length === 0) return false;
  const purged = [...(person.purges.get(item) ?? [])]
    .filter((purge) => holderKey(purge.holder) === key)
    .map((purge) => startMs(purge.origin.effectiveAt))
    .filter((ms) => ms <= startMs(at));
  return Math.max(...before) > Math.max(-Infinity, ...purged);
}
