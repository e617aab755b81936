import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import type { PersonEvent } from '../person.events.js';
import { CCAS, facts, henri, NURSE, rejectionOf, SSIAD } from '../testing.js';
import { endCareRelation } from './end-care-relation.js';

const started: PersonEvent = {
  type: 'CareRelationStarted',
  data: { mandate: NURSE, institution: SSIAD, declaredBy: 'institution' },
  effectiveAt: civilDate('2026-01-02'),
};
const ended: PersonEvent = {
  type: 'CareRelationEnded',
  data: { mandate: NURSE },
  effectiveAt: civilDate('2026-01-31'),
};

function ending(history: readonly PersonEvent[], until = '2026-01-31') {
  return endCareRelation(henri(...history), { mandate: NURSE, until: civilDate(until) }, facts());
}

describe('end a care relation', () => {
  test('records its last day', () => {
    expect(ending([started])).toEqual({ kind: 'accepted', events: [ended] });
  });

  test('records nothing the second time', () => {
    expect(ending([started, ended])).toEqual({ kind: 'accepted', events: [] });
  });

  test('brings an end forward, and refuses to put it off', () => {
    expect(ending([started, ended], '2026-01-15')).toMatchObject({ events: [{ type: 'CareRelationEnded' }] });
    expect(rejectionOf(ending([started, ended], '2026-02-15'))).toMatchObject({
      kind: 'already-ended',
      field: 'until',
    });
  });

  test('refuses an end before the start, or in the future', () => {
    expect(rejectionOf(ending([started], '2026-01-01'))).toMatchObject({ kind: 'period-inverted' });
    expect(rejectionOf(ending([started], '2026-03-02'))).toMatchObject({ kind: 'date-in-future' });
  });

  test('is for the institution of the mandate', () => {
    const end = { mandate: NURSE, until: civilDate('2026-01-31') };
    const elsewhere = facts({ callerInstitution: CCAS });
    for (const history of [[started], [started, ended]])
      expect(rejectionOf(endCareRelation(henri(...history), end, elsewhere))).toMatchObject({
        kind: 'not-permitted',
      });
  });

  test('refuses one who never took part in the care', () => {
    expect(rejectionOf(ending([]))).toMatchObject({ kind: 'not-found' });
  });
});
