import { accept, reject, type Decision, type Instant } from '#decider';
import { civilDate, rejectFuture, type Rejected } from '#time';
import type { PersonRegistered } from '../identity.events.js';
import type { PersonId } from '../person.ids.js';
import type { Person } from '../person.state.js';
import { noSuchPerson, unknownReference } from '../rules.js';

export interface RegisterPerson {
  readonly identity: PersonRegistered['data'];
  /** Persons on record with the same names and birth date. */
  readonly lookAlikes: readonly PersonId[];
}

export function registerPerson(
  state: Person,
  { identity, lookAlikes }: RegisterPerson,
  now: Instant,
): Decision<PersonRegistered> {
  if (state.status === 'closed') return noSuchPerson(state);
  if (state.status === 'active')
    return reject({
      kind: 'already-exists',
      detail: 'This person is registered already.',
      remedy: 'Use the one that is there, or another Idempotency-Key.',
    });
  const { birthDate, distinctFrom } = identity;
  return (
    rejectFuture('birthDate', birthDate === undefined ? undefined : civilDate(birthDate), now) ??
    rejectDuplicate(distinctFrom, lookAlikes) ??
    rejectUnlike(distinctFrom, lookAlikes) ??
    accept({ type: 'PersonRegistered', data: identity })
  );
}

function rejectDuplicate(
  distinctFrom: readonly PersonId[],
  lookAlikes: readonly PersonId[],
): Rejected | undefined {
  const choices = lookAlikes.filter((person) => !distinctFrom.includes(person));
  if (choices.length === 0) return undefined;
  return reject({
    kind: 'possible-duplicate',
    field: 'distinctFrom',
    detail: 'Somebody with the same names and birth date is registered already.',
    remedy: 'Use that person, or name everybody who is somebody else in distinctFrom.',
    choices,
  });
}

/** To be told apart from somebody, one must look like them. */
function rejectUnlike(
  distinctFrom: readonly PersonId[],
  lookAlikes: readonly PersonId[],
): Rejected | undefined {
  const unlike = distinctFrom.findIndex((person) => !lookAlikes.includes(person));
  return unlike < 0
    ? undefined
    : unknownReference(`distinctFrom[${unlike}]`, 'person with the same names and birth date');
}
