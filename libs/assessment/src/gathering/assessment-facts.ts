import type { Catalogue } from '#catalogue';
import type { Effective } from '#decider';
import type { ActivePerson, ItemId, Recipient } from '#person';
import type { AssessmentFacts, ItemFacts, SessionFacts } from '../facts.js';
import type { MandateId } from '#directory';
import { itemsOf } from './items.js';
import { discloserFacts, partyFacts, type Surroundings } from './parties.js';
import { asSaidBy, personFactsOf, representativesOf, wordsOf } from './words.js';

export interface Asked {
  readonly discloser: Recipient;
  readonly items: readonly ItemId[];
  readonly recipients: readonly Recipient[];
  /** For an act that is still intended: its date. What was taken back since counts against it. */
  readonly intendedAt?: Effective;
  /** For an act that happened: its date. What its discloser came to hold since does not count. */
  readonly happenedAt?: Effective;
  /** As the discloser judges it (C. pén. 226-14). */
  readonly unableToProtectThemselves?: boolean;
}

/** Everything that one disclosure is judged by: the person's stream, and what other streams say of the parties. */
export function assessmentFacts(
  person: ActivePerson,
  personRevision: number,
  around: Surroundings & { readonly sessions: readonly SessionFacts[] },
  catalogue: Catalogue,
  asked: Asked,
): AssessmentFacts {
  const { discloser, items, recipients, intendedAt, unableToProtectThemselves } = asked;
  const { happenedAt } = asked;
  const { against, consents, informations } = wordsOf(person, around.maySee);
  const others = around.otherMandates.map(({ mandate }) => mandate.mandate);
  return {
    personRevision,
    person: {
      ...personFactsOf(person),
      ...(unableToProtectThemselves ? { unableToProtectThemselves } : {}),
    },
    representatives: representativesOf(person),
    informations,
    consents,
    against: intendedAt ? asSaidBy(intendedAt, against) : against,
    items: itemsOf(person, items, discloser, others, happenedAt).map((item) =>
      tabled(item, around.sessions, discloser, others),
    ),
    discloser: discloserFacts(person, around, catalogue, discloser),
    recipients: recipients.map((party) => partyFacts(person, around, catalogue, party)),
    sessions: around.sessions,
  };
}

/** What its reporter brings to a session that is still open is judged in its frame, whatever frame is claimed. */
function tabled(
  item: ItemFacts,
  sessions: readonly SessionFacts[],
  discloser: Recipient,
  others: readonly MandateId[],
): ItemFacts {
  if (discloser.kind !== 'mandate') return item;
  const own = new Set<string>([discloser.mandate, ...others]);
  const session = sessions.find(
    ({ brings, closed }) => !closed && brings && own.has(brings.reporter) && brings.items.includes(item.item),
  );
  return session ? { ...item, tabledFor: session.session } : item;
}
