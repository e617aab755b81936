import type { SessionId } from '#commission';
import type { Effective, Instant } from '#decider';
import type { MandateId } from '#directory';
import { held } from '#disclosure';
import { hasBeyondSession, type ActivePerson, type Case, type ItemId, type Recipient } from '#person';
import { carries, tabledIn } from '../tabling.js';

/** One who heard a report, and what of it. */
export interface Heard {
  readonly recipient: Extract<Recipient, { kind: 'mandate' }>;
  readonly items: readonly ItemId[];
}

/** What was tabled of a case in a session, for each who was told. */
export function heardIn(person: ActivePerson, session: SessionId, referred: Case): readonly Heard[] {
  const heard = new Map<MandateId, Heard>();
  for (const act of tabledIn(person, session).filter((one) => carries(one, referred)))
    for (const recipient of act.recipients) {
      if (recipient.kind !== 'mandate') continue;
      const before = heard.get(recipient.mandate)?.items ?? [];
      const items = [...new Set([...before, ...act.items.map(({ item }) => item)])];
      heard.set(recipient.mandate, { recipient, items });
    }
  return [...heard.values()];
}

/**
 * Who has still to attest the destruction of what they heard: everybody who was told, but for what they also have
 * from elsewhere, in a mission of their own. Nobody owes anything before the session is closed.
 */
export function oweDestruction(
  person: ActivePerson,
  { session, closedAt }: { readonly session: SessionId; readonly closedAt?: Effective },
  referred: Case,
  now: Instant,
): readonly Heard[] {
  if (closedAt === undefined) return [];
  return heardIn(person, session, referred)
    .map(({ recipient, items }) => ({
      recipient,
      items: items.filter(
        (item) => held(person, item, recipient, now) && !hasBeyondSession(person, item, recipient, session),
      ),
    }))
    .filter(({ items }) => items.length > 0);
}
