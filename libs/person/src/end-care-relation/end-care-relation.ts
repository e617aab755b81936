import { accept, type Decision, type Effective } from '#decider';
import type { MandateId } from '#directory';
import { endsThen, rejectFuture, rejectInverted, rejectPutOff } from '#time';
import { rejectForeign } from '../foreign.js';
import type { CareRelationEnded } from '../identity.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import { notFound } from '../rules.js';

export interface EndCareRelation {
  readonly mandate: MandateId;
  readonly until: Effective;
}

export function endCareRelation(
  person: ActivePerson,
  { mandate, until }: EndCareRelation,
  facts: Facts,
): Decision<CareRelationEnded> {
  const relation = person.care.get(mandate)?.last();
  if (!relation) return notFound('care relation');
  const rejected = rejectForeign(undefined, facts, [relation.institution]);
  if (rejected) return rejected;
  if (endsThen(relation.until, until)) return accept();
  return (
    rejectFuture('until', until, facts.now) ??
    rejectInverted('until', relation.origin.effectiveAt, until) ??
    rejectPutOff('until', relation.until, until) ??
    accept({ type: 'CareRelationEnded', data: { mandate }, effectiveAt: until })
  );
}
