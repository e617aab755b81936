import { accept, type Decision } from '#decider';
import {
  institutionOf,
  notFound,
  rejectForeign,
  type ActivePerson,
  type Facts,
  type RetentionChanged,
} from '#person';
import { endsThen, rejectInverted } from '#time';

export interface ChangeRetention {
  readonly change: RetentionChanged['data'];
}

export function changeRetention(
  person: ActivePerson,
  { change }: ChangeRetention,
  facts: Facts,
): Decision<RetentionChanged> {
  const act = person.acts.get(change.disclosure);
  if (!act) return notFound('disclosure');
  const rejected = rejectForeign(undefined, facts, [act.discloser && institutionOf(act.discloser)]);
  if (rejected) return rejected;
  if (endsThen(act.retainUntil, change.retainUntil)) return accept();
  return (
    rejectInverted('retainUntil', act.effectiveAt, change.retainUntil) ??
    accept({ type: 'RetentionChanged', data: change })
  );
}
