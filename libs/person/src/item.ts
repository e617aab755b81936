import { List } from 'immutable';
import type { ItemEvent } from './item.events.js';
import type { ItemId } from './person.ids.js';
import { fact, type ActivePerson, type Evolvers, type Holding } from './person.state.js';

export const itemEvolvers: Evolvers<ItemEvent> = {
  InformationDescribed(person, event) {
    const { holding, ...item } = fact(event);
    const described = { ...person, items: person.items.set(item.item, item) };
    return hold(described, { ...holding, item: item.item, origin: item.origin });
  },
  InformationRequalified(person, { data }) {
    const item = person.items.get(data.item);
    if (!item) return person;
    const { reason: _, ...changes } = data;
    return { ...person, items: person.items.set(data.item, { ...item, ...changes }) };
  },
  HoldingDeclared: (person, event) => hold(person, fact(event)),
};

function hold(person: ActivePerson, holding: Holding): ActivePerson {
  const held = person.holdings.get(holding.item) ?? List<Holding>();
  return { ...person, holdings: person.holdings.set(holding.item, held.push(holding)) };
}

export function actsOn(person: ActivePerson, item: ItemId) {
  return (person.actsByItem.get(item) ?? List()).map((id) => person.acts.get(id)!);
}
