import type { Effective, Instant } from '#decider';
import {
  consentInForce,
  objectionsInForce,
  refusalsInForce,
  type ActivePerson,
  type Basis,
  type Consent,
  type ConsentId,
  type DisclosureData,
  type Passing,
} from '#person';
import { civilDate, covers, endMs, epochMs, union } from '#time';

/** Why an intended disclosure is refused: a rule, and a plain sentence for the professional. */
export interface Reason {
  readonly rule: string;
  readonly fr: string;
  readonly en: string;
}

const NO_CONSENT: Reason = {
  rule: 'consent-missing',
  fr: 'La personne n’a pas donné un accord qui couvre cette information, ce destinataire et cette finalité.',
  en: 'The person has given no agreement that covers this information, this recipient and this purpose.',
};
const OBJECTION: Reason = {
  rule: 'objection-in-force',
  fr: 'La personne s’oppose à ce partage ou l’a refusé.',
  en: 'The person objects to this sharing, or has refused it.',
};
const FOREIGN_PURPOSE: Reason = {
  rule: 'purpose-foreign-to-provision',
  fr: 'La disposition citée n’a pas été prise pour cette finalité.',
  en: 'The cited provision was not made for this purpose.',
};

/** Every passing of the act: item × recipient. */
export function passingsOf(person: ActivePerson, act: DisclosureData): readonly Passing[] {
  const { purpose, discloser } = act;
  return act.items.flatMap(({ item }) =>
    act.recipients.map((recipient) => ({
      item,
      category: person.items.get(item)?.category,
      recipient,
      discloser,
      purpose,
    })),
  );
}

/** Whether what the basis asks of the person is there: a consent, or that they do not object. */
export function reasonsAgainst(
  person: ActivePerson,
  act: DisclosureData,
  purposes: readonly string[] | undefined,
  when: Judged,
): readonly Reason[] {
  const passings = passingsOf(person, act);
  const reasons: Reason[] = [];
  if (purposes && !purposes.includes(act.purpose)) reasons.push(FOREIGN_PURPOSE);
  if (act.basis.restsOn === 'absence-of-objection' && passings.some((p) => isOpposed(person, p, when)))
    reasons.push(OBJECTION);
  if (act.basis.restsOn === 'consent' && !passings.every((p) => isCovered(person, act.basis, p, when)))
    reasons.push(NO_CONSENT);
  return reasons;
}

/** Consents in force that cover at least one passing: what a request that names none relies on. */
export function consentsFor(
  person: ActivePerson,
  passings: readonly Passing[],
  when: Judged,
): readonly ConsentId[] {
  return [...person.consents.values()]
    .filter((consent) => passings.some((passing) => isValid(person, consent, passing, when)))
    .map(({ consent }) => consent);
}

function isCovered(person: ActivePerson, basis: Basis, passing: Passing, when: Judged): boolean {
  return basis.consents
    .map((id) => person.consents.get(id))
    .some((consent) => consent !== undefined && isValid(person, consent, passing, when));
}

function isOpposed(person: ActivePerson, passing: Passing, { actMs, nowMs }: Judged): boolean {
  const opposed = union(objectionsInForce(person, passing), refusalsInForce(person, passing));
  return covers(opposed, actMs) || covers(opposed, nowMs);
}

/** In force at the act, and not taken back since: a date in the past does not bring back a withdrawn consent. */
function isValid(
  person: ActivePerson,
  consent: Consent,
  passing: Passing,
  { actMs, nowMs }: Judged,
): boolean {
  const unlimited = { ...consent, validUntil: LAST_DAY };
  return (
    covers(consentInForce(person, consent, passing), actMs) &&
    covers(consentInForce(person, unlimited, passing), nowMs)
  );
}

const LAST_DAY = civilDate('9999-12-31');

/** The two moments at which what the person said must carry an intended disclosure, epoch ms. */
export interface Judged {
  readonly actMs: number;
  readonly nowMs: number;
}

/**
 * A day is judged by its last moment, today by this one: an agreement of the same day counts, and so does a
 * withdrawal of the same day, since the recorded order tells which of the two came first.
 */
export function judgedAt(effectiveAt: Effective, now: Instant): Judged {
  const nowMs = epochMs(now);
  return { actMs: Math.min(endMs(effectiveAt) - 1, nowMs), nowMs };
}
