import { accept, type Decision, type Effective } from '#decider';
import {
  emptyScope,
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectUnknownOutsiders,
  rejectUnknownScope,
  rejectUnknownSpeaker,
  unknownReference,
  type ActivePerson,
  type ConsentData,
  type ConsentGranted,
  type Facts,
  type Scope,
} from '#person';
import { dayOf, rejectInverted, type Rejected } from '#time';

export interface GrantConsent {
  readonly consent: ConsentData;
  /** When the person agreed. */
  readonly effectiveAt: Effective;
}

export function grantConsent(
  person: ActivePerson,
  { consent, effectiveAt }: GrantConsent,
  { now, catalogue, caller }: Facts,
): Decision<ConsentGranted> {
  return (
    rejectEmpty(consent) ??
    rejectUnknownScope(person, catalogue, '', consent) ??
    rejectUnknownOutsiders(person, 'onward', consent.onward) ??
    rejectUnknownSpeaker(person, 'by', consent.by) ??
    rejectSpeakingForAnother(person, 'by', consent.by, caller) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectInverted('validUntil', consent.validFrom, consent.validUntil) ??
    rejectUninformed(person, consent, effectiveAt) ??
    accept({ type: 'ConsentGranted', data: consent, effectiveAt })
  );
}

/** A consent never widens by silence: it names what it covers, for whom and for what. */
function rejectEmpty({ items, categories, recipients, purposes }: Scope): Rejected | undefined {
  if (items.length === 0 && categories.length === 0)
    return emptyScope('items', 'The consent names neither items nor categories.');
  if (recipients.length === 0) return emptyScope('recipients', 'The consent names no recipient.');
  return purposes.length === 0 ? emptyScope('purposes', 'The consent names no purpose.') : undefined;
}

/** A consent follows a piece of information (GDPR 4(11): informed); the same day will do. */
function rejectUninformed(
  person: ActivePerson,
  consent: ConsentData,
  effectiveAt: Effective,
): Rejected | undefined {
  const information = person.informations.get(consent.information);
  if (!information) return unknownReference('information', 'information given to this person');
  if (dayOf(information.origin.effectiveAt) <= dayOf(effectiveAt)) return undefined;
  return unknownReference('information', 'information given before this consent');
}
