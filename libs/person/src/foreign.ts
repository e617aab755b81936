import { reject } from '#decider';
import type { InstitutionId } from '#directory';
import type { Rejected } from '#time';
import type { Facts } from './person-desk.js';
import { institutionOf, type Holder } from './recipient.js';

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

/** Each institution speaks for its own holders; of somebody without mandate here, any may say what it knows. */
export function rejectForeignHolder(field: string, facts: Facts, holder: Holder): Rejected | undefined {
  const at = institutionOf(holder);
  return at === undefined ? undefined : rejectForeign(field, facts, [at]);
}

export function foreign(field: string | undefined): Rejected {
  return reject({
    kind: 'not-permitted',
    ...(field ? { field } : {}),
    detail: 'Another institution than the one you act for answers for this.',
    remedy: 'Let somebody of that institution do it, or report what you know.',
  });
}
