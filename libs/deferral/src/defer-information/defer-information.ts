import { accept, type Decision } from '#decider';
import { recordDisclosure, type IntendedFacts, type RecordDisclosure } from '#disclosure';
import {
  institutionOf,
  unknownReference,
  type ActivePerson,
  type DeferralGround,
  type DeferralId,
  type InformationDeferred,
  type PersonEvent,
} from '#person';
import type { Effective } from '#decider';
import { rejectReviewDate } from '../rules.js';

export interface DeferInformation {
  readonly deferral: DeferralId;
  readonly ground: DeferralGround;
  readonly reason: string;
  readonly reviewBy: Effective;
  /** The act that the person is not told of for now. */
  readonly intended: RecordDisclosure;
}

/**
 * Puts off telling the person about one intended act. The nine points judge the act as any other; allowed, waiting or
 * refused, it stands on the deferral's stream behind the reason why.
 */
export function deferInformation(
  person: ActivePerson,
  { deferral, ground, reason, reviewBy, intended }: DeferInformation,
  facts: IntendedFacts,
): Decision<InformationDeferred | PersonEvent> {
  const institution = institutionOf(intended.act.discloser);
  if (!institution)
    return unknownReference('discloser', 'mandate of this ledger: name the one that discloses');
  const rejected = rejectReviewDate(reviewBy, facts.now);
  if (rejected) return rejected;
  const decision = recordDisclosure(person, untold(intended, reason), facts);
  if (decision.kind === 'rejected') return decision;
  const data = { deferral, person: person.identity.person, institution, ground, reason, reviewBy };
  return accept<InformationDeferred | PersonEvent>({ type: 'InformationDeferred', data }, ...decision.events);
}

/** Why the person was not told beforehand is the reason of the deferral, unless the discloser gives another. */
function untold(intended: RecordDisclosure, reason: string): RecordDisclosure {
  const { declared } = intended;
  const exception = declared.exception ?? { kind: 'contrary-to-interest' as const, reason };
  return { ...intended, declared: { ...declared, exception } };
}
