import { accept, type Decision, type Effective } from '#decider';
import type { CapacityAssessed } from '../identity.events.js';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import { rejectImpossibleDate } from '../rules.js';

export interface AssessCapacity {
  readonly assessment: CapacityAssessed['data'];
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** Each assessment stands for its date: one that finds the same again is a new fact. */
export function assessCapacity(
  person: ActivePerson,
  { assessment, effectiveAt }: AssessCapacity,
  { now }: Facts,
): Decision<CapacityAssessed> {
  return (
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    accept({ type: 'CapacityAssessed', data: assessment, effectiveAt })
  );
}
