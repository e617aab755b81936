import { accept, type Decision, type Effective } from '#decider';
import {
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectUnknownScope,
  rejectUnknownSpeaker,
  type ActivePerson,
  type ConsentRefused,
  type Facts,
  type RefusalData,
} from '#person';

export interface RefuseConsent {
  readonly refusal: RefusalData;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** What a refusal does not name it leaves open: naming nothing refuses everything. Said again, it stands again. */
export function refuseConsent(
  person: ActivePerson,
  { refusal, effectiveAt }: RefuseConsent,
  { now, catalogue, caller }: Facts,
): Decision<ConsentRefused> {
  return (
    rejectUnknownScope(person, catalogue, '', refusal) ??
    rejectUnknownSpeaker(person, 'by', refusal.by) ??
    rejectSpeakingForAnother(person, 'by', refusal.by, caller) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    accept({ type: 'ConsentRefused', data: refusal, effectiveAt })
  );
}
