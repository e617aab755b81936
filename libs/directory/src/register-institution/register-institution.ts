import type { Catalogue } from '#catalogue';
import { accept, reject, type Decision } from '#decider';
import type { InstitutionData, InstitutionRegistered } from '../institution.events.js';
import type { Institution } from '../institution.js';
import { rejectUnknownFunctions } from '../rules.js';

export interface RegisterInstitution {
  readonly institution: InstitutionData;
}

export function registerInstitution(
  state: Institution,
  { institution }: RegisterInstitution,
  catalogue: Catalogue,
): Decision<InstitutionRegistered> {
  if (state.status === 'registered')
    return reject({
      kind: 'already-exists',
      detail: 'This institution is registered already.',
      remedy: 'Use the one that is there, or another Idempotency-Key.',
    });
  return (
    rejectUnknownFunctions(catalogue, institution.functions) ??
    accept({ type: 'InstitutionRegistered', data: institution })
  );
}
