import { accept, type Decision, type Effective } from '#decider';
import {
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectUnknownScope,
  rejectUnknownSpeaker,
  type ActivePerson,
  type Facts,
  type ObjectionData,
  type ObjectionRaised,
} from '#person';

export interface RaiseObjection {
  readonly objection: ObjectionData;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** What an objection does not name it leaves open. Raised again, it asks for another answer. */
export function raiseObjection(
  person: ActivePerson,
  { objection, effectiveAt }: RaiseObjection,
  { now, catalogue, caller }: Facts,
): Decision<ObjectionRaised> {
  return (
    rejectUnknownScope(person, catalogue, '', objection) ??
    rejectUnknownSpeaker(person, 'by', objection.by) ??
    rejectSpeakingForAnother(person, 'by', objection.by, caller) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    accept({ type: 'ObjectionRaised', data: objection, effectiveAt })
  );
}
