import { Temporal } from 'temporal-polyfill';
import {
  civilDate,
  covers,
  endMs,
  FOREVER_MS,
  intersect,
  interval,
  NEVER,
  startMs,
  subtract,
  union,
  type Intervals,
} from '#time';
import type { Effective } from '#decider';
import type { ActivePerson, Act, Consent, Objection, Refusal } from './person.state.js';
import type { ConsentId, ObjectionId } from './person.ids.js';
import { bearsFromMs, comesAfter, type Dated } from './order.js';
import { covered, inScope, type Passing, type Scope } from './recipient.js';
import type { Speaker } from './will.events.js';

/** Something said later that takes passings out of a consent or a refusal, for as long as it lasts itself. */
export interface Overtaking {
  readonly kind: 'withdrawal' | 'refusal' | 'objection' | 'consent';
  /** Of what was said; undefined for a withdrawal, which is part of the consent. */
  readonly id?: ConsentId | ObjectionId;
  readonly scope: Scope;
  readonly from: Dated;
  /** Left out: for good. */
  readonly until?: Dated | undefined;
  takes(passing: Passing): boolean;
}

/**
 * When a consent holds for one passing: its period, minus everything that overtook it there.
 * @param act as which act it passes: what was said on the same day is then taken in the order of the record
 */
export function consentInForce(
  person: ActivePerson,
  consent: Consent,
  passing: Passing,
  act?: Dated,
): Intervals {
  if (!covered(consent, passing)) return NEVER;
  const { untilMs } = consentPeriod(person, consent);
  const given = interval(momentMs(beginning(consent), act), untilMs);
  return subtract(given, takenOut(overtakingConsent(person, consent), passing, act));
}

/** From when it is said and begins, up to its expiry or to majority for what a holder of parental authority agreed to. */
export function consentPeriod(
  person: ActivePerson,
  consent: Consent,
): { readonly fromMs: number; readonly untilMs: number } {
  return {
    fromMs: startMs(beginning(consent).effectiveAt),
    untilMs: Math.min(endMs(consent.validUntil), lapseMs(person, consent.by)),
  };
}

/** A consent holds from when it is said, or from the later day that it names. */
function beginning({ validFrom, origin }: Consent): Dated {
  const isLater = startMs(validFrom) > startMs(origin.effectiveAt);
  return isLater ? { effectiveAt: validFrom, revision: origin.revision } : origin;
}

/** When one thing said lasts; for an act, as it bears on it. */
export function lasting({ from, until }: Pick<Overtaking, 'from' | 'until'>, act?: Dated): Intervals {
  return interval(momentMs(from, act), until ? momentMs(until, act) : FOREVER_MS);
}

function momentMs(said: Dated, act: Dated | undefined): number {
  return act ? bearsFromMs(said, act) : startMs(said.effectiveAt);
}

/** What ends a consent wholly or in part: its withdrawals, and later refusals and objections over the same. */
export function overtakingConsent(person: ActivePerson, consent: Consent): readonly Overtaking[] {
  const later = ({ origin, by }: Refusal | Objection) =>
    comesAfter(origin, consent.origin) && speaksAgainst(by, consent.by);
  return [
    ...consent.exclusions.map(({ excluded, ...from }) =>
      overtaking({ kind: 'withdrawal', scope: excluded, from }),
    ),
    ...[...person.refusals.values()]
      .filter(later)
      .map((refusal) =>
        overtaking({ kind: 'refusal', id: refusal.refusal, scope: refusal, from: refusal.origin }),
      ),
    ...[...person.objections.values()]
      .filter(later)
      .map((objection) =>
        overtaking({ kind: 'objection', id: objection.objection, scope: objection, ...standing(objection) }),
      ),
  ];
}

/** Later consents over the same end a refusal from when they begin, and for good: the person changed their mind. */
export function overtakingRefusal(person: ActivePerson, refusal: Refusal): readonly Overtaking[] {
  return [...person.consents.values()]
    .filter((consent) => comesAfter(consent.origin, refusal.origin) && speaksAgainst(consent.by, refusal.by))
    .map((consent) => ({
      kind: 'consent',
      id: consent.consent,
      scope: consent,
      from: beginning(consent),
      takes: (passing) => covered(consent, passing),
    }));
}

