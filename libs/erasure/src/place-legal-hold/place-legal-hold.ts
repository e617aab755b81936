import { accept, type Decision } from '#decider';
import type { ActivePerson, LegalHoldPlaced } from '#person';

/** Until it is lifted nothing of the person is erased, though it was requested before. */
export function placeLegalHold(
  person: ActivePerson,
  hold: LegalHoldPlaced['data'],
): Decision<LegalHoldPlaced> {
  return person.legalHolds.has(hold.hold) ? accept() : accept({ type: 'LegalHoldPlaced', data: hold });
}
