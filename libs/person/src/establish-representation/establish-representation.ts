import { accept, reject, type Decision } from '#decider';
import { rejectInverted, startMs, type Rejected } from '#time';
import type { RepresentationData, RepresentationEstablished } from '../identity.events.js';
import { majorityOf } from '../in-force.js';
import type { ActivePerson } from '../person.state.js';
import { rejectBeforeBirth } from '../rules.js';

export interface EstablishRepresentation {
  readonly representation: RepresentationData;
}

export function establishRepresentation(
  person: ActivePerson,
  { representation }: EstablishRepresentation,
): Decision<RepresentationEstablished> {
  const { validFrom, validUntil } = representation;
  return (
    rejectBeforeBirth(person, 'validFrom', validFrom) ??
    rejectInverted('validUntil', validFrom, validUntil) ??
    rejectParentOfAdult(person, representation) ??
    accept({ type: 'RepresentationEstablished', data: representation, effectiveAt: validFrom })
  );
}

/** Parental authority ends at majority (C. civ. 371-1). */
function rejectParentOfAdult(
  person: ActivePerson,
  { kind, validFrom }: RepresentationData,
): Rejected | undefined {
  const majority = majorityOf(person.identity.birthDate);
  if (kind !== 'parental-authority' || !majority || startMs(validFrom) < startMs(majority)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'validFrom',
    detail: 'The person is of age then: nobody has parental authority over them.',
    remedy: 'Check the date, or choose the measure that protects an adult.',
  });
}
