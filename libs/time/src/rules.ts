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
