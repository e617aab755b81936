import { describe, expect, test } from '@jest/globals';
import { asId } from '#decider';
import { personTesting, type PersonEvent, type Speaker } from '#person';
import { civilDate } from '#time';
import { liftObjection } from './lift-objection.js';

const { facts, henri, id, objected, rejectionOf, representedBy } = personTesting;
const effectiveAt = civilDate('2026-02-28');
const henriHimself: Speaker = { kind: 'person' };
const [guardian, other] = [1, 2].map((n): Speaker => ({
  kind: 'representative',
  representative: id('Representative', n),
})) as [Speaker, Speaker];
const represented = [representedBy(1), representedBy(2)];

function liftedBy(by: Speaker): PersonEvent {
  const data = { objection: id('Objection', 1), by, means: 'oral' } as const;
  return { type: 'ObjectionLifted', data, effectiveAt };
}

function lifting(
  history: readonly PersonEvent[],
  by = henriHimself,
  at = effectiveAt,
  caller = facts().caller,
) {
  const command = { lifting: { objection: id('Objection', 1), by, means: 'oral' }, effectiveAt: at } as const;
  return liftObjection(henri(...represented, ...history), command, facts({ caller }));
}

describe('lift an objection', () => {
  test('records who no longer objects', () => {
    expect(lifting([objected()])).toEqual({ kind: 'accepted', events: [liftedBy(henriHimself)] });
  });

  test('records nothing the second time', () => {
    expect(lifting([objected(), liftedBy(henriHimself)])).toEqual({ kind: 'accepted', events: [] });
  });

  test('lets the person lift what was said for them, and a representative what they said', () => {
    for (const by of [henriHimself, guardian])
      expect(lifting([objected({ by: guardian })], by).kind).toBe('accepted');
  });

  test('refuses a representative who lifts what somebody else said', () => {
    for (const by of [henriHimself, other])
      expect(rejectionOf(lifting([objected({ by })], guardian))).toMatchObject({ kind: 'not-permitted' });
  });

  test('lets a person who calls speak for themselves only', () => {
    const caller = { kind: 'person', id: id('Person', 1) } as const;
    const decision = lifting([objected({ by: guardian })], guardian, effectiveAt, caller);
    expect(rejectionOf(decision)).toMatchObject({ kind: 'not-permitted', field: 'by' });
  });

  test('refuses an objection or a representative that this person does not have', () => {
    expect(rejectionOf(lifting([]))).toMatchObject({ kind: 'not-found' });
    const nobody: Speaker = { kind: 'representative', representative: asId('x') };
    expect(rejectionOf(lifting([objected()], nobody))).toMatchObject({
      kind: 'unknown-reference',
      field: 'by.representative',
    });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-02-19'],
  ])('refuses %s: %s', (kind, date) => {
    const decision = lifting([objected()], henriHimself, civilDate(date));
    expect(rejectionOf(decision)).toMatchObject({ kind, field: 'effectiveAt' });
  });
});