function overtaking(said: Omit<Overtaking, 'takes'>): Overtaking {
  return { ...said, takes: (passing) => inScope(said.scope, passing) };
}

function takenOut(all: readonly Overtaking[], passing: Passing, act?: Dated): Intervals {
  return all
    .filter((one) => one.takes(passing))
    .map((one) => lasting(one, act))
    .reduce(union, NEVER);
}

/** When somebody stands against this passing: what ends "that nobody objects", for decisions and for who knows. */
export function oppositionInForce(person: ActivePerson, passing: Passing, act?: Dated): Intervals {
  return union(objectionsInForce(person, passing, act), refusalsInForce(person, passing, act));
}

/** When an objection over this passing stands. Objections stay until they are lifted. */
export function objectionsInForce(person: ActivePerson, passing: Passing, act?: Dated): Intervals {
  return [...person.objections.values()]
    .filter((objection) => inScope(objection, passing))
    .map((objection) => lasting(standing(objection), act))
    .reduce(union, NEVER);
}

/** When a refusal over this passing stands: until a later consent over the same begins. */
export function refusalsInForce(person: ActivePerson, passing: Passing, act?: Dated): Intervals {
  return [...person.refusals.values()]
    .filter((refusal) => inScope(refusal, passing))
    .map((refusal) =>
      subtract(
        lasting({ from: refusal.origin }, act),
        takenOut(overtakingRefusal(person, refusal), passing, act),
      ),
    )
    .reduce(union, NEVER);
}

/** When what this act rests on holds: for one item and one recipient, leaving aside where the item came from. */
export function basisInForce(person: ActivePerson, act: Act, passing: Passing): Intervals {
  const from = interval(startMs(act.effectiveAt));
  const dated = { effectiveAt: act.effectiveAt, revision: act.origin.revision };
  const restsOn = act.basis?.restsOn ?? 'unknown';
  const carrying = carriersOf(person, act, passing, dated);
  if (restsOn === 'consent' || carrying.some((consent) => covered(consent, passing)))
    return intersect(from, agreedBy(person, carrying, passing, dated));
  return restsOn === 'absence-of-objection' || restsOn === 'exception'
    ? subtract(from, oppositionInForce(person, passing, dated))
    : from;
}

/**
 * The consents that an act rests on: those that it names; where a report names none, and nothing else is known to carry
 * it, whichever were in force when it happened.
 */
function carriersOf(person: ActivePerson, act: Act, passing: Passing, dated: Dated): readonly Consent[] {
  const { consents = [], restsOn = 'consent' } = act.basis ?? {};
  if (consents.length > 0 || !act.reported || restsOn !== 'consent')
    return consents.flatMap((id) => person.consents.get(id) ?? []);
  const atMs = startMs(act.effectiveAt);
  return [...person.consents.values()].filter((one) =>
    covers(consentInForce(person, one, passing, dated), atMs),
  );
}

function agreedBy(
  person: ActivePerson,
  consents: readonly Consent[],
  passing: Passing,
  act: Dated,
): Intervals {
  return consents.map((consent) => consentInForce(person, consent, passing, act)).reduce(union, NEVER);
}

/** Until it is lifted; lifted before it began, it never stood. */
export function standing({ origin, lifted }: Objection): Pick<Overtaking, 'from' | 'until'> {
  return { from: origin, until: lifted };
}

/** The person's own word always counts; a representative's ends only what they themselves agreed to. */
function speaksAgainst(by: Speaker, consentedBy: Speaker): boolean {
  if (by.kind === 'person') return true;
  return consentedBy.kind === 'representative' && consentedBy.representative === by.representative;
}

/** When what a holder of parental authority agreed to ends by itself; FOREVER_MS for anybody else's word. */
export function lapseMs(person: ActivePerson, by: Speaker): number {
  if (by.kind === 'person') return FOREVER_MS;
  const parental = person.representations.get(by.representative)?.kind === 'parental-authority';
  const majority = majorityOf(person.identity.birthDate);
  return parental && majority ? startMs(majority) : FOREVER_MS;
}

/** The eighteenth birthday (C. civ. 388, 414). */
export function majorityOf(birthDate: string | undefined): Effective | undefined {
  return birthDate === undefined
    ? undefined
    : civilDate(Temporal.PlainDate.from(birthDate).add({ years: 18 }).toString());
}
