import { accept, type Decision, type Effective } from '#decider';
import {
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectUnknownSpeaker,
  type AccessRequested,
  type ActivePerson,
  type Facts,
} from '#person';
import { addMonths, civilDate, dayOf } from '#time';

/** GDPR 12(3): without undue delay, within one month of receipt. */
const ANSWER_MONTHS = 1;

export interface RequestAccess {
  readonly asked: Omit<AccessRequested['data'], 'answerBy'>;
  /** When the institution received it; left out: now. */
  readonly effectiveAt?: Effective;
}

/** The person asks an institution what it holds about them and whom it told. Asked again, it answers again. */
export function requestAccess(
  person: ActivePerson,
  { asked, effectiveAt }: RequestAccess,
  { now, caller }: Facts,
): Decision<AccessRequested> {
  const answerBy = addMonths(civilDate(dayOf(effectiveAt ?? now)), ANSWER_MONTHS);
  return (
    rejectUnknownSpeaker(person, 'by', asked.by) ??
    rejectSpeakingForAnother(person, 'by', asked.by, caller) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    accept({ type: 'AccessRequested', data: { ...asked, answerBy }, effectiveAt })
  );
}
