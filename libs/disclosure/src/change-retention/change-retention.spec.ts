import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { reported } from '../testing.js';
import { changeRetention } from './change-retention.js';

const { CCAS, described, facts, henri, id, rejectionOf } = personTesting;
const told = [described(), reported()];

function changing(retainUntil: string, ...history: readonly PersonEvent[]) {
  const change = {
    disclosure: id('Disclosure', 1),
    retainUntil: civilDate(retainUntil),
    reason: 'Suivi terminé.',
  };
  return { change, decision: changeRetention(henri(...history), { change }, facts()) };
}

describe('change a retention', () => {
  test('records the new last day and the reason', () => {
    for (const day of ['2026-06-30', '2028-01-09']) {
      const { change, decision } = changing(day, ...told);
      expect(decision).toEqual({
        kind: 'accepted',
        events: [{ type: 'RetentionChanged', data: change }],
      });
    }
  });

  test('records nothing where it ends that day already', () => {
    expect(changing('2027-01-09', ...told).decision).toEqual({ kind: 'accepted', events: [] });
  });

  test('refuses an end before the disclosure', () => {
    expect(rejectionOf(changing('2026-01-08', ...told).decision)).toMatchObject({
      kind: 'period-inverted',
      field: 'retainUntil',
    });
  });

  test('is for the institution that made it known', () => {
    const elsewhere = facts({ callerInstitution: CCAS });
    for (const day of ['2026-06-30', '2027-01-09']) {
      const { change } = changing(day);
      expect(rejectionOf(changeRetention(henri(...told), { change }, elsewhere))).toMatchObject({
        kind: 'not-permitted',
      });
    }
  });

  test('refuses a disclosure that is not about this person', () => {
    expect(rejectionOf(changing('2026-06-30').decision)).toMatchObject({ kind: 'not-found' });
  });
});
