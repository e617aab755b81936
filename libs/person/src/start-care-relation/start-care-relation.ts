import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import { startMs } from '#time';
import { rejectForeign } from '../foreign.js';
import type { CareRelationStarted } from '../identity.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import { rejectImpossibleDate } from '../rules.js';

export interface StartCareRelation {
  readonly relation: CareRelationStarted['data'];
  readonly mandate: Mandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function startCareRelation(
  person: ActivePerson,
  { relation, mandate, effectiveAt }: StartCareRelation,
  facts: Facts,
): Decision<CareRelationStarted> {
  const { now } = facts;
  const at = effectiveAt ?? now;
  const rejected =
    rejectForeign('mandate', facts, [relation.institution]) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNotInForce('mandate', mandate, at);
  if (rejected) return rejected;
  if (isGoingOn(person, relation, at)) return accept();
  return accept({ type: 'CareRelationStarted', data: relation, effectiveAt });
}

/** What a discloser declared is their word: whoever it concerns may still say it. */
function isGoingOn(person: ActivePerson, relation: CareRelationStarted['data'], at: Effective): boolean {
  const known = person.care.get(relation.mandate)?.last();
  if (!known || known.until !== undefined || known.declaredBy === 'discloser') return false;
  return known.team === relation.team && startMs(known.origin.effectiveAt) <= startMs(at);
}
