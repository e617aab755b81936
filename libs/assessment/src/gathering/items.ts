import type { Effective } from '#decider';
import type { MandateId } from '#directory';
import { endMs, startMs } from '#time';
import {
  actsOn,
  fencesOn,
  type Act,
  type ActivePerson,
  type Fences,
  type ItemFences,
  type ItemId,
  type Recipient,
} from '#person';
import type { HoldingFacts, ItemFacts, MandateId as HolderId, OutsiderId } from '../facts.js';

/**
 * The items as their discloser has them: under which mandate learnt, for which purpose, on which onward terms.
 * @param heldBy what was learnt after it does not count; left out: all of it does
 */
export function itemsOf(
  person: ActivePerson,
  ids: readonly ItemId[],
  discloser: Recipient | undefined,
  alsoActsUnder: readonly MandateId[],
  heldBy?: Effective,
): readonly ItemFacts[] {
  const holders = holdersOf(discloser, alsoActsUnder);
  const byMs = heldBy ? endMs(heldBy) : Infinity;
  return ids.flatMap((id) => {
    const item = person.items.get(id);
    if (!item) return [];
    const { category, level, thirdParty, keptFromParents } = item;
    const fences = fencesOn(person, id, byMs);
    return {
      id,
      item: id,
      category,
      ...(level ? { level } : {}),
      ...(thirdParty ? { thirdParty } : {}),
      ...(keptFromParents ? { keptFromParents } : {}),
      ...(person.deferred.has(id) ? { deferred: true } : {}),
      holdings: [
        ...declaredOn(person, id, holders, fences, byMs),
        ...receivedOn(person, id, holders, fences, byMs),
      ],
    };
  });
}

/** A human being knows what they learnt under any of their mandates. */
function holdersOf(
  discloser: Recipient | undefined,
  alsoActsUnder: readonly MandateId[],
): ReadonlySet<string> {
  if (discloser?.kind === 'mandate') return new Set<string>([discloser.mandate, ...alsoActsUnder]);
  return new Set<string>(discloser?.kind === 'outsider' ? [discloser.outsider] : []);
}

function holderId(holder: Recipient): HolderId | OutsiderId | undefined {
  if (holder.kind === 'mandate') return holder.mandate;
  return holder.kind === 'outsider' ? holder.outsider : undefined;
}

function declaredOn(
  person: ActivePerson,
  item: ItemId,
  holders: ReadonlySet<string>,
  fences: ItemFences,
  byMs: number,
): readonly HoldingFacts[] {
  return [...(person.holdings.get(item) ?? [])].flatMap((holding) => {
    const holder = holderId(holding.holder);
    const { purpose, origin } = holding;
    if (holder === undefined || !holders.has(holder) || startMs(origin.effectiveAt) >= byMs) return [];
    return fenced({ id: origin.event, holder, purpose }, fences.declared(holding));
  });
}

function receivedOn(
  person: ActivePerson,
  item: ItemId,
  holders: ReadonlySet<string>,
  fences: ItemFences,
  byMs: number,
): readonly HoldingFacts[] {
  // Of a thousand acts most went to others: nothing is made for those.
  const received: HoldingFacts[] = [];
  for (const act of actsOn(person, item))
    for (const recipient of act.recipients) {
      const holder = holderId(recipient);
      const { purpose } = act;
      if (holder === undefined || !holders.has(holder) || purpose === undefined) continue;
      if (!stands(act, item) || startMs(act.effectiveAt) >= byMs) continue;
      received.push(...fenced({ id: act.disclosure, holder, purpose }, fences.through(act.disclosure)));
    }
  return received;
}

function stands({ retracted, duplicateOf, items }: Act, item: ItemId): boolean {
  return !retracted && !duplicateOf && items.some((one) => one.item === item);
}

/** One for each session that it came from; where a chain leads round them all, none of them binds it. */
function fenced(holding: HoldingFacts, fences: Fences | undefined): readonly HoldingFacts[] {
  if (fences === undefined) return [holding];
  const { sessions, free, onward } = fences;
  const termed = { ...holding, ...(onward ? { onward } : {}) };
  return free || sessions.length === 0 ? [termed] : sessions.map((session) => ({ ...termed, session }));
}
