import { describe, expect, test } from '@jest/globals';
import { personTesting, type DisclosureReported, type PersonEvent, type Recipient } from '#person';
import { civilDate } from '#time';
import { answerAccess } from './answer-access.js';

const { CCAS, facts, henri, id, nurseMandate, NURSE, rejectionOf, SOCIAL_WORKER, SSIAD } = personTesting;
const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
const noel = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
const assistant = { kind: 'mandate', mandate: id('Mandate', 3), institution: SSIAD } as const;

const asked: PersonEvent = {
  type: 'AccessRequested',
  data: {
    request: 'a',
    by: { kind: 'person' },
    means: 'written',
    institution: SSIAD,
    answerBy: civilDate('2026-03-20'),
  },
  effectiveAt: civilDate('2026-02-20'),
};
const told = (n: number, discloser: Recipient, ...recipients: Recipient[]): DisclosureReported => ({
  type: 'DisclosureReported',
  data: {
    disclosure: id('Disclosure', n),
    discloser,
    recipients,
    items: [],
    reporter: NURSE,
    source: 'x',
    certainty: 'certain',
  },
  effectiveAt: civilDate('2026-01-09'),
});

function answering(history: readonly PersonEvent[], by = facts(), effectiveAt = civilDate('2026-02-25')) {
  return answerAccess(henri(...history), { request: 'a', mandate: nurseMandate(), effectiveAt }, by);
}

describe('answer an access request', () => {
  test('names whom the institution told and their institutions, its own staff and others’ acts aside', () => {
    const history = [told(1, nurse, noel, assistant), told(2, noel, nurse), asked];
    expect(answering(history)).toMatchObject({
      events: [{ data: { by: NURSE, recipients: [`institution:${CCAS}`, `mandate:${SOCIAL_WORKER}`] } }],
    });
  });

  test('is refused to others, a second time, before it was asked, and where nobody asked', () => {
    const answered: PersonEvent = {
      type: 'AccessAnswered',
      data: { request: 'a', by: NURSE, recipients: [] },
    };
    expect(rejectionOf(answering([asked], facts({ callerInstitution: CCAS })))).toMatchObject({
      kind: 'not-permitted',
    });
    expect(rejectionOf(answering([asked, answered]))).toMatchObject({ kind: 'already-ended' });
    expect(rejectionOf(answering([asked], facts(), civilDate('2026-02-19')))).toMatchObject({
      kind: 'contradiction',
    });
    expect(rejectionOf(answering([]))).toMatchObject({ kind: 'not-found' });
  });
});
