import { accept, type Decision } from '#decider';
import { rejectForeign } from '../foreign.js';
import { institutionsHolding } from '../item.js';
import type { InformationRequalified } from '../item.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson, Item } from '../person.state.js';
import { notFound, rejectUnknownCategory } from '../rules.js';

export interface RequalifyInformation {
  readonly requalification: InformationRequalified['data'];
}

/** For whoever holds it. What an item was shown as stays on record: earlier disclosures keep the label they had. */
export function requalifyInformation(
  person: ActivePerson,
  { requalification }: RequalifyInformation,
  facts: Facts,
): Decision<InformationRequalified> {
  const item = person.items.get(requalification.item);
  if (!item) return notFound('item');
  const rejected =
    rejectForeign(undefined, facts, institutionsHolding(person, item.item)) ??
    rejectUnknownCategory(facts.catalogue, 'category', requalification.category);
  if (rejected) return rejected;
  return changes(item, requalification)
    ? accept({ type: 'InformationRequalified', data: requalification })
    : accept();
}

function changes(item: Item, { category, level, label }: InformationRequalified['data']): boolean {
  return (
    (category !== undefined && category !== item.category) ||
    (level !== undefined && level !== item.level) ||
    (label !== undefined && label !== item.label)
  );
}
