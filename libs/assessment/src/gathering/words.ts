import type { ActivePerson, Consent as Granted, Information as Told, Origin, Scope as Said } from '#person';
import { startMs } from '#time';
import type { Effective } from '#decider';
import type { Against, Consent, Information, PersonFacts, Representative, Scope, Speaker } from '../facts.js';

/** Whether the caller may be told more of a recorded fact than its effect. */
export type MaySee = (origin: Origin, scope: Said) => boolean;

/** What was said and told, as it stands on the person's stream. */
export function wordsOf(person: ActivePerson, maySee: MaySee) {
  const consents = [...person.consents.values()];
  return {
    informations: [...person.informations.values()].map((one) => informationOf(one, maySee)),
    consents: consents.map((one) => consentOf(one, maySee)),
    against: [
      ...consents.flatMap((one) => withdrawalsOf(one, maySee)),
      ...[...person.refusals.values()].map((one): Against => ({
        kind: 'refusal',
        ...wordOf(one, maySee, one.refusal, one),
      })),
      ...[...person.objections.values()].map((one): Against => ({
        kind: 'objection',
        ...wordOf(one, maySee, one.objection, one),
        ...(one.liftedAt ? { liftedAt: one.liftedAt } : {}),
      })),
    ],
  };
}

/**
 * For an act that is still intended: what the person took back since its date counts as said that day, so that no
 * date in the past brings back what was withdrawn.
 */
export function asSaidBy(at: Effective, against: readonly Against[]): readonly Against[] {
  return against.map((word) => (startMs(word.at) > startMs(at) ? { ...word, at } : word));
}

export function personFactsOf(person: ActivePerson): PersonFacts {
  const { birthDate } = person.identity;
  return {
    ...(birthDate ? { birthDate } : {}),
    capacity: [...person.capacity]
      .filter(({ domain }) => domain === 'personal')
      .map(({ ableToDecide, origin }) => ({ id: origin.event, ableToDecide, at: origin.effectiveAt })),
  };
}

export function representativesOf(person: ActivePerson): readonly Representative[] {
  return [...person.representations.values()].map(
    ({ representative, kind, domain, verified, validFrom, validUntil }) => ({
      id: representative,
      representative,
      kind,
      domain,
      verified,
      validFrom,
      ...(validUntil ? { validUntil } : {}),
    }),
  );
}

function informationOf(told: Told, maySee: MaySee): Information {
  return {
    ...cited(told.information, maySee(told.origin, told)),
    to: told.to,
    at: told.origin.effectiveAt,
    scope: scopeOf(told),
  };
}

function consentOf(granted: Granted, maySee: MaySee): Consent {
  const { consent, validFrom, validUntil, discloser, explicit, onward } = granted;
  return {
    kind: 'consent',
    ...wordOf(granted, maySee, consent, granted),
    validFrom,
    validUntil,
    explicit,
    onward,
    ...(discloser ? { discloser } : {}),
  };
}

function withdrawalsOf({ consent, exclusions }: Granted, maySee: MaySee): readonly Against[] {
  return exclusions.map((one) => ({
    kind: 'withdrawal',
    ...wordOf(one, maySee, one.origin.event, one.excluded),
    of: consent,
  }));
}

function wordOf(
  { by, origin }: { readonly by: Speaker; readonly origin: Origin },
  maySee: MaySee,
  id: string,
  said: Said,
) {
  const { effectiveAt: at, revision: order } = origin;
  return { ...cited(id, maySee(origin, said)), by, at, order, scope: scopeOf(said) };
}

/** A fact whose reference only those may have who may see it. */
export function cited(id: string, visible: boolean) {
  return { id, ...(visible ? {} : { hidden: true }) };
}

function scopeOf({ items, categories, recipients, purposes }: Said): Scope {
  return { items, categories, recipients, purposes };
}
