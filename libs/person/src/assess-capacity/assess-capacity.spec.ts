import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import { facts, henri, rejectionOf } from '../testing.js';
import { assessCapacity } from './assess-capacity.js';

const assessment = { ableToDecide: true, domain: 'personal', by: 'médecin traitant' } as const;
const effectiveAt = civilDate('2026-02-01');
const assessed = { type: 'CapacityAssessed', data: assessment, effectiveAt } as const;

describe('assess capacity', () => {
  test('records what was found, by whom', () => {
    expect(assessCapacity(henri(), { assessment, effectiveAt }, facts())).toEqual({
      kind: 'accepted',
      events: [assessed],
    });
  });

  test('records an assessment that finds the same again: each stands for its date', () => {
    const later = { assessment, effectiveAt: civilDate('2026-02-20') };
    expect(assessCapacity(henri(assessed), later, facts())).toMatchObject({
      events: [{ type: 'CapacityAssessed' }],
    });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const) {
      const decision = assessCapacity(henri(), { assessment, effectiveAt: civilDate(date) }, facts());
      expect(rejectionOf(decision)).toMatchObject({ kind, field: 'effectiveAt' });
    }
  });
});
