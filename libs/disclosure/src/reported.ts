import type { Catalogue } from '#catalogue';
import { factsOfAct, requestOfAct, rulingsOn, type Happened, type Rulings } from '#assessment';
import type { Act, ActivePerson, AssessedDuty, Basis } from '#person';
import { basisOf, carrierOfReport } from './basis.js';
import type { IntendedFacts } from './intended.js';

/** By what an act that happened is judged. */
export interface PastFacts extends IntendedFacts {
  /** The version in force on its date. */
  readonly catalogueThen: Catalogue;
}

const NOTHING: Rulings = { cells: [], duties: () => [] };

/** What the nine points say of an act that happened, as of its date, with what is known today. */
function rulingsOnAct(
  person: ActivePerson,
  act: Happened,
  { catalogueThen: catalogue, around }: PastFacts,
): Rulings {
  if (act.items.length === 0 || act.recipients.length === 0) return NOTHING;
  return rulingsOn(factsOfAct(person, act, around, catalogue), catalogue, requestOfAct(act));
}

/** What follows from an act: of an intended one as it was decided, of a reported one as it is judged. */
export function dutiesOfAct(person: ActivePerson, act: Act, facts: PastFacts): readonly AssessedDuty[] {
  if (!act.reported) return act.assessed?.duties ?? [];
  return rulingsOnAct(person, act, facts).duties() as readonly AssessedDuty[];
}

/**
 * What an act that happened rests on: what it was told to rest on, unless something carries it that no word of the
 * person does.
 */
export function basisOfAct(person: ActivePerson, act: Happened, facts: PastFacts): Basis | undefined {
  if (!act.basis) return undefined;
  const { provision, consents } = act.basis;
  const told = basisOf(facts.catalogueThen, provision, consents);
  if (told.restsOn === 'provision') return told;
  const { cells } = rulingsOnAct(person, act, facts);
  return basisOf(facts.catalogueThen, provision, consents, carrierOfReport(cells));
}
