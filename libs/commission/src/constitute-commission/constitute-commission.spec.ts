import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { asCode } from '#decider';
import { ccapex, commissionOf, constituted } from '../testing.js';
import { constituteCommission, type ConstituteCommission } from './constitute-commission.js';

const command: ConstituteCommission = { data: ccapex, institutionKnown: true };
const decide = (overrides: Partial<ConstituteCommission> = {}, state = commissionOf()) =>
  constituteCommission(state, { ...command, ...overrides }, loadCatalogue());

describe('constitute a commission', () => {
  test('records its purpose and the regime under which its members share', () => {
    expect(decide()).toEqual({ kind: 'accepted', events: [constituted] });
  });

  test('refuses one that is constituted already', () => {
    expect(decide({}, commissionOf(constituted))).toMatchObject({ rejection: { kind: 'already-exists' } });
  });

  test.each<[string, string, Partial<ConstituteCommission>]>([
    ['unknown-reference', 'institution', { institutionKnown: false }],
    ['unknown-code', 'purpose', { data: { ...ccapex, purpose: asCode('x') } }],
    ['unknown-code', 'regime', { data: { ...ccapex, regime: asCode('x') } }],
    ['contradiction', 'regime', { data: { ...ccapex, regime: asCode('casf-l241-10-team') } }],
  ])('rejects %s in %s', (kind, field, overrides) => {
    expect(decide(overrides)).toMatchObject({ rejection: { kind, field } });
  });
});
