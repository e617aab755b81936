import { accept, type Decision, type Effective } from '#decider';
import {
  notFound,
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectTakingBackForAnother,
  rejectUnknownSpeaker,
  type ActivePerson,
  type Facts,
  type ObjectionLifted,
} from '#person';
import { rejectEarlier } from '#time';

export interface LiftObjection {
  readonly lifting: ObjectionLifted['data'];
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function liftObjection(
  person: ActivePerson,
  { lifting, effectiveAt }: LiftObjection,
  { now, caller }: Facts,
): Decision<ObjectionLifted> {
  const { by } = lifting;
  const objection = person.objections.get(lifting.objection);
  if (!objection) return notFound('objection');
  const rejected =
    rejectUnknownSpeaker(person, 'by', by) ??
    rejectSpeakingForAnother(person, 'by', by, caller) ??
    rejectTakingBackForAnother('by', by, objection.by) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, objection.origin.effectiveAt);
  if (rejected) return rejected;
  if (objection.liftedAt !== undefined) return accept();
  return accept({ type: 'ObjectionLifted', data: lifting, effectiveAt });
}
