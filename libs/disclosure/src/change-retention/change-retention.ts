import { accept, type Decision } from '#decider';
import { notFound, type ActivePerson, type RetentionChanged } from '#person';
import { endsThen, rejectInverted } from '#time';

export interface ChangeRetention {
  readonly change: RetentionChanged['data'];
}

export function changeRetention(
  person: ActivePerson,
  { change }: ChangeRetention,
): Decision<RetentionChanged> {
  const act = person.acts.get(change.disclosure);
  if (!act) return notFound('disclosure');
  if (endsThen(act.retainUntil, change.retainUntil)) return accept();
  return (
    rejectInverted('retainUntil', act.effectiveAt, change.retainUntil) ??
    accept({ type: 'RetentionChanged', data: change })
  );
}
