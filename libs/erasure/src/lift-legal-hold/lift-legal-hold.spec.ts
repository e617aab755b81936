import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { liftLegalHold } from './lift-legal-hold.js';

const placed: PersonEvent = { type: 'LegalHoldPlaced', data: { hold: 'h', ground: 'procès' } };

describe('lift a legal hold', () => {
  test('records its end', () => {
    expect(liftLegalHold(personTesting.henri(placed), 'h')).toEqual({
      kind: 'accepted',
      events: [{ type: 'LegalHoldLifted', data: { hold: 'h' } }],
    });
  });

  test('knows no hold of another name, nor one that was lifted', () => {
    expect(liftLegalHold(personTesting.henri(placed), 'other')).toMatchObject({
      rejection: { kind: 'not-found' },
    });
  });
});
