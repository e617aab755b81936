import type { Recorded } from '#decider';
import {
  actsOn,
  covered,
  holderKey,
  inScope,
  type Act,
  type ActivePerson,
  type Passing,
  type PersonEvent,
} from '#person';
import { passingsOf } from './fulfilled.js';

/**
 * Reports of which the event can do something that is owed, whenever they took place. What is owed is not known without
 * judging the act, so it is asked of few. `person` is the state after the event.
 */
export function doneBy(person: ActivePerson, { type, data }: Recorded<PersonEvent>): readonly Act[] {
  const passing = (isMeant: (passing: Passing) => boolean) =>
    [...person.acts.values()].filter((act) => act.reported && passesOn(person, act, isMeant));
  switch (type) {
    case 'PersonInformed':
    case 'ConsentRefused':
      return passing((one) => inScope(data, one));
    case 'ConsentGranted':
      return passing((one) => covered(data, one));
    case 'ObjectionAnswered':
    case 'ObjectionLifted': {
      const objection = person.objections.get(data.objection);
      return objection ? passing((one) => inScope(objection, one)) : [];
    }
    case 'CareRelationStarted': {
      const key = `mandate:${data.mandate}`;
      return [...person.acts.values()].filter((act) => act.reported && isParty(act, key));
    }
    case 'PurgeAttested': {
      const key = holderKey(data.holder);
      const about = new Set(data.items.flatMap((item) => actsOn(person, item)));
      return [...about].filter(({ recipients }) => recipients.some((one) => holderKey(one) === key));
    }
    default:
      return [];
  }
}

function passesOn(person: ActivePerson, act: Act, isMeant: (passing: Passing) => boolean): boolean {
  const items = act.items.map(({ item }) => item);
  return act.recipients.some((recipient) => passingsOf(person, { act, recipient, items }).some(isMeant));
}

function isParty({ discloser, recipients }: Act, key: string): boolean {
  return [...(discloser ? [discloser] : []), ...recipients].some((one) => holderKey(one) === key);
}
