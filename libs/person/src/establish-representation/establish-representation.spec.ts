import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import type { RepresentationData } from '../identity.events.js';
import { henri, rejectionOf, representedBy } from '../testing.js';
import { establishRepresentation } from './establish-representation.js';

function establishing(overrides: Partial<RepresentationData> = {}) {
  const representation = representedBy(1, overrides).data as RepresentationData;
  return establishRepresentation(henri(), { representation });
}

describe('establish a representation', () => {
  test('records who may speak for the person, in effect from its first day', () => {
    expect(establishing()).toEqual({ kind: 'accepted', events: [representedBy(1)] });
  });

  test('takes parental authority over a minor', () => {
    const parental = { kind: 'parental-authority', validFrom: civilDate('1966-03-11') } as const;
    expect(establishing(parental).kind).toBe('accepted');
  });

  test.each<[string, string, Partial<RepresentationData>]>([
    ['period-inverted', 'validUntil', { validUntil: civilDate('2024-10-01') }],
    ['date-before-birth', 'validFrom', { validFrom: civilDate('1948-03-11') }],
    ['contradiction', 'validFrom', { kind: 'parental-authority', validFrom: civilDate('1966-03-12') }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(establishing(overrides))).toMatchObject({ kind, field });
  });
});
