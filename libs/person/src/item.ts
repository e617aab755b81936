import { List } from 'immutable';
import type { InstitutionId } from '#directory';
import type { ItemEvent } from './item.events.js';
import { comesAfter, type Dated } from './order.js';
import type { CategoryCode, ItemId } from './person.ids.js';
import {
  fact,
  type Act,
  type ActivePerson,
  type Evolvers,
  type Holding,
  type Item,
  type Purge,
} from './person.state.js';
import { holderKey, institutionsOf, type Holder } from './recipient.js';

export const itemEvolvers: Evolvers<ItemEvent> = {
  InformationDescribed(person, event) {
    const { holding, ...item } = fact(event);
    const described = { ...person, items: person.items.set(item.item, item) };
    return hold(described, { ...holding, item: item.item, origin: item.origin });
  },
  InformationRequalified(person, { data, effectiveAt, revision }) {
    const item = person.items.get(data.item);
    if (!item) return person;
    const { reason: _, ...changes } = data;
    const { category } = changes;
    const categories = category && {
      categories: [...categoriesOf(item), { category, effectiveAt, revision }],
    };
    return { ...person, items: person.items.set(data.item, { ...item, ...changes, ...categories }) };
  },
  HoldingDeclared: (person, event) => hold(person, fact(event)),
};

function hold(person: ActivePerson, holding: Holding): ActivePerson {
  const held = person.holdings.get(holding.item) ?? List<Holding>();
  return { ...person, holdings: person.holdings.set(holding.item, held.push(holding)) };
}

/** The category as it was described first, then each that it was given later. */
function categoriesOf({ category, categories, origin }: Item): NonNullable<Item['categories']> {
  const { effectiveAt, revision } = origin;
  return categories ?? [{ category, effectiveAt, revision }];
}

/**
 * The category that an act went by: the one the item had when the act took effect, as far as it was on record when
 * the act was. What it is given later changes nothing about what a consent covered.
 */
export function categoryAt(person: ActivePerson, item: ItemId, act: Dated): CategoryCode | undefined {
  const known = person.items.get(item);
  if (!known?.categories) return known?.category;
  const [first, ...later] = known.categories;
  const applies = (given: Dated) => given.revision < act.revision && !comesAfter(given, act);
  return (later.findLast(applies) ?? first)?.category;
}

/** One decision asks for them several times, of one state. Both parts of it are compared: either may change alone. */
const known = new WeakMap<object, { readonly acts: ActivePerson['acts']; readonly on: readonly Act[] }>();

export function actsOn(person: ActivePerson, item: ItemId): readonly Act[] {
  const ids = person.actsByItem.get(item);
  if (!ids) return [];
  const found = known.get(ids);
  if (found?.acts === person.acts) return found.on;
  const on = ids.toArray().map((id) => person.acts.get(id)!);
  known.set(ids, { acts: person.acts, on });
  return on;
}

/**
 * When a holder came to have an item: as declared, then as received. Retracted acts do not count. One after the other:
 * who asks whether they have it at all rarely needs more than what they declared.
 */
export function* momentsOfReceiving(person: ActivePerson, item: ItemId, holder: Holder): Generator<Dated> {
  const key = holderKey(holder);
  for (const declared of person.holdings.get(item) ?? [])
    if (holderKey(declared.holder) === key) yield declared.origin;
  for (const act of actsWith(person, item))
    if (act.recipients.some((party) => holderKey(party) === key)) yield momentOf(act);
}

/** An act takes effect as corrected, and keeps its place in the record. */
function momentOf({ effectiveAt, origin }: Act): Dated {
  return { effectiveAt, revision: origin.revision };
}

/**
 * The same, and every moment at which they passed it on: who tells something has it, even if nobody recorded how
 * they came to know. Empty: as far as the ledger knows they never had it.
 */
export function momentsOfKnowing(person: ActivePerson, item: ItemId, holder: Holder): readonly Dated[] {
  const passedOn = actsWith(person, item)
    .filter(({ discloser }) => discloser && holderKey(discloser) === holderKey(holder))
    .map(momentOf);
  return [...momentsOfReceiving(person, item, holder), ...passedOn];
}

/** The institutions at which somebody has an item: as declared, received or passed on, and not purged since. */
export function institutionsHolding(person: ActivePerson, item: ItemId): readonly InstitutionId[] {
  return institutionsOf(holdersOf(person, item).filter((holder) => !hasForgotten(person, item, holder)));
}

/** The same, with those that have purged it since: what they did with it stays theirs to answer for. */
export function institutionsThatHeld(person: ActivePerson, item: ItemId): readonly InstitutionId[] {
  return institutionsOf(holdersOf(person, item));
}

function holdersOf(person: ActivePerson, item: ItemId): readonly Holder[] {
  const declared = (person.holdings.get(item) ?? List<Holding>()).map(({ holder }) => holder);
  const parties = actsWith(person, item).flatMap(({ discloser, recipients }) =>
    discloser ? [discloser, ...recipients] : recipients,
  );
  return [...declared, ...parties];
}

/** Whether a holder attested that nothing remains, and has not come to know it again since. */
function hasForgotten(person: ActivePerson, item: ItemId, holder: Holder): boolean {
  const learnt = momentsOfKnowing(person, item, holder);
  return purgesBy(person, item, holder).some(
    (purge) => purge.remains === 'nothing' && learnt.every((moment) => comesAfter(purge.origin, moment)),
  );
}

export function purgesBy(person: ActivePerson, item: ItemId, holder: Holder): readonly Purge[] {
  const all = [...(person.purges.get(item) ?? [])];
  return all.filter((purge) => holderKey(purge.holder) === holderKey(holder));
}

/** Those that stand, as far as they are about the item. */
export function actsWith(person: ActivePerson, item: ItemId): readonly Act[] {
  return actsOn(person, item).filter((act) => !act.retracted && act.items.some((i) => i.item === item));
}
