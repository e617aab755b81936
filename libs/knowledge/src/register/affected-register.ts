import type { Recorded } from '#decider';
import { withCopies, type ActivePerson, type PersonEvent } from '#person';
import type { Keyed } from '../keyed.js';
import { registerRows } from './register.projection.js';

/** The rows of every act that the event can change in the register. `person` is after the event. */
export function registerChanges(
  person: ActivePerson,
  { type, data }: Recorded<PersonEvent>,
): readonly Keyed[] {
  switch (type) {
    case 'DisclosureRecorded':
    case 'DisclosureReported':
    case 'DisclosureCorrected':
    case 'RetentionChanged': {
      const acts =
        type === 'DisclosureCorrected'
          ? withCopies(person, data.disclosure)
          : [person.acts.get(data.disclosure)];
      return acts.flatMap((act) => (act ? [[act.disclosure, registerRows(person, act)]] : []));
    }
    default:
      return [];
  }
}
