import { institutionFold, institutionStream, type InstitutionId } from '#directory';
import { StreamErased, type Ledger } from '#event-store';
import {
  institutionOf,
  personFold,
  personStream,
  type ActivePerson,
  type Notice,
  type NoticeId,
  type PersonId,
} from '#person';

/** The person as the ledger has them now; undefined once their record is closed or erased. */
export async function activePerson(ledger: Ledger, person: PersonId): Promise<ActivePerson | undefined> {
  try {
    const { state } = await ledger.load(personStream(person), personFold);
    return state.status === 'active' ? state : undefined;
  } catch (error) {
    if (error instanceof StreamErased) return undefined;
    throw error;
  }
}

/** A notice that still waits for its end. */
export function openNotice(person: ActivePerson | undefined, id: NoticeId): Notice | undefined {
  const notice = person?.notices.get(id);
  return notice?.state === 'open' ? notice : undefined;
}

/**
 * The holder's institution; for somebody without mandate here those of whoever told them, who may answer in their
 * place. None where nobody of this ledger told them.
 */
export function addresseesOf(person: ActivePerson, { to, disclosures }: Notice): readonly InstitutionId[] {
  const holders =
    to.kind === 'outsider' ? disclosures.flatMap((id) => person.acts.get(id)?.discloser ?? []) : [to];
  return [...new Set(holders.flatMap((holder) => institutionOf(holder) ?? []))];
}

export async function webhookOf(ledger: Ledger, institution: InstitutionId): Promise<string | undefined> {
  const { state } = await ledger.load(institutionStream(institution), institutionFold);
  return state.status === 'registered' ? state.data.webhook : undefined;
}
