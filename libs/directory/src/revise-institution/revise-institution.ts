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
  const said = spoken(changes);
  const same = { ...state.data, ...said };
  if (JSON.stringify(same) === JSON.stringify(state.data)) return accept();
  return (
    rejectUnknownFunctions(catalogue, said.functions) ?? accept({ type: 'InstitutionRevised', data: said })
  );
}

/** A member that a request leaves out is there, undefined: it says nothing, and must not blot out what is on record. */
function spoken(changes: InstitutionRevised['data']): InstitutionRevised['data'] {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
