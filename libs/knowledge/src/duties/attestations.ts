import type { CommissionId, Session, SessionId } from '#commission';
import type { Effective } from '#decider';
import { hasBeyondSession, holderKey, institutionOf, type Act, type ActivePerson, type Case } from '#person';
import { addDays, addMonths, civilDate, dayOf, startMs } from '#time';
import { catalogueAt, type Elsewhere } from '../elsewhere/elsewhere.js';
import { doneMs } from './fulfilled.js';
import type { Owed } from './owing.js';

const KIND = 'attest-destruction';

/** The session in which an act made a report known, where a case of this person is on its agenda. */
export function sessionOf(person: ActivePerson, act: Act, elsewhere: Elsewhere): Session | undefined {
  if (act.session === undefined) return undefined;
  for (const one of person.cases.values()) {
    const session = sessionFor(one, act.session as SessionId, elsewhere);
    if (session) return session;
  }
  return undefined;
}

function sessionFor(
  { commission, case: referred }: Case,
  id: SessionId,
  { commissions }: Elsewhere,
): Session | undefined {
  const session = commissions.get(commission as CommissionId)?.sessions.get(id);
  return session?.agenda.has(referred as never) ? session : undefined;
}

/**
 * What each who was told in a session has to attest the destruction of once it is closed: all but what they also
 * have from elsewhere, in a mission of their own.
 */
export function attestationsOwed(
  person: ActivePerson,
  act: Act,
  { session, closedAt }: Session,
  elsewhere: Elsewhere,
): readonly Owed[] {
  if (closedAt === undefined) return [];
  return act.recipients.flatMap((recipient): readonly Owed[] => {
    if (recipient.kind !== 'mandate') return [];
    const items = act.items
      .map(({ item }) => item)
      .filter((item) => !hasBeyondSession(person, item, recipient, session));
    if (items.length === 0) return [];
    return [
      {
        kind: KIND,
        debtor: holderKey(recipient),
        institution: institutionOf(recipient),
        recipient: holderKey(recipient),
        items,
        deadline: attestBy(closedAt, elsewhere),
        standing: false,
        sinceMs: Math.max(startMs(closedAt), startMs(act.effectiveAt)),
        doneMs: doneMs(person, { act, recipient, items }, { kind: KIND, debtor: recipient }),
      },
    ];
  });
}

function attestBy(closedAt: Effective, elsewhere: Elsewhere): Effective | undefined {
  const period = catalogueAt(elsewhere, closedAt)?.deadline(KIND).period;
  if (!period) return undefined;
  const day = civilDate(dayOf(closedAt));
  return 'months' in period ? addMonths(day, period.months) : addDays(day, period.days);
}
