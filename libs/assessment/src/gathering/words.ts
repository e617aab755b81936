import type {
  ActivePerson,
  Consent as Granted,
  Exclusion,
  Information as Told,
  Objection,
  Origin,
  Refusal,
  Scope as Said,
} from '#person';
import { startMs } from '#time';
import type { Effective } from '#decider';
import type {
  Against,
  Cited,
  Consent,
  Information,
  PersonFacts,
  Representative,
  Scope,
  Speaker,
} from '../facts.js';

/** Whether the caller may be told more of a recorded fact than its effect. */
export type MaySee = (origin: Origin, scope: Said) => boolean;

/** What was said and told, as it stands on the person's stream. */
export function wordsOf(person: ActivePerson, maySee: MaySee) {
  const consents = [...person.consents.values()];
  return {
    informations: [...person.informations.values()].map((one) => informationOf(one, maySee)),
    consents: consents.map((one) => consentOf(one, maySee)),
    against: [
      ...consents.flatMap(({ consent, exclusions }) =>
        exclusions.map((one) => withdrawalOf(one, consent, maySee)),
      ),
      ...[...person.refusals.values()].map((one) => refusalOf(one, maySee)),
      ...[...person.objections.values()].map((one) => objectionOf(one, maySee)),
    ],
  };
}

/**
 * For an act that is still intended: what the person took back since its date counts as said that day, so that no
 * date in the past brings back what was withdrawn.
 */
export function asSaidBy(at: Effective, against: readonly Against[]): readonly Against[] {
  const ms = startMs(at);
  return against.map((word) => (startMs(word.at) > ms ? { ...word, at } : word));
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
  return seen(once(told, informationMade), maySee(told.origin, told));
}

function informationMade(told: Told): Information {
  return { id: told.information, to: told.to, at: told.origin.effectiveAt, scope: told };
}

function consentOf(granted: Granted, maySee: MaySee): Consent {
  return seen(once(granted, consentMade), maySee(granted.origin, granted));
}

function consentMade(granted: Granted): Consent {
  const { consent, validFrom, validUntil, discloser, explicit, onward } = granted;
  return {
    kind: 'consent',
    ...wordOf(granted, consent, granted),
    validFrom,
    validUntil,
    explicit,
    onward,
    ...(discloser ? { discloser } : {}),
  };
}

function withdrawalOf(one: Exclusion, of: string, maySee: MaySee): Against {
  const fact = once(one, (): Against => {
    return { kind: 'withdrawal', ...wordOf(one, one.origin.event, one.excluded), of };
  });
  return seen(fact, maySee(one.origin, one.excluded));
}

function refusalOf(one: Refusal, maySee: MaySee): Against {
  return seen(once(one, refusalMade), maySee(one.origin, one));
}

function refusalMade(one: Refusal): Against {
  return { kind: 'refusal', ...wordOf(one, one.refusal, one) };
}

function objectionOf(one: Objection, maySee: MaySee): Against {
  return seen(once(one, objectionMade), maySee(one.origin, one));
}

function objectionMade(one: Objection): Against {
  return {
    kind: 'objection',
    ...wordOf(one, one.objection, one),
    ...(one.liftedAt ? { liftedAt: one.liftedAt } : {}),
  };
}

function wordOf({ by, origin }: { readonly by: Speaker; readonly origin: Origin }, id: string, scope: Scope) {
  return { id, by, at: origin.effectiveAt, order: origin.revision, scope };
}

/** What was said is the same at every question: the state keeps it, so it is put into facts once. */
const known = new WeakMap<object, Cited>();

function once<Word extends object, Fact extends Cited>(word: Word, make: (word: Word) => Fact): Fact {
  const found = known.get(word) as Fact | undefined;
  if (found) return found;
  const fact = make(word);
  known.set(word, fact);
  return fact;
}

function seen<Fact extends Cited>(fact: Fact, visible: boolean): Fact {
  return visible ? fact : { ...fact, hidden: true };
}

/** A fact whose reference only those may have who may see it. */
export function cited(id: string, visible: boolean) {
  return { id, ...(visible ? {} : { hidden: true }) };
}
