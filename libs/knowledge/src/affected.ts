import type { Recorded } from '#decider';
import type { ActivePerson, DisclosureId, ItemId, PersonEvent, Scope } from '#person';

/** Items about which an event can change who knows them. `person` is the state after the event. */
export function affectedItems(person: ActivePerson, event: Recorded<PersonEvent>): readonly ItemId[] {
  switch (event.type) {
    case 'InformationDescribed':
    case 'InformationRequalified':
    case 'HoldingDeclared':
      return [event.data.item];
    case 'DisclosureRecorded':
    case 'DisclosureReported':
    case 'DisclosureCorrected':
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

/** Items in the scope that have been disclosed to anybody. */
function disclosedItems(person: ActivePerson, scope: Pick<Scope, 'items' | 'categories'>): readonly ItemId[] {
  const all = [...person.actsByItem.keys()];
  if (scope.items.length === 0 && scope.categories.length === 0) return all;
  return all.filter((item) => {
    const category = person.items.get(item)?.category;
    return scope.items.includes(item) || (category !== undefined && scope.categories.includes(category));
  });
}
