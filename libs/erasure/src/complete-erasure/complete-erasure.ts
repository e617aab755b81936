import { accept, reject, type Decision, type Instant } from '#decider';
import { noSuchPerson, type Person, type StreamClosed } from '#person';
import { epochMs, instantOf, type Rejected } from '#time';
import { isErasing, openNotices, type ErasingPerson } from '../erasures.js';
import { rejectHeld } from '../request-erasure/request-erasure.js';

/** How long holders have to answer a notice before the erasure goes on without them. */
const ANSWER_MS = 30 * 86_400_000;

/** From here on the erasure goes on without the answers that are missing. */
export function answerBy({ erasureRequested }: ErasingPerson): Instant {
  return instantOf(epochMs(erasureRequested.at) + ANSWER_MS);
}

/** Closes the person's stream, once nothing stands against it any more; closed already, it records nothing. */
export function closePerson(person: Person, now: Instant): Decision<StreamClosed> {
  if (person.status === 'closed') return accept();
  if (person.status !== 'active') return noSuchPerson(person);
  if (!isErasing(person)) return notRequested();
  const rejected = rejectHeld(person) ?? rejectUnanswered(person, now);
  return rejected ?? accept({ type: 'StreamClosed', data: { request: person.erasureRequested.request } });
}

function notRequested(): Rejected {
  return reject({
    kind: 'contradiction',
    detail: 'Nobody has requested the erasure of this person.',
    remedy: 'Request it first (POST …/erasure): holders are then notified.',
  });
}

function rejectUnanswered(person: ErasingPerson, now: Instant): Rejected | undefined {
  const open = openNotices(person);
  const isOver = now >= answerBy(person);
  if (open === 0 || isOver) return undefined;
  return reject({
    kind: 'decision-needed',
    detail: `${open} notices of this erasure are not answered yet.`,
    remedy: 'Have them answered, or wait until 30 days after the request have passed.',
  });
}
