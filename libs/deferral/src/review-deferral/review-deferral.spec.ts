import { describe, expect, test } from '@jest/globals';
import { personTesting, type Facts } from '#person';
import { civilDate } from '#time';
import { aDeferral } from '../testing.js';
import { reviewDeferral } from './review-deferral.js';

const { CCAS, facts } = personTesting;
const review = { reason: 'Enquête en cours', reviewBy: civilDate('2026-06-01') };
const ended = { type: 'InformationDeferralEnded', data: { reason: 'x' } } as const;

const rejected = (deferral = aDeferral(), by: Partial<Facts> = {}, changes = {}) => {
  const decision = reviewDeferral(deferral, { ...review, ...changes }, facts(by));
  return decision.kind === 'rejected' ? decision.rejection.kind : decision.events;
};

describe('review a deferral', () => {
  test('records why it still has to stand, and until when', () => {
    expect(rejected()).toEqual([{ type: 'InformationDeferralReviewed', data: review }]);
    expect(aDeferral({ type: 'InformationDeferralReviewed', data: review })).toMatchObject({
      status: 'open',
      reviewBy: review.reviewBy,
    });
  });

  test('is for whoever answers for it, while it is open, with a day that lies ahead', () => {
    expect(rejected(aDeferral(), { callerInstitution: CCAS })).toBe('not-permitted');
    expect(rejected(aDeferral(ended))).toBe('already-ended');
    expect(rejected(aDeferral(), {}, { reviewBy: civilDate('2026-02-28') })).toBe('contradiction');
  });
});
