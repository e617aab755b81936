import { accept, type Decision, type Effective } from '#decider';
import type { Facts, InformationDeferralReviewed, KnownDeferral } from '#person';
import { rejectEnded, rejectReviewDate } from '../rules.js';

export interface ReviewDeferral {
  readonly reason: string;
  readonly reviewBy: Effective;
}

/** Somebody looked again and found that it still has to stand, for why, and until when. */
export function reviewDeferral(
  deferral: KnownDeferral,
  review: ReviewDeferral,
  facts: Pick<Facts, 'caller' | 'callerInstitution' | 'now'>,
): Decision<InformationDeferralReviewed> {
  const rejected = rejectEnded(deferral, facts) ?? rejectReviewDate(review.reviewBy, facts.now);
  return rejected ?? accept({ type: 'InformationDeferralReviewed', data: review });
}
