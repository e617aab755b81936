import type { Act, Cell } from './cell.js';
import { hasBegun, inForce, isOver } from './dates.js';
import type { CareRelation, Membership, PartyFacts } from './facts.js';

export type CareStatus = 'active' | 'ended' | 'unrecorded';

export function activeCare({ care }: PartyFacts, { at }: Pick<Act, 'at'>): readonly CareRelation[] {
  return care.filter((relation) => inForce(relation, at));
}

export function careStatus(party: PartyFacts, act: Pick<Act, 'at'>): CareStatus {
  if (activeCare(party, act).length > 0) return 'active';
  return party.care.some((c) => hasBegun(c.validFrom, act.at) && isOver(c, act.at)) ? 'ended' : 'unrecorded';
}

/**
 * Whether discloser and recipient are in one care team, by what is recorded (CSP L1110-12): a team they share, or
 * the same establishment where no team is told apart. `open`: the records say neither.
 */
export function careTeam(recipient: PartyFacts, act: Act): 'same' | 'different' | 'open' {
  const [ours, theirs] = [activeCare(act.facts.discloser, act), activeCare(recipient, act)];
  if (ours.length === 0 || theirs.length === 0) return 'open';
  if (ours.some(({ team }) => team !== undefined && theirs.some((t) => t.team === team))) return 'same';
  const teamsTold = [...ours, ...theirs].every(({ team }) => team !== undefined);
  if (teamsTold) return 'different';
  return sameInstitution(recipient, act) ? 'same' : 'open';
}

/** In the care team as far as notices and parents' words go: recorded, or declared within one institution. */
export function inCareTeam(recipient: PartyFacts, act: Act): boolean {
  const team = careTeam(recipient, act);
  if (team !== 'open') return team === 'same';
  const ended = [recipient, act.facts.discloser].some((party) => careStatus(party, act) === 'ended');
  return (
    act.provision?.recipients.relationship === 'same-care-team' && sameInstitution(recipient, act) && !ended
  );
}

export function sameInstitution({ institution }: PartyFacts, { facts }: Pick<Act, 'facts'>): boolean {
  return institution !== undefined && institution === facts.discloser.institution;
}

export function membershipsIn(
  commission: string,
  party: PartyFacts,
  { at }: Pick<Act, 'at'>,
): readonly Membership[] {
  return party.memberships.filter((m) => m.commission === commission && m.coversCase && inForce(m, at));
}

/**
 * The recipient's seat in a commission of the kind that the provision names, for this case. It covers the cases of
 * that commission alone, and of no other of its kind: one that was brought there, or comes from its secretariat or
 * from who sits there too.
 */
export function seatFor(cell: Cell): Membership | undefined {
  const { recipient, provision } = cell;
  return recipient.memberships.find(
    (m) =>
      m.kind === provision?.recipients.commission &&
      m.coversCase &&
      inForce(m, cell.at) &&
      (m.hasCase === true || isOfCommission(m, cell)),
  );
}

function isOfCommission({ commission, institution }: Membership, act: Act): boolean {
  const { discloser } = act.facts;
  const secretariat = institution !== undefined && institution === discloser.institution;
  return secretariat || membershipsIn(commission, discloser, act).length > 0;
}

export function servesPurpose({ serves }: PartyFacts, { request }: Pick<Act, 'request'>): boolean {
  return request.purpose !== undefined && serves.includes(request.purpose);
}
