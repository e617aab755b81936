import { accept, type Decision, type Effective } from '#decider';
import {
  notFound,
  rejectImpossibleDate,
  type ActivePerson,
  type DisclosureContested,
  type Facts,
} from '#person';
import { rejectEarlier } from '#time';

export interface ContestDisclosure {
  readonly contest: DisclosureContested['data'];
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** Contested again, it is another fact: a second ground is not lost because the first waits for its answer. */
export function contestDisclosure(
  person: ActivePerson,
  { contest, effectiveAt }: ContestDisclosure,
  { now }: Facts,
): Decision<DisclosureContested> {
  const act = person.acts.get(contest.disclosure);
  if (!act) return notFound('disclosure');
  return (
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, act.effectiveAt) ??
    accept({ type: 'DisclosureContested', data: contest, effectiveAt })
  );
}
