import type { Decision } from '#decider';
import type { DisclosureRecorded, DisclosureReported } from '../disclosure.events.js';
import { momentsOfKnowing } from '../item.js';
import type { PersonEvent } from '../person.events.js';
import type { ActivePerson } from '../person.state.js';

/**
 * Whether what was decided with a deferral in sight follows from it, and so must stand on its stream: without it the
 * decision would be another one, or it lets somebody pass on what they know from it alone.
 * @param alone what the person's own stream says, and what is decided on it
 * @param together the same with the deferral
 */
export function followsFrom(
  alone: { readonly person: ActivePerson; readonly decision: Decision<PersonEvent> },
  together: { readonly person: ActivePerson; readonly decision: Decision<PersonEvent> },
): boolean {
  if (together.decision.kind === 'rejected') return false;
  if (alone.decision.kind === 'rejected') return true;
  const [without, events] = [alone.decision.events, together.decision.events];
  if (without.map(({ type }) => type).join() !== events.map(({ type }) => type).join()) return true;
  return events.some((event) => isTelling(event) && isKnownOnlyWith(event, alone.person, together.person));
}

function isTelling(event: PersonEvent): event is DisclosureRecorded | DisclosureReported {
  return event.type === 'DisclosureRecorded' || event.type === 'DisclosureReported';
}

function isKnownOnlyWith(
  { data: { discloser, items = [] } }: DisclosureRecorded | DisclosureReported,
  alone: ActivePerson,
  together: ActivePerson,
): boolean {
  if (!discloser) return false;
  const knows = (person: ActivePerson) =>
    items.map(({ item }) => momentsOfKnowing(person, item, discloser).length > 0);
  const without = knows(alone);
  return knows(together).some((isKnown, i) => isKnown && !without[i]);
}
