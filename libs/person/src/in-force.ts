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
import { covered, inScope, type Passing } from './recipient.js';
import type { Speaker } from './will.events.js';

/**
 * When a consent holds for one passing: its period, minus what was withdrawn, minus later refusals and
 * objections over the same. Expiry, and majority for what a holder of parental authority agreed to, end it
 * like a withdrawal.
 */
export function consentInForce(person: ActivePerson, consent: Consent, passing: Passing): Intervals {
  if (!covered(consent, passing)) return NEVER;
  const from = Math.max(startMs(consent.validFrom), startMs(consent.origin.effectiveAt));
  const until = Math.min(endMs(consent.validUntil), lapseMs(person, consent.by));
  const withdrawn = consent.exclusions
    .filter(({ excluded }) => inScope(excluded, passing))
    .map(({ effectiveAt }) => interval(startMs(effectiveAt)));
  const refused = [...person.refusals.values()]
    .filter((r) => isLater(r, consent) && speaksAgainst(r.by, consent.by) && inScope(r, passing))
    .map((r) => interval(startMs(r.origin.effectiveAt)));
  const objected = [...person.objections.values()]
    .filter((o) => isLater(o, consent) && speaksAgainst(o.by, consent.by) && inScope(o, passing))
    .map(objectionPeriod);
  return subtract(interval(from, until), [...withdrawn, ...refused, ...objected].reduce(union, NEVER));
}

/** When an objection over this passing stands. Objections stay until they are lifted. */
export function objectionsInForce(person: ActivePerson, passing: Passing): Intervals {
  return [...person.objections.values()]
    .filter((objection) => inScope(objection, passing))
    .map(objectionPeriod)
    .reduce(union, NEVER);
}

/** When a refusal over this passing stands: until a later valid consent over the same. */
export function refusalsInForce(person: ActivePerson, passing: Passing): Intervals {
  return [...person.refusals.values()]
    .filter((refusal) => inScope(refusal, passing))
    .map((refusal) => {
      const later = [...person.consents.values()]
        .filter((consent) => isLater(consent, refusal) && inScope(consent, passing))
        .map((consent) => startMs(consent.origin.effectiveAt));
      return interval(startMs(refusal.origin.effectiveAt), Math.min(FOREVER_MS, ...later));
    })
    .reduce(union, NEVER);
}

/** When what this act rests on holds: for one item and one recipient, leaving aside where the item came from. */
export function basisInForce(person: ActivePerson, act: Act, passing: Passing): Intervals {
  const from = interval(startMs(act.effectiveAt));
  if (act.basis === undefined || act.basis.restsOn === 'provision') return from;
  if (act.basis.restsOn === 'absence-of-objection') return subtract(from, objectionsInForce(person, passing));
  const agreed = act.basis.consents
    .map((id) => person.consents.get(id))
    .filter((consent) => consent !== undefined)
    .map((consent) => consentInForce(person, consent, passing))
    .reduce(union, NEVER);
  return intersect(from, agreed);
}

function objectionPeriod(objection: Objection): Intervals {
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
