import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { civilDate } from '#time';
import {
  described,
  facts,
  henri,
  informed,
  nurseMandate,
  rejectionOf,
  representedBy,
  id,
} from '../testing.js';
import type { PersonEvent } from '../person.events.js';
import type { InformationData } from '../will.events.js';
import { informPerson } from './inform-person.js';

const effectiveAt = civilDate('2026-01-08');
const person = henri(described(), representedBy(1));

function informing(overrides: Partial<InformationData> = {}, at = effectiveAt, mandate = nurseMandate()) {
  const information = informed(overrides).data as InformationData;
  return informPerson(person, { information, mandate, effectiveAt: at }, facts());
}

describe('inform a person', () => {
  test('records what they were told', () => {
    expect(informing()).toEqual({ kind: 'accepted', events: [informed()] });
  });

  test('records that a representative was told', () => {
    const to = { kind: 'representative', representative: id('Representative', 1) } as const;
    expect(informing({ to }).kind).toBe('accepted');
  });

  test('refuses what is kept from a representative, which the person may be told', () => {
    const kept = { ...described(2), data: { ...described(2).data, keptFromParents: true } } as PersonEvent;
    const minor = henri(described(), kept, representedBy(1));
    const inform = (to: InformationData['to']) => {
      const items = [id<'Item'>('Item', 1), id<'Item'>('Item', 2)];
      const information = informed({ to, items }).data as InformationData;
      return informPerson(minor, { information, mandate: nurseMandate(), effectiveAt }, facts());
    };
    expect(inform({ kind: 'person' }).kind).toBe('accepted');
    const mother = { kind: 'representative', representative: id('Representative', 1) } as const;
    expect(rejectionOf(inform(mother))).toMatchObject({ kind: 'contradiction', field: 'items[1]' });
  });

  test('takes a general notice about the care team, which may leave everything open', () => {
    const general = { recipients: [], items: [], purposes: [], notice: 'care-team/2026-01' };
    expect(informing(general).kind).toBe('accepted');
  });

  test.each<[string, string, Partial<InformationData>]>([
    ['empty-scope', 'items', { items: [] }],
    ['empty-scope', 'purposes', { purposes: [] }],
    ['unknown-reference', 'to.representative', { to: { kind: 'representative', representative: asId('x') } }],
    ['unknown-reference', 'items[0]', { items: [id('Item', 9)] }],
    ['unknown-code', 'categories[0]', { categories: [asCode('gossip')] }],
    ['unknown-code', 'purposes[0]', { purposes: [asCode('curiosity')] }],
    [
      'unknown-reference',
      'recipients[0].outsider',
      { recipients: [{ kind: 'outsider', outsider: asId('x') }] },
    ],
    ['unknown-code', 'provision', { provision: asCode('our-habit') }],
    ['unknown-code', 'notice', { notice: 'care-team/1999-01' }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(informing(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const)
      expect(rejectionOf(informing({}, civilDate(date)))).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that was not in force when they were told', () => {
    const ended = nurseMandate({ validUntil: civilDate('2026-01-07') });
    expect(rejectionOf(informing({}, effectiveAt, ended))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'by',
    });
  });
});
