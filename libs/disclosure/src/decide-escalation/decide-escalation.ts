import { accept, reject, type Decision, type Effective } from '#decider';
import {
  alreadyEnded,
  notFound,
  type ActivePerson,
  type CareRelationStarted,
  type DisclosureAssessed,
  type DisclosureRecorded,
  type DisclosureRefused,
  type EscalationDecided,
} from '#person';
import type { Rejected } from '#time';
import { declaredCare } from '../declared-care.js';
import { judgeOutgoing } from '../alert.js';
import type { IntendedFacts } from '../intended.js';
import { recorded, refusal } from '../record-disclosure/record-disclosure.js';
import { rejectClosedSession } from '../rules.js';
import { rejectUnintelligible } from '../unintelligible.js';

export interface DecideEscalation {
  readonly decided: Omit<EscalationDecided['data'], 'by'>;
  /** Where it is allowed: when the items are made known. */
  readonly effectiveAt: Effective;
}

type Result =
  EscalationDecided | DisclosureRecorded | DisclosureAssessed | CareRelationStarted | DisclosureRefused;

/**
 * The named human being decides, with a reason. An allowed act is judged again as things stand: what has become
 * forbidden while it waited is refused all the same.
 */
export function decideEscalation(
  person: ActivePerson,
  { decided, effectiveAt }: DecideEscalation,
  facts: IntendedFacts,
): Decision<Result> {
  const escalation = person.escalations.get(decided.disclosure);
  if (!escalation) return notFound('disclosure that waits for a decision');
  const { to } = escalation;
  const rejected = rejectOther(to, facts) ?? rejectDecided(escalation.decided !== undefined);
  if (rejected) return rejected;
  const decision: EscalationDecided = { type: 'EscalationDecided', data: { ...decided, by: to } };
  if (decided.decision === 'deny') return accept<Result>(decision);
  const intended = { ...escalation.act, effectiveAt };
  const unintelligible =
    rejectClosedSession(intended, facts.around.sessions) ?? rejectUnintelligible(person, intended, facts);
  if (unintelligible) return unintelligible;
  const { judged, intended: outgoing } = judgeOutgoing(person, intended, facts);
  return judged.assessment.verdict === 'deny'
    ? accept<Result>(decision, refusal(outgoing, judged))
    : accept<Result>(decision, ...recorded(outgoing, judged, facts), ...declaredCare(person, outgoing));
}

function rejectOther(to: string, { caller }: IntendedFacts): Rejected | undefined {
  if (caller.kind === 'mandate' && caller.id === to) return undefined;
  return reject({
    kind: 'not-permitted',
    detail: 'Somebody else was named to decide this.',
    remedy: 'Let the mandate that was named decide, or ask anew and name another.',
  });
}

function rejectDecided(isDecided: boolean): Rejected | undefined {
  return isDecided ? alreadyEnded('This was decided already.') : undefined;
}
