import { accept, type Decision, type Effective } from '#decider';
import { endsThen, rejectInverted, rejectPutOff } from '#time';
import type { RepresentationEnded } from '../identity.events.js';
import type { RepresentativeId } from '../person.ids.js';
import type { ActivePerson } from '../person.state.js';
import { notFound } from '../rules.js';

export interface EndRepresentation {
  readonly representative: RepresentativeId;
  /** The last day, past or to come. */
  readonly until: Effective;
}

export function endRepresentation(
  person: ActivePerson,
  { representative, until }: EndRepresentation,
): Decision<RepresentationEnded> {
  const representation = person.representations.get(representative);
  if (!representation) return notFound('representative');
  if (endsThen(representation.validUntil, until)) return accept();
  return (
    rejectInverted('until', representation.validFrom, until) ??
    rejectPutOff('until', representation.validUntil, until) ??
    accept({ type: 'RepresentationEnded', data: { representative, until }, effectiveAt: until })
  );
}
