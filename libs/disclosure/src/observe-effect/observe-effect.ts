import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type InstitutionId, type Mandate } from '#directory';
import {
  institutionsOf,
  notFound,
  rejectForeign,
  rejectImpossibleDate,
  type ActivePerson,
  type EffectObserved,
  type Facts,
} from '#person';
import { rejectEarlier } from '#time';

export interface ObserveEffect {
  readonly observation: EffectObserved['data'];
  readonly mandate: Mandate;
  /** Whose mandate recorded the act, where one did. */
  readonly recordedAt?: InstitutionId;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

/** For those who disclosed or received it, and whoever reported it. */
export function observeEffect(
  person: ActivePerson,
  { observation, mandate, recordedAt, effectiveAt }: ObserveEffect,
  facts: Facts,
): Decision<EffectObserved> {
  const act = person.acts.get(observation.disclosure);
  if (!act) return notFound('disclosure');
  const { discloser, recipients } = act;
  const parties = institutionsOf(discloser ? [discloser, ...recipients] : recipients);
  const { now } = facts;
  const rejected =
    rejectForeign(undefined, facts, [recordedAt, ...parties]) ??
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, act.effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now);
  if (rejected) return rejected;
  if (act.effects.includes(observation.effect)) return accept();
  return accept({ type: 'EffectObserved', data: observation, effectiveAt });
}
