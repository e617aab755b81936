import { accept, type Decision, type Effective } from '#decider';
import { rejectNotInForce, type Mandate } from '#directory';
import { notFound, rejectImpossibleDate, type ActivePerson, type EffectObserved, type Facts } from '#person';
import { rejectEarlier } from '#time';

export interface ObserveEffect {
  readonly observation: EffectObserved['data'];
  readonly mandate: Mandate;
  /** Left out: now. */
  readonly effectiveAt?: Effective;
}

export function observeEffect(
  person: ActivePerson,
  { observation, mandate, effectiveAt }: ObserveEffect,
  { now }: Facts,
): Decision<EffectObserved> {
  const act = person.acts.get(observation.disclosure);
  if (!act) return notFound('disclosure');
  const rejected =
    rejectImpossibleDate(person, 'effectiveAt', effectiveAt, now) ??
    rejectEarlier('effectiveAt', effectiveAt, act.effectiveAt) ??
    rejectNotInForce('by', mandate, effectiveAt ?? now);
  if (rejected) return rejected;
  if (act.effects.includes(observation.effect)) return accept();
  return accept({ type: 'EffectObserved', data: observation, effectiveAt });
}
