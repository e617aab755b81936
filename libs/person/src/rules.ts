import { reject, type Effective } from '#decider';
import type { Catalogue } from '#catalogue';
import { civilDate, endMs, startMs, type Rejected } from '#time';
import type { CategoryCode, ItemId, PurposeCode } from './person.ids.js';
import type { ActivePerson, Person } from './person.state.js';
import type { Recipient, RecipientScope } from './recipient.js';
import type { Speaker } from './will.events.js';

/** What is said of a person who is not there; of one who was erased it is the same. */
export function noSuchPerson(person: Exclude<Person, ActivePerson>): Rejected {
  return reject({
    kind: person.status === 'closed' ? 'stream-closed' : 'not-found',
    detail: 'There is no such person that you may see.',
    remedy: 'Check the address.',
  });
}

export function rejectBeforeBirth(
  person: ActivePerson,
  field: string,
  date: Effective | undefined,
): Rejected | undefined {
  const { birthDate } = person.identity;
  if (!birthDate || date === undefined || endMs(date) > startMs(civilDate(birthDate))) return undefined;
  return reject({
    kind: 'date-before-birth',
    field,
    detail: 'This date lies before the birth of the person.',
    remedy: 'Check the date, and whether this is the right person.',
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

export function rejectUnknownSpeaker(
  person: ActivePerson,
  field: string,
  speaker: Speaker,
): Rejected | undefined {
  if (speaker.kind === 'person' || person.representations.has(speaker.representative)) return undefined;
  return unknownReference(`${field}.representative`, 'representative of this person');
}

export function unknownReference(field: string, what: string): Rejected {
  return reject({
    kind: 'unknown-reference',
    field,
    detail: `This is no ${what}.`,
    remedy: 'Use an id that this ledger gave you, or record it first.',
  });
}

export function rejectUnknownPurposes(
  catalogue: Catalogue,
  field: string,
  purposes: readonly PurposeCode[],
): Rejected | undefined {
  const unknown = purposes.findIndex((code) => catalogue.purpose(code) === undefined);
  return unknown < 0 ? undefined : unknownCode(`${field}[${unknown}]`, 'purpose');
}

export function rejectUnknownCategories(
  catalogue: Catalogue,
  field: string,
  categories: readonly CategoryCode[],
): Rejected | undefined {
  const unknown = categories.findIndex((code) => catalogue.category(code) === undefined);
  return unknown < 0 ? undefined : unknownCode(`${field}[${unknown}]`, 'category');
}

export function unknownCode(field: string, what: string): Rejected {
  return reject({
    kind: 'unknown-code',
    field,
    detail: `The catalogue holds no such ${what}.`,
    remedy: 'Choose one of the catalogue: GET /v1/catalogue lists them.',
  });
}

export function emptyScope(field: string, detail: string): Rejected {
  return reject({
    kind: 'empty-scope',
    field,
    detail,
    remedy: 'Name at least one: a consent never widens by silence.',
  });
}

export function alreadyEnded(detail: string): Rejected {
  return reject({ kind: 'already-ended', detail, remedy: 'Nothing is left to do.' });
}
