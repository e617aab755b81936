import type { Effective } from '#decider';
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
import { covers, endMs } from '#time';

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
  at: Effective,
): readonly Reason[] {
  const passings = passingsOf(person, act);
  const reasons: Reason[] = [];
  if (purposes && !purposes.includes(act.purpose)) reasons.push(FOREIGN_PURPOSE);
  if (act.basis.restsOn === 'absence-of-objection' && passings.some((p) => isOpposed(person, p, at)))
    reasons.push(OBJECTION);
  if (act.basis.restsOn === 'consent' && !passings.every((p) => isCovered(person, act.basis, p, at)))
    reasons.push(NO_CONSENT);
  return reasons;
}

/** Consents in force that cover at least one passing: what a request that names none relies on. */
export function consentsFor(
  person: ActivePerson,
  passings: readonly Passing[],
  at: Effective,
): readonly ConsentId[] {
  return [...person.consents.values()]
    .filter((consent) => passings.some((passing) => isValid(person, consent, passing, at)))
    .map(({ consent }) => consent);
}

function isCovered(person: ActivePerson, basis: Basis, passing: Passing, at: Effective): boolean {
  return basis.consents
    .map((id) => person.consents.get(id))
    .some((consent) => consent !== undefined && isValid(person, consent, passing, at));
}

function isOpposed(person: ActivePerson, passing: Passing, at: Effective): boolean {
  const ms = judgedMs(at);
  return covers(objectionsInForce(person, passing), ms) || covers(refusalsInForce(person, passing), ms);
}

function isValid(person: ActivePerson, consent: Consent, passing: Passing, at: Effective): boolean {
  return covers(consentInForce(person, consent, passing), judgedMs(at));
}

/**
 * A day is judged by its last moment: an agreement of the same day counts, and so does a withdrawal of the
 * same day, since the recorded order tells which of the two came first.
 */
function judgedMs(at: Effective): number {
  return endMs(at) - 1;
}
