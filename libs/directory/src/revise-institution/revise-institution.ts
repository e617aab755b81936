import type { Catalogue } from '#catalogue';
import { accept, type Decision } from '#decider';
import type { InstitutionRevised } from '../institution.events.js';
import type { Institution } from '../institution.js';
import { noSuchInstitution, rejectUnknownFunctions } from '../rules.js';

export interface ReviseInstitution {
  /** What is said anew; functions are declared as a whole. */
  readonly changes: InstitutionRevised['data'];
}

export function reviseInstitution(
  state: Institution,
  { changes }: ReviseInstitution,
  catalogue: Catalogue,
): Decision<InstitutionRevised> {
  if (state.status === 'unknown') return noSuchInstitution();
  const same = { ...state.data, ...changes };
  if (JSON.stringify(same) === JSON.stringify(state.data)) return accept();
  return (
    rejectUnknownFunctions(catalogue, changes.functions) ??
    accept({ type: 'InstitutionRevised', data: changes })
  );
}
