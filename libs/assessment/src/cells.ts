import { canBeABasis, type Catalogue } from '#catalogue';
import type { Act, Cell } from './cell.js';
import type { AssessmentFacts, ItemFacts, PartyFacts, SessionFacts } from './facts.js';
import { effectiveLevel, exclusionCategories } from './level.js';
import { membershipsIn } from './relation.js';
import type { DisclosureRequest, RequestedItem } from './request.js';
import { isSafetyProvision } from './safety.js';
import { partyKey } from './scope.js';
import { stanceOn } from './will.js';

export function actOf(facts: AssessmentFacts, catalogue: Catalogue, request: DisclosureRequest): Act {
  const cited = request.provision && catalogue.provision(request.provision);
  const provision = cited && canBeABasis(cited) ? cited : undefined;
  return {
    facts,
    catalogue,
    request,
    at: request.at,
    purpose: request.purpose && catalogue.purpose(request.purpose),
    provision,
    unfitCitation: request.provision !== undefined && provision === undefined,
    safety: isSafetyProvision(provision, facts.person, request.at),
    requisition: provision !== undefined && request.purpose === 'judicial-requisition',
  };
}

/** A party or item that the facts do not describe is treated as nothing but its name. */
export function recipientFacts(act: Act, index: number): PartyFacts {
  const party = act.request.recipients[index]!;
  const key = partyKey(party);
  return (
    act.facts.recipients.find((r) => partyKey(r.party) === key) ?? {
      id: key,
      party,
      categories: [],
      secrecy: [],
      serves: [],
      care: [],
      memberships: [],
    }
  );
}

export function itemFacts({ facts }: Act, { item }: RequestedItem): ItemFacts {
  return facts.items.find((i) => i.item === item) ?? { id: item, item, holdings: [] };
}

export function cellOf(act: Act, asked: RequestedItem, item: ItemFacts, recipient: PartyFacts): Cell {
  const level = effectiveLevel(item, act);
  return {
    ...act,
    item,
    asked,
    recipient,
    level,
    exclusionCategories: exclusionCategories(item, level),
    session: sessionOf(act, item, recipient),
    stance: stanceOn(item, recipient, act),
  };
}

/**
 * The session in whose frame the item is judged: the one that the request claims, or the one before which the item
 * is tabled when a member of its commission would receive it, whatever frame the request claims.
 */
function sessionOf(act: Act, item: ItemFacts, recipient: PartyFacts): SessionFacts | 'unknown' | undefined {
  const { facts, request } = act;
  const known = (id: string | undefined) => sessionWith(facts.sessions, id, item);
  if (request.frame === 'commission-session') return known(request.session) ?? 'unknown';
  const tabled = item.tabledFor === undefined ? undefined : known(item.tabledFor);
  return tabled && membershipsIn(tabled.commission, recipient, act).length > 0 ? tabled : undefined;
}

/** A person may have two cases in one session: the one that brings the item, else any. */
function sessionWith(
  sessions: AssessmentFacts['sessions'],
  id: string | undefined,
  { item }: ItemFacts,
): SessionFacts | undefined {
  const cases = sessions.filter(({ session }) => session === id);
  return cases.find(({ brings }) => brings?.items.includes(item)) ?? cases[0];
}
