import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { placeLegalHold } from './place-legal-hold.js';

const hold = { hold: 'h', ground: 'procès' };
const placed: PersonEvent = { type: 'LegalHoldPlaced', data: hold };

describe('place a legal hold', () => {
  test('records it with its ground, and nothing the second time', () => {
    expect(placeLegalHold(personTesting.henri(), hold)).toEqual({ kind: 'accepted', events: [placed] });
    expect(placeLegalHold(personTesting.henri(placed), hold)).toEqual({ kind: 'accepted', events: [] });
  });
});
