import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import type { CareRelationStarted } from '../identity.events.js';
import type { PersonEvent } from '../person.events.js';
import { CCAS, facts, henri, NURSE, nurseMandate, rejectionOf, SSIAD } from '../testing.js';
import { startCareRelation } from './start-care-relation.js';

type Relation = CareRelationStarted['data'];

const effectiveAt = civilDate('2026-01-02');
const relation: Relation = { mandate: NURSE, institution: SSIAD, team: 'Lilas', declaredBy: 'institution' };
const started: PersonEvent = { type: 'CareRelationStarted', data: relation, effectiveAt };
const ended: PersonEvent = {
  type: 'CareRelationEnded',
  data: { mandate: NURSE },
  effectiveAt: civilDate('2026-01-31'),
};

function starting(
  history: readonly PersonEvent[],
  overrides: Partial<Relation> = {},
  at = effectiveAt,
  mandate = nurseMandate(),
) {
  const command = { relation: { ...relation, ...overrides }, mandate, effectiveAt: at };
  return startCareRelation(henri(...history), command, facts());
}

describe('start a care relation', () => {
  test('records who takes part in the care, in which team', () => {
    expect(starting([])).toEqual({ kind: 'accepted', events: [started] });
  });

  test('records nothing the second time, nor at a later date', () => {
    expect(starting([started])).toEqual({ kind: 'accepted', events: [] });
    expect(starting([started], {}, civilDate('2026-02-01'))).toEqual({ kind: 'accepted', events: [] });
  });

  test.each(['institution', 'person'] as const)(
    'is for the institution of the mandate, also where the %s says so',
    (declaredBy) => {
      const command = { relation: { ...relation, declaredBy }, mandate: nurseMandate(), effectiveAt };
      for (const history of [[], [started]]) {
        const elsewhere = startCareRelation(henri(...history), command, facts({ callerInstitution: CCAS }));
        expect(rejectionOf(elsewhere)).toMatchObject({ kind: 'not-permitted', field: 'mandate' });
      }
      const program = facts({ caller: { kind: 'client', id: 'import' } });
      expect(startCareRelation(henri(), command, program).kind).toBe('accepted');
    },
  );

  test('records what a discloser had declared before: their word is no confirmation', () => {
    const said = { ...started, data: { ...relation, declaredBy: 'discloser' } } as PersonEvent;
    expect(starting([said])).toEqual({ kind: 'accepted', events: [started] });
  });

  test('records another team, an earlier start, and a new start after the end', () => {
    expect(starting([started], { team: 'Roses' })).toMatchObject({ events: [{ data: { team: 'Roses' } }] });
    expect(starting([started], {}, civilDate('2025-12-01'))).toMatchObject({
      events: [{ type: 'CareRelationStarted' }],
    });
    expect(starting([started, ended], {}, civilDate('2026-02-01'))).toMatchObject({
      events: [{ type: 'CareRelationStarted' }],
    });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const)
      expect(rejectionOf(starting([], {}, civilDate(date)))).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that was not in force then', () => {
    const later = nurseMandate({ validFrom: civilDate('2026-01-03') });
    expect(rejectionOf(starting([], {}, effectiveAt, later))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'mandate',
    });
  });
});
