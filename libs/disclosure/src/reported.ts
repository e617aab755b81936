import { factsOfAct, requestOfAct, rulingsOn, type Happened } from '#assessment';
import type { ActivePerson, Basis } from '#person';
import { basisOf, carrierOfReport } from './basis.js';
import type { IntendedFacts } from './intended.js';

/**
 * What an act that happened rests on: what it was told to rest on, unless something carries it that no word of the
 * person does. The nine points are asked of it as of its date, with what is known today.
 */
export function basisOfAct(person: ActivePerson, act: Happened, facts: IntendedFacts): Basis | undefined {
  const { basis, items, recipients } = act;
  if (!basis) return undefined;
  const { catalogue, around } = facts;
  const told = basisOf(catalogue, basis.provision, basis.consents);
  if (told.restsOn === 'provision' || items.length === 0 || recipients.length === 0) return told;
  const { cells } = rulingsOn(factsOfAct(person, act, around, catalogue), catalogue, requestOfAct(act));
  return basisOf(catalogue, basis.provision, basis.consents, carrierOfReport(cells));
}
