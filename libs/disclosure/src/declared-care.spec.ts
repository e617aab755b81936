import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { recordDisclosure } from './record-disclosure/record-disclosure.js';
import { happenedAt, intendedFacts, noel, nurse } from './testing.js';

const { anIntention, described, henri, id, informed, NURSE, SOCIAL_WORKER } = personTesting;

const caring = (who: typeof nurse | typeof noel): PersonEvent => ({
  type: 'CareRelationStarted',
  data: { mandate: who.mandate, institution: who.institution, declaredBy: 'institution' },
  effectiveAt: happenedAt,
});

function deciding(inCare: readonly string[], ...more: readonly PersonEvent[]) {
  const person = henri(described(), informed(), caring(nurse), ...more);
  const intended = anIntention({ declared: { inCare: inCare as never } });
  return recordDisclosure(person, intended, intendedFacts());
}

function events(...asked: Parameters<typeof deciding>) {
  const decision = deciding(...asked);
  if (decision.kind === 'rejected') throw new Error(decision.rejection.detail);
  return decision.events;
}

/** Rules of point 5, as the assessment keeps them. */
function standing(...asked: Parameters<typeof deciding>) {
  const assessed = events(...asked).find(({ type }) => type === 'DisclosureAssessed');
  return assessed?.type === 'DisclosureAssessed' ? assessed.data.points[4]!.rule : undefined;
}

const said: PersonEvent = {
  type: 'CareRelationStarted',
  data: { mandate: SOCIAL_WORKER, institution: noel.institution, declaredBy: 'discloser' },
  effectiveAt: civilDate('2026-02-01'),
};

describe('a relation of care that the discloser declares', () => {
  test('is recorded beside the act, as their word and with its date', () => {
    expect(events([SOCIAL_WORKER]).at(-1)).toEqual({
      type: 'CareRelationStarted',
      data: { mandate: SOCIAL_WORKER, institution: noel.institution, declaredBy: 'discloser' },
      effectiveAt: anIntention().effectiveAt,
    });
  });

  test('is not recorded anew where it is on record, whoever said it', () => {
    const types = (...asked: Parameters<typeof deciding>) => events(...asked).map(({ type }) => type);
    const act = ['DisclosureRecorded', 'DisclosureAssessed'];
    expect(types([NURSE])).toEqual(act);
    expect(types([SOCIAL_WORKER], said)).toEqual(act);
    expect(types([])).toEqual(act);
  });

  test('confirms nothing: neither this act nor the next finds it established', () => {
    expect(standing([SOCIAL_WORKER])).toBe('p5-declared');
    expect(standing([], said)).toBe('p5-declared');
    expect(standing([], caring(noel))).toBe('p5-ok');
  });

  test('is rejected of somebody between whom nothing passes', () => {
    expect(deciding([SOCIAL_WORKER, id('Mandate', 9)])).toMatchObject({
      rejection: { kind: 'unknown-reference', field: 'inCare[1]' },
    });
  });
});
