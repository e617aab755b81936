import { describe, expect, test } from '@jest/globals';
import { civilDate } from '#time';
import type { PersonEvent } from '../person.events.js';
import { henri, id, rejectionOf, representedBy } from '../testing.js';
import { endRepresentation } from './end-representation.js';

const representative = id('Representative', 1);
const until = civilDate('2026-06-30');
const ended: PersonEvent = {
  type: 'RepresentationEnded',
  data: { representative, until },
  effectiveAt: until,
};

function ending(history: readonly PersonEvent[], day = '2026-06-30') {
  return endRepresentation(henri(...history), { representative, until: civilDate(day) });
}

describe('end a representation', () => {
  test('records its last day, past or to come', () => {
    expect(ending([representedBy(1)])).toEqual({ kind: 'accepted', events: [ended] });
  });

  test('records nothing the second time', () => {
    expect(ending([representedBy(1), ended])).toEqual({ kind: 'accepted', events: [] });
  });

  test('brings an end forward, and refuses to put it off', () => {
    const planned = representedBy(1, { validUntil: civilDate('2026-12-31') });
    expect(ending([planned])).toEqual({ kind: 'accepted', events: [ended] });
    expect(rejectionOf(ending([representedBy(1), ended], '2026-07-31'))).toMatchObject({
      kind: 'already-ended',
      field: 'until',
    });
  });

  test('refuses an end before the first day', () => {
    expect(rejectionOf(ending([representedBy(1)], '2024-10-01'))).toMatchObject({
      kind: 'period-inverted',
      field: 'until',
    });
  });

  test('refuses a representative whom this person does not have', () => {
    expect(rejectionOf(ending([]))).toMatchObject({ kind: 'not-found' });
  });
});
