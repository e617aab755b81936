import type { Catalogue } from '#catalogue';
import { reject, type Actor, type Effective, type Instant } from '#decider';
import { rejectUnknownCodes, unknownCode, unknownReference } from '#directory';
import { civilDate, rejectFuture, startMs, type Rejected } from '#time';
import type { Source } from './item.events.js';
import type { CategoryCode, ItemId, ProvisionCode, PurposeCode } from './person.ids.js';
import type { ActivePerson, Person } from './person.state.js';
import type { Recipient, RecipientScope, Scope } from './recipient.js';
import type { Speaker } from './will.events.js';

export { emptyScope, unknownCode, unknownReference } from '#directory';

/** What is said of a person who is not there; of one who was erased it is the same. */
export function noSuchPerson(person: Exclude<Person, ActivePerson>): Rejected {
  return reject({
    kind: person.status === 'closed' ? 'stream-closed' : 'not-found',
    detail: 'There is no such person that you may see.',
    remedy: 'Check the address.',
  });
}

/** A month or a year counts from its first day: what nobody could know yet must not show as known. */
export function rejectBeforeBirth(
  person: ActivePerson,
  field: string,
  date: Effective | undefined,
): Rejected | undefined {
  const { birthDate } = person.identity;
  if (!birthDate || date === undefined || startMs(date) >= startMs(civilDate(birthDate))) return undefined;
  return reject({
    kind: 'date-before-birth',
    field,
    detail: 'This date lies before the birth of the person, or begins before it.',
    remedy: 'Check the date and the person; for a month or year in which they were born, give the day.',
  });
}

/** An item of another person and one that does not exist look the same. */
export function rejectUnknownItems(
  person: ActivePerson,
  field: string,
  items: readonly ItemId[],
): Rejected | undefined {
  const unknown = items.findIndex((item) => !person.items.has(item));
  return unknown < 0 ? undefined : unknownReference(`${field}[${unknown}]`, 'item of this person');
}

export function rejectUnknownOutsiders(
  person: ActivePerson,
  field: string,
  recipients: readonly (Recipient | RecipientScope)[],
): Rejected | undefined {
  const unknown = recipients.findIndex((r) => r.kind === 'outsider' && !person.outsiders.has(r.outsider));
  return unknown < 0
    ? undefined
    : unknownReference(`${field}[${unknown}].outsider`, 'outsider of this person');
}

export function rejectUnknownOutsider(
  person: ActivePerson,
  field: string,
  party: Recipient | undefined,
): Rejected | undefined {
  if (party?.kind !== 'outsider' || person.outsiders.has(party.outsider)) return undefined;
  return unknownReference(`${field}.outsider`, 'outsider of this person');
}

export function rejectUnknownSpeaker(
  person: ActivePerson,
  field: string,
  speaker: Speaker,
): Rejected | undefined {
  if (speaker.kind === 'person' || person.representations.has(speaker.representative)) return undefined;
  return unknownReference(`${field}.representative`, 'representative of this person');
}

export function rejectUnknownPurposes(
  catalogue: Catalogue,
  field: string,
  purposes: readonly PurposeCode[],
): Rejected | undefined {
  return rejectUnknownCodes(field, 'purpose', purposes, (code) => !!catalogue.purpose(code));
}

export function rejectUnknownPurpose(
  catalogue: Catalogue,
  field: string,
  purpose: PurposeCode | undefined,
): Rejected | undefined {
  return purpose === undefined || catalogue.purpose(purpose) ? undefined : unknownCode(field, 'purpose');
}

export function rejectUnknownProvision(
  catalogue: Catalogue,
  field: string,
  provision: ProvisionCode | undefined,
): Rejected | undefined {
  return provision === undefined || catalogue.provision(provision)
    ? undefined
    : unknownCode(field, 'provision');
}

export function rejectUnknownCategories(
  catalogue: Catalogue,
  field: string,
  categories: readonly CategoryCode[],
): Rejected | undefined {
  return rejectUnknownCodes(field, 'category', categories, (code) => isCategory(catalogue, code));
}

export function rejectUnknownCategory(
  catalogue: Catalogue,
  field: string,
  category: CategoryCode | undefined,
): Rejected | undefined {
  return category === undefined || isCategory(catalogue, category)
    ? undefined
    : unknownCode(field, 'category');
}

/** A wildcard stands in exclusions of provisions only: no item bears it, so naming it would name nothing. */
function isCategory(catalogue: Catalogue, code: CategoryCode): boolean {
  return catalogue.category(code)?.wildcard === false;
}

/** @param prefix of the fields: empty, or `excluded.` */
export function rejectUnknownScope(
  person: ActivePerson,
  catalogue: Catalogue,
  prefix: string,
  scope: Scope,
): Rejected | undefined {
  return (
    rejectUnknownItems(person, `${prefix}items`, scope.items) ??
    rejectUnknownCategories(catalogue, `${prefix}categories`, scope.categories) ??
    rejectUnknownOutsiders(person, `${prefix}recipients`, scope.recipients) ??
    rejectUnknownPurposes(catalogue, `${prefix}purposes`, scope.purposes)
  );
}

/** Whether the source really gave it to this holder is for findings; here it must only be there. */
export function rejectUnknownSource(
  person: ActivePerson,
  field: string,
  source: Source,
): Rejected | undefined {
  if (source.kind === 'disclosure' && !person.acts.has(source.disclosure))
    return unknownReference(`${field}.disclosure`, 'disclosure about this person');
  if (source.kind === 'session' && source.session === '')
    return unknownReference(`${field}.session`, 'session: name one');
  return undefined;
}

/** A date on which nothing about this person can have happened: it has not come, or they were not born. */
export function rejectImpossibleDate(
  person: ActivePerson,
  field: string,
  date: Effective | undefined,
  now: Instant,
): Rejected | undefined {
  return rejectFuture(field, date, now) ?? rejectBeforeBirth(person, field, date);
}

/** A person who calls speaks for themselves; a professional records what anybody said. */
export function rejectSpeakingForAnother(
  person: ActivePerson,
  field: string,
  by: Speaker,
  caller: Actor,
): Rejected | undefined {
  if (caller.kind !== 'person') return undefined;
  if (by.kind === 'person' && caller.id === person.identity.person) return undefined;
  return reject({
    kind: 'not-permitted',
    field,
    detail: 'You can only speak for yourself here.',
    remedy: 'Leave this out, or have a professional record what a representative said.',
  });
}

/** The person may take back what was said for them; a representative, only what they themselves said. */
export function rejectTakingBackForAnother(
  field: string,
  by: Speaker,
  saidBy: Speaker,
): Rejected | undefined {
  if (by.kind === 'person') return undefined;
  if (saidBy.kind === 'representative' && saidBy.representative === by.representative) return undefined;
  return reject({
    kind: 'not-permitted',
    field,
    detail: 'Somebody else said this: a representative takes back only what they said themselves.',
    remedy: 'Record a refusal or an objection of this representative instead.',
  });
}

/** What the path names and this person does not have. */
export function notFound(what: string): Rejected {
  return reject({
    kind: 'not-found',
    detail: `There is no such ${what} of this person that you may see.`,
    remedy: 'Check the address.',
  });
}

export function alreadyEnded(detail: string): Rejected {
  return reject({ kind: 'already-ended', detail, remedy: 'Nothing is left to do.' });
}
