import type { PersonId } from './person.ids.js';

export interface PersonNames {
  readonly familyName: string;
  readonly givenName: string;
}

/**
 * Finds persons already registered who could be the one that is about to be.
 *
 * Implementations MUST answer those with the same names and birth date, however they were typed (case, accents,
 * hyphens), and MAY lag behind the ledger; callers MUST NOT take an empty answer as a proof.
 */
export abstract class PersonIndex {
  abstract lookAlikes(names: PersonNames, birthDate: string | undefined): Promise<PersonId[]>;
}
