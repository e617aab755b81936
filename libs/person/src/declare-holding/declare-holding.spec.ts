import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { civilDate } from '#time';
import type { HoldingData } from '../item.events.js';
import type { PersonEvent } from '../person.events.js';
import { CCAS, described, facts, henri, id, rejectionOf, SOCIAL_WORKER } from '../testing.js';
import { declareHolding } from './declare-holding.js';

const effectiveAt = civilDate('2026-01-10');
const holding: HoldingData = {
  item: id('Item', 1),
  holder: { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS },
  purpose: asCode('social-follow-up'),
  source: { kind: 'external', note: 'dossier papier' },
};
const declared: PersonEvent = { type: 'HoldingDeclared', data: holding, effectiveAt };
const purged: PersonEvent = {
  type: 'PurgeAttested',
  data: { holder: holding.holder, items: [id('Item', 1)], remains: 'nothing' },
  effectiveAt: civilDate('2026-01-20'),
};

const ofCcas = facts({ callerInstitution: CCAS });

function declaring(
  overrides: Partial<HoldingData> = {},
  history: readonly PersonEvent[] = [described()],
  at = effectiveAt,
) {
  return declareHolding(
    henri(...history),
    { holding: { ...holding, ...overrides }, effectiveAt: at },
    ofCcas,
  );
}

describe('declare a holding', () => {
  test('records who knows it too, for what, and where they have it from', () => {
    expect(declaring()).toEqual({ kind: 'accepted', events: [declared] });
  });

  test('records nothing the second time', () => {
    expect(declaring({}, [described(), declared])).toEqual({ kind: 'accepted', events: [] });
  });

  test('records another purpose, another source, and what was learnt again after a purge', () => {
    for (const other of [
      { purpose: asCode<'Purpose'>('care-coordination') },
      { source: { kind: 'person' } as const },
    ])
      expect(declaring(other, [described(), declared])).toMatchObject({
        events: [{ type: 'HoldingDeclared' }],
      });
    const again = declaring({}, [described(), declared, purged], civilDate('2026-02-01'));
    expect(again).toMatchObject({ events: [{ type: 'HoldingDeclared' }] });
  });

  test('is for the institution of the holder; of somebody without mandate here, any says what it knows', () => {
    const command = { holding, effectiveAt };
    const refused = declareHolding(henri(described()), command, facts());
    expect(rejectionOf(refused)).toMatchObject({ kind: 'not-permitted', field: 'holder' });
    const unknown = { ...holding, holder: { kind: 'unknown' } as const };
    expect(declareHolding(henri(described()), { holding: unknown, effectiveAt }, facts()).kind).toBe(
      'accepted',
    );
  });

  test('refuses an item of somebody else', () => {
    expect(rejectionOf(declaring({}, []))).toMatchObject({ kind: 'not-found' });
  });

  test.each<[string, string, Partial<HoldingData>]>([
    ['unknown-reference', 'holder.outsider', { holder: { kind: 'outsider', outsider: asId('x') } }],
    ['unknown-code', 'purpose', { purpose: asCode('curiosity') }],
    ['unknown-reference', 'source.disclosure', { source: { kind: 'disclosure', disclosure: asId('x') } }],
    ['unknown-reference', 'source.session', { source: { kind: 'session', session: '' } }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(declaring(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const)
      expect(rejectionOf(declaring({}, [described()], civilDate(date)))).toMatchObject({
        kind,
        field: 'effectiveAt',
      });
  });
});
