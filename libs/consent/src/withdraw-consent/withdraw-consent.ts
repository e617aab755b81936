import { accept, type Decision, type Effective } from '#decider';
import {
  notFound,
  rejectImpossibleDate,
  rejectSpeakingForAnother,
  rejectTakingBackForAnother,
  rejectUnknownScope,
  rejectUnknownSpeaker,
  type ActivePerson,
  type ConsentWithdrawn,
  type Facts,
} from '#person';
import { rejectEarlier } from '#time';
import { isWithheld } from './withheld.js';

export interface WithdrawConsent {
  readonly withdrawal: ConsentWithdrawn['data'];
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function withdrawConsent(
  person: ActivePerson,
  { withdrawal, effectiveAt }: WithdrawConsent,
  { now, catalogue, caller }: Facts,
): Decision<ConsentWithdrawn> {
  const { by, excluded } = withdrawal;
  const consent = person.consents.get(withdrawal.consent);
  if (!consent) return notFound('consent');
  const rejected =
    rejectUnknownScope(person, catalogue, 'excluded.', excluded) ??
    rejectUnknownSpeaker(person, 'by', by) ??
    rejectSpeakingForAnother(person, 'by', by, caller) ??
    rejectTakingBackForAnother('by', by, consent.by) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, consent.origin.effectiveAt);
  if (rejected) return rejected;
  if (isWithheld(person, consent, excluded, effectiveAt ?? now)) return accept();
  return accept({ type: 'ConsentWithdrawn', data: withdrawal, effectiveAt });
}
