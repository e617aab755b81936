import { accept, reject, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import type { Rejected } from '#time';
import type { Facts } from '../person-desk.js';
import type { ActivePerson } from '../person.state.js';
import {
  emptyScope,
  rejectImpossibleDate,
  rejectUnknownProvision,
  rejectUnknownScope,
  rejectUnknownSpeaker,
  unknownCode,
} from '../rules.js';
import type { InformationData, PersonInformed } from '../will.events.js';

export interface InformPerson {
  readonly information: InformationData;
  /** The mandate of whoever told them. */
  readonly mandate: Mandate;
  /** When they were told; left out: now. */
  readonly effectiveAt?: Effective;
}

export function informPerson(
  person: ActivePerson,
  { information, mandate, effectiveAt }: InformPerson,
  { now, catalogue }: Facts,
): Decision<PersonInformed> {
  const { notice, provision, to } = information;
  return (
    rejectUnknownSpeaker(person, 'to', to) ??
    rejectVague(information) ??
    rejectUnknownScope(person, catalogue, '', information) ??
    rejectKept(person, information) ??
    rejectUnknownProvision(catalogue, 'provision', provision) ??
    (notice === undefined || catalogue.notice(notice) ? undefined : unknownCode('notice', 'notice')) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now) ??
    accept({ type: 'PersonInformed', data: information, effectiveAt })
  );
}

/** A general notice about the care team may leave things open; naming recipients calls for naming the rest. */
function rejectVague({ items, categories, recipients, purposes }: InformationData): Rejected | undefined {
  if (recipients.length === 0) return undefined;
  if (items.length === 0 && categories.length === 0)
    return emptyScope('items', 'The recipients are named, but neither items nor categories.');
  return purposes.length === 0
    ? emptyScope('purposes', 'The recipients are named, but no purpose.')
    : undefined;
}

/** Telling a representative is information within their scope; what is kept from them is disclosed to them, or not told. */
function rejectKept(person: ActivePerson, { to, items }: InformationData): Rejected | undefined {
  if (to.kind === 'person') return undefined;
  const kept = items.findIndex((item) => person.items.get(item)?.keptFromParents === true);
  if (kept < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `items[${kept}]`,
    detail: 'This is kept from whoever speaks for the person (CSP L1111-5): telling them is no information.',
    remedy: 'Leave it out; if they were told all the same, report that as a disclosure to them.',
  });
}
