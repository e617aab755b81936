import type { Effective } from '#decider';
import type { MandateId } from '#directory';
import { endMs, startMs } from '#time';
import {
  actsOn,
  fencesOn,
  type Act,
  type ActivePerson,
  type DisclosureId,
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
  const received = receiptsOf(actsOn(person, item), item, holders).filter(({ atMs }) => atMs < byMs);
  if (!fences.bind) return received.map(({ holding }) => holding);
  return received.flatMap(({ act, holding }) => fenced(holding, fences.through(act)));
}

interface Receipt {
  readonly act: DisclosureId;
  readonly atMs: number;
  readonly holding: HoldingFacts;
}

/** By the acts of one state: what a discloser received is asked of each act of theirs. */
const receipts = new WeakMap<readonly Act[], Map<string, readonly Receipt[]>>();

function receiptsOf(acts: readonly Act[], item: ItemId, holders: ReadonlySet<string>): readonly Receipt[] {
  const known = receipts.get(acts) ?? new Map<string, readonly Receipt[]>();
  receipts.set(acts, known);
  const key = [item, ...holders].join(' ');
  const found = known.get(key) ?? acts.flatMap((act) => receiptsBy(act, item, holders));
  known.set(key, found);
  return found;
}

function receiptsBy(act: Act, item: ItemId, holders: ReadonlySet<string>): readonly Receipt[] {
  const { purpose, retracted, duplicateOf, items, disclosure, effectiveAt } = act;
  if (retracted || duplicateOf || purpose === undefined || !items.some((i) => i.item === item)) return [];
  return act.recipients.flatMap((recipient) => {
    const holder = holderId(recipient);
    if (holder === undefined || !holders.has(holder)) return [];
    return [{ act: disclosure, atMs: startMs(effectiveAt), holding: { id: disclosure, holder, purpose } }];
  });
}

/** One for each session that it came from; where a chain leads round them all, none of them binds it. */
function fenced(holding: HoldingFacts, fences: Fences | undefined): readonly HoldingFacts[] {
  if (fences === undefined) return [holding];
  const { sessions, free, onward } = fences;
  const termed = { ...holding, ...(onward ? { onward } : {}) };
  return free || sessions.length === 0 ? [termed] : sessions.map((session) => ({ ...termed, session }));
}
