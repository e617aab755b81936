import { reject, type Effective, type Instant } from '#decider';
import type { InstitutionId } from '#directory';
import { rejectForeign, type Facts, type KnownDeferral } from '#person';
import { addMonths, civilDate, dayOf, endMs, epochMs, type Rejected } from '#time';

/** However good the reason is, somebody looks at it again within this time. No text says how long: a design choice. */
const REVIEW_MONTHS = 6;

/** A review lies ahead, and not too far. */
export function rejectReviewDate(reviewBy: Effective, now: Instant): Rejected | undefined {
  const latest = addMonths(civilDate(dayOf(now)), REVIEW_MONTHS);
  if (endMs(reviewBy) > epochMs(now) && endMs(reviewBy) <= endMs(latest)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'reviewBy',
    detail: `A deferral is looked at again within ${REVIEW_MONTHS} months, on a day that is to come.`,
    remedy: `Give a day from today to ${latest.date}.`,
  });
}

/** Only who answers for it reviews or ends it; what has ended is over. */
export function rejectEnded(
  { status, data }: KnownDeferral,
  facts: Pick<Facts, 'caller' | 'callerInstitution'>,
): Rejected | undefined {
  return rejectOthers(data.institution, facts) ?? (status === 'open' ? undefined : ended());
}

export function ended(): Rejected {
  return reject({
    kind: 'already-ended',
    detail: 'This deferral has ended: the person has been told of it.',
    remedy: 'Nothing is left to do.',
  });
}

function rejectOthers(
  institution: InstitutionId,
  facts: Pick<Facts, 'caller' | 'callerInstitution'>,
): Rejected | undefined {
  return rejectForeign(undefined, facts as Facts, [institution]);
}
