import type { Recorded } from '#decider';
import {
  withCopies,
  type ActivePerson,
  type DisclosureId,
  type ItemId,
  type PersonEvent,
  type Scope,
} from '#person';

/** Items about which an event can change who knows them. `person` is the state after the event. */
export function affectedItems(person: ActivePerson, event: Recorded<PersonEvent>): readonly ItemId[] {
  switch (event.type) {
    case 'InformationDescribed':
    case 'HoldingDeclared':
      return [event.data.item];
    case 'DisclosureCorrected':
      return correctedItems(person, event.data.disclosure);
    case 'DisclosureRecorded':
    case 'DisclosureReported':
      return [...new Set(event.data.items?.map(({ item }) => item))];
    case 'DisclosureContested':
    case 'ContestAnswered':
    case 'RetentionChanged':
      return indexedItems(person, event.data.disclosure);
    case 'PurgeAttested':
      return event.data.items;
    case 'ConsentWithdrawn': {
      const consent = person.consents.get(event.data.consent);
      return consent ? disclosedItems(person, consent) : [];
    }
    case 'ConsentGranted':
    case 'ConsentRefused':
    case 'ObjectionRaised':
      return disclosedItems(person, event.data);
    case 'ObjectionLifted': {
      const objection = person.objections.get(event.data.objection);
      return objection ? disclosedItems(person, objection) : [];
    }
    case 'RepresentationEstablished':
    case 'RepresentationEnded':
      return [...person.actsByItem.keys()];
    default:
      return [];
  }
}

/** Items that the act carries or, before a correction, carried. */
function indexedItems(person: ActivePerson, disclosure: DisclosureId): readonly ItemId[] {
  return [...person.actsByItem].filter(([, acts]) => acts.includes(disclosure)).map(([item]) => item);
}

/** The same for its copies, and items that somebody declares to hold from one of them. */
function correctedItems(person: ActivePerson, disclosure: DisclosureId): readonly ItemId[] {
  const acts = new Set(withCopies(person, disclosure).map((act) => act.disclosure));
  const carried = [...acts].flatMap((act) => indexedItems(person, act));
  const declared = [...person.holdings]
    .filter(([, held]) => held.some(({ source: s }) => s.kind === 'disclosure' && acts.has(s.disclosure)))
    .map(([item]) => item);
  return [...new Set([...carried, ...declared])];
}

/** Items in the scope that have been disclosed to anybody. */
function disclosedItems(person: ActivePerson, scope: Pick<Scope, 'items' | 'categories'>): readonly ItemId[] {
  const all = [...person.actsByItem.keys()];
  if (scope.items.length === 0 && scope.categories.length === 0) return all;
  return all.filter((item) => {
    const known = person.items.get(item);
    const categories = known?.categories?.map(({ category }) => category) ?? (known ? [known.category] : []);
    return scope.items.includes(item) || categories.some((category) => scope.categories.includes(category));
  });
}
