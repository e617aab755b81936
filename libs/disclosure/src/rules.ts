import type { SessionFacts } from '#assessment';
import type { Catalogue } from '#catalogue';
import { reject, type Code, type Effective } from '#decider';
import {
  holderKey,
  momentsOfKnowing,
  purgesBy,
  unknownCode,
  unknownReference,
  type ActivePerson,
  type ConsentId,
  type DisclosedItem,
  type Frame,
  type Holder,
  type Intended,
  type ItemId,
  type Recipient,
} from '#person';
import { endMs, startMs, type Rejected } from '#time';

/** Items times recipients of one act: a commission of 30 members that hears 30 items. */
export const MAX_PASSINGS = 900;

/** What nobody means to say at once: the same item or recipient twice, or more than a session could hear. */
export function rejectUnwieldy(
  prefix: '' | 'changes.',
  items: readonly DisclosedItem[],
  recipients: readonly Recipient[],
): Rejected | undefined {
  if (items.length * recipients.length > MAX_PASSINGS)
    return reject({
      kind: 'too-large',
      field: `${prefix}recipients`,
      detail: `Items times recipients of one act are at most ${MAX_PASSINGS}: 30 members who hear 30 items.`,
      remedy: 'Record it as several acts.',
    });
  const named = recipients.map((one) => (one.kind === 'unknown' ? undefined : holderKey(one)));
  return (
    rejectTwice(
      `${prefix}items`,
      items.map(({ item }) => item),
    ) ?? rejectTwice(`${prefix}recipients`, named)
  );
}

/** Somebody unknown may be named twice: they may be two. */
function rejectTwice(field: string, keys: readonly (string | undefined)[]): Rejected | undefined {
  const again = keys.findIndex((key, i) => key !== undefined && keys.indexOf(key) < i);
  if (again < 0) return undefined;
  return reject({
    kind: 'contradiction',
    field: `${field}[${again}]`,
    detail: 'This is named twice.',
    remedy: 'Name it once.',
  });
}

/** @param field of the list: the rejection names `items[1].item` */
export function rejectUnknownDisclosed(
  person: ActivePerson,
  field: string,
  items: readonly DisclosedItem[],
): Rejected | undefined {
  const unknown = items.findIndex(({ item }) => !person.items.has(item));
  return unknown < 0 ? undefined : unknownReference(`${field}[${unknown}].item`, 'item of this person');
}

/** Only those in the room hear a report: who was there is the session's to say, not the discloser's. */
export function rejectTabling(frame: Frame): Rejected | undefined {
  if (frame !== 'commission-session') return undefined;
  return reject({
    kind: 'contradiction',
    field: 'frame',
    detail: 'In the frame of a session only the report of a case is tabled, to those present for it.',
    remedy: 'Table it: POST /v1/commissions/{commission}/sessions/{session}/agenda/{case}/tabling.',
  });
}

/** Nothing is tabled once its session is closed, also what waited for a decision until then. */
export function rejectClosedSession(
  { act }: Intended,
  sessions: readonly SessionFacts[],
): Rejected | undefined {
  if (act.frame !== 'commission-session') return undefined;
  if (sessions.some(({ session, closed }) => session === act.session && !closed)) return undefined;
  return reject({
    kind: 'already-ended',
    detail: 'The session of this report is closed.',
    remedy: 'Bring the case to another session, or decide against it.',
  });
}

export function rejectUnknownConsents(
  person: ActivePerson,
  field: string,
  consents: readonly ConsentId[],
): Rejected | undefined {
  const unknown = consents.findIndex((consent) => !person.consents.has(consent));
  return unknown < 0 ? undefined : unknownReference(`${field}[${unknown}]`, 'consent of this person');
}

export function rejectUnknownRetention(
  catalogue: Catalogue,
  field: string,
  rule: Code<'Retention'> | undefined,
): Rejected | undefined {
  if (rule === undefined || catalogue.retention(rule)) return undefined;
  return unknownCode(field, 'retention rule');
}

/** Nobody destroys what they never had: the holder must have known each item by then. */
export function rejectNeverHeld(
  person: ActivePerson,
  field: string,
  items: readonly ItemId[],
  holder: Holder,
  by: Effective,
): Rejected | undefined {
  const never = items.findIndex(
    (item) =>
      !momentsOfKnowing(person, item, holder).some(({ effectiveAt }) => startMs(effectiveAt) < endMs(by)),
  );
  if (never < 0) return undefined;
  return reject({
    kind: 'not-held',
    field: `${field}[${never}]`,
    detail: 'As far as this ledger knows, this holder did not have the item by then.',
    remedy: 'Leave it out, or report first how it came to this holder.',
  });
}

/** Whether a holder's knowledge of an item ended, in this way, and nothing was learnt again by then. */
export function isPurged(
  person: ActivePerson,
  item: ItemId,
  holder: Holder,
  remains: string,
  by: Effective,
): boolean {
  const learnt = momentsOfKnowing(person, item, holder)
    .map(({ effectiveAt }) => startMs(effectiveAt))
    .filter((ms) => ms < endMs(by));
  return purgesBy(person, item, holder).some(
    (purge) => purge.remains === remains && learnt.every((ms) => ms < endMs(purge.origin.effectiveAt)),
  );
}
