import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { aDeferral, toNoel } from '../testing.js';
import { endDeferral } from './end-deferral.js';

const { CCAS, facts, SSIAD } = personTesting;
const ended = { type: 'InformationDeferralEnded', data: { reason: 'Mesure prononcée' } } as const;

describe('end a deferral', () => {
  test('records why nothing stands against telling the person', () => {
    expect(endDeferral(aDeferral(), 'Mesure prononcée', facts())).toMatchObject({ events: [ended] });
  });

  test('is for whoever answers for it, once', () => {
    const by = facts({ callerInstitution: CCAS });
    expect(endDeferral(aDeferral(toNoel), 'x', by)).toMatchObject({ rejection: { kind: 'not-permitted' } });
    expect(endDeferral(aDeferral(ended), 'x', facts())).toMatchObject({
      rejection: { kind: 'already-ended' },
    });
  });

  test('can be seen by discloser and recipient, and covers nothing more once it has ended', () => {
    const before = aDeferral(toNoel, ended);
    expect([...before.institutions].sort()).toEqual([SSIAD, CCAS].sort());
    expect(aDeferral(toNoel, ended, toNoel).covered.size).toBe(before.covered.size);
  });
});
