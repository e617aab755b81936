import { accept, type Decision } from '#decider';
import { notFound, type ActivePerson, type LegalHoldLifted } from '#person';

export function liftLegalHold(person: ActivePerson, hold: string): Decision<LegalHoldLifted> {
  if (!person.legalHolds.has(hold)) return notFound('legal hold');
  return accept({ type: 'LegalHoldLifted', data: { hold } });
}
