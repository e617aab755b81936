import { Temporal } from 'temporal-polyfill';
import {
  civilDate,
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
import { covered, inScope, type Passing, type Scope } from './recipient.js';
import type { Speaker } from './will.events.js';

/** Something said later that takes passings out of a consent or a refusal, for as long as it lasts itself. */
export interface Overtaking {
  readonly kind: 'withdrawal' | 'refusal' | 'objection' | 'consent';
  /** Of what was said; undefined for a withdrawal, which is part of the consent. */
  readonly id?: ConsentId | ObjectionId;
  readonly scope: Scope;
  readonly period: Intervals;
  takes(passing: Passing): boolean;
}

/** When a consent holds for one passing: its period, minus everything that overtook it there. */
export function consentInForce(person: ActivePerson, consent: Consent, passing: Passing): Intervals {
  if (!covered(consent, passing)) return NEVER;
  const { fromMs, untilMs } = consentPeriod(person, consent);
  return subtract(interval(fromMs, untilMs), takenOut(overtakingConsent(person, consent), passing));
}

/** From when it is said and begins, up to its expiry or to majority for what a holder of parental authority agreed to. */
export function consentPeriod(
  person: ActivePerson,
  consent: Consent,
): { readonly fromMs: number; readonly untilMs: number } {
  return {
    fromMs: Math.max(startMs(consent.validFrom), startMs(consent.origin.effectiveAt)),
    untilMs: Math.min(endMs(consent.validUntil), lapseMs(person, consent.by)),
  };
}

/** What ends a consent wholly or in part: its withdrawals, and later refusals and objections over the same. */
export function overtakingConsent(person: ActivePerson, consent: Consent): readonly Overtaking[] {
  const later = (said: Refusal | Objection) => isLater(said, consent) && speaksAgainst(said.by, consent.by);
  return [
    ...consent.exclusions.map(({ excluded, effectiveAt }) =>
      overtaking({ kind: 'withdrawal', scope: excluded, period: interval(startMs(effectiveAt)) }),
    ),
    ...[...person.refusals.values()].filter(later).map((refusal) =>
      overtaking({
        kind: 'refusal',
        id: refusal.refusal,
        scope: refusal,
        period: interval(startMs(refusal.origin.effectiveAt)),
      }),
    ),
    ...[...person.objections.values()].filter(later).map((objection) =>
      overtaking({
        kind: 'objection',
        id: objection.objection,
        scope: objection,
        period: objectionPeriod(objection),
      }),
    ),
  ];
}

/** Later consents over the same end a refusal from when they begin, and for good: the person changed their mind. */
export function overtakingRefusal(person: ActivePerson, refusal: Refusal): readonly Overtaking[] {
  return [...person.consents.values()]
    .filter((consent) => isLater(consent, refusal) && speaksAgainst(consent.by, refusal.by))
    .map((consent) => ({
      kind: 'consent',
      id: consent.consent,
      scope: consent,
      period: interval(consentPeriod(person, consent).fromMs),
      takes: (passing) => covered(consent, passing),
    }));
}

function overtaking(said: Omit<Overtaking, 'takes'>): Overtaking {
  return { ...said, takes: (passing) => inScope(said.scope, passing) };
}

function takenOut(all: readonly Overtaking[], passing: Passing): Intervals {
  return all
    .filter((one) => one.takes(passing))
    .map(({ period }) => period)
    .reduce(union, NEVER);
}

/** When somebody stands against this passing: what ends "that nobody objects", for decisions and for who knows. */
export function oppositionInForce(person: ActivePerson, passing: Passing): Intervals {
  return union(objectionsInForce(person, passing), refusalsInForce(person, passing));
}

/** When an objection over this passing stands. Objections stay until they are lifted. */
export function objectionsInForce(person: ActivePerson, passing: Passing): Intervals {
  return [...person.objections.values()]
    .filter((objection) => inScope(objection, passing))
    .map(objectionPeriod)
    .reduce(union, NEVER);
}

/** When a refusal over this passing stands: until a later consent over the same begins. */
export function refusalsInForce(person: ActivePerson, passing: Passing): Intervals {
  return [...person.refusals.values()]
    .filter((refusal) => inScope(refusal, passing))
    .map((refusal) => {
      const standing = interval(startMs(refusal.origin.effectiveAt));
      return subtract(standing, takenOut(overtakingRefusal(person, refusal), passing));
    })
    .reduce(union, NEVER);
}

/** When what this act rests on holds: for one item and one recipient, leaving aside where the item came from. */
export function basisInForce(person: ActivePerson, act: Act, passing: Passing): Intervals {
  const from = interval(startMs(act.effectiveAt));
  if (act.basis === undefined || act.basis.restsOn === 'provision') return from;
  if (act.basis.restsOn === 'absence-of-objection') return subtract(from, oppositionInForce(person, passing));
  const agreed = act.basis.consents
    .map((id) => person.consents.get(id))
    .filter((consent) => consent !== undefined)
    .map((consent) => consentInForce(person, consent, passing))
    .reduce(union, NEVER);
  return intersect(from, agreed);
}

/** Until it is lifted; lifted before it began, it never stood. */
export function objectionPeriod(objection: Objection): Intervals {
  const until = objection.liftedAt ? startMs(objection.liftedAt) : FOREVER_MS;
  return interval(startMs(objection.origin.effectiveAt), until);
}

/** The same day counts as later, unless the recorded order says otherwise. */
function isLater(fact: Refusal | Objection | Consent, than: Refusal | Consent): boolean {
  const [a, b] = [startMs(fact.origin.effectiveAt), startMs(than.origin.effectiveAt)];
  return a === b ? fact.origin.revision > than.origin.revision : a > b;
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
