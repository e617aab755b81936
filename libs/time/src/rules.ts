import { reject, type Effective, type Instant, type Rejection } from '#decider';
import { endMs, epochMs, startMs } from './instants.js';

export type Rejected = { readonly kind: 'rejected'; readonly rejection: Rejection };

/** Facts are about the past: what has not happened yet cannot be recorded as having happened. */
export function rejectFuture(field: string, date: Effective | undefined, now: Instant): Rejected | undefined {
  if (date === undefined || startMs(date) <= epochMs(now)) return undefined;
  return reject({
    kind: 'date-in-future',
    field,
    detail: 'This date has not come yet.',
    remedy: 'Give the date on which it happened, today at the latest.',
  });
}

export function rejectInverted(
  field: string,
  from: Effective,
  until: Effective | undefined,
): Rejected | undefined {
  if (until === undefined || startMs(from) < endMs(until)) return undefined;
  return reject({
    kind: 'period-inverted',
    field,
    detail: 'The period ends before it begins.',
    remedy: 'Give an end on or after the first day.',
  });
}

/** Whether what is to end then does so already. */
export function endsThen(ends: Effective | undefined, until: Effective): boolean {
  return ends !== undefined && endMs(ends) === endMs(until);
}

/** An end can be brought forward, never put off: what is over begins anew or not at all. */
export function rejectPutOff(
  field: string,
  ends: Effective | undefined,
  until: Effective,
): Rejected | undefined {
  if (ends === undefined || endMs(until) <= endMs(ends)) return undefined;
  return reject({
    kind: 'already-ended',
    field,
    detail: 'It ends earlier than that already.',
    remedy: 'Begin a new one for the time after.',
  });
}

/** An answer, an end or a complaint comes after what it is about; the same day will do. */
export function rejectEarlier(
  field: string,
  date: Effective | undefined,
  than: Effective,
): Rejected | undefined {
  if (date === undefined || endMs(date) > startMs(than)) return undefined;
  return reject({
    kind: 'contradiction',
    field,
    detail: 'This date lies before the fact that it is about.',
    remedy: 'Check the date, and whether this is the right record.',
  });
}
