import { accept, reject, type Decision, type Effective } from '#decider';
import {
  notFound,
  rejectImpossibleDate,
  sameData,
  type ActivePerson,
  type Conclusion,
  type DecisionTaken,
  type Facts,
  type OpinionGiven,
} from '#person';
import { rejectEarlier, type Rejected } from '#time';

export interface ConcludeCase {
  readonly kind: 'opinion' | 'decision';
  readonly conclusion: Conclusion & { readonly session: string };
  /** The day of the session; left out: it has not heard this case. */
  readonly heardOn?: Effective;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** What a session came to, by label, with the levers, accompaniment and cooperation that rule C10 asks for. */
export function concludeCase(
  person: ActivePerson,
  { kind, conclusion, heardOn, effectiveAt }: ConcludeCase,
  { now }: Facts,
): Decision<OpinionGiven | DecisionTaken> {
  const referred = person.cases.get(conclusion.case);
  if (!referred) return notFound('case');
  if (heardOn === undefined) return unheard();
  const rejected =
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, heardOn);
  if (rejected) return rejected;
  const known = referred.conclusions.some(({ origin: _, kind: said, ...rest }) => {
    return said === kind && sameData(rest, conclusion);
  });
  if (known) return accept();
  const type = kind === 'opinion' ? 'OpinionGiven' : 'DecisionTaken';
  return accept({ type, data: conclusion, effectiveAt });
}

function unheard(): Rejected {
  return reject({
    kind: 'contradiction',
    field: 'session',
    detail: 'This session has not heard the case: nobody is recorded as present for it.',
    remedy: 'Name the session that heard it, or record who was there first.',
  });
}
