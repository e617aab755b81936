import { reject } from '#decider';
import type { InstitutionId } from '#directory';
import type { Rejected } from '#time';
import type { Facts } from './person-desk.js';

/** Each institution answers for its own acts: a mandate speaks for no other one. Programs may, they import. */
export function rejectForeign(
  field: string | undefined,
  { caller, callerInstitution }: Facts,
  answering: readonly (InstitutionId | undefined)[],
): Rejected | undefined {
  if (caller.kind !== 'mandate') return undefined;
  if (callerInstitution !== undefined && answering.includes(callerInstitution)) return undefined;
  return foreign(field);
}

export function foreign(field: string | undefined): Rejected {
  return reject({
    kind: 'not-permitted',
    ...(field ? { field } : {}),
    detail: 'Another institution than the one you act for answers for this.',
    remedy: 'Let somebody of that institution do it, or report what you know.',
  });
}
