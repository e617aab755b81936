import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { holderKey, inScope, institutionOf, type Passing, type Recipient, type Scope } from './recipient.js';
import { CCAS, id, SOCIAL_WORKER, SSIAD } from './testing.js';

const noel: Recipient = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS };
const daughter: Recipient = { kind: 'outsider', outsider: id('Outsider', 1) };
const reception: Recipient = { kind: 'category', institution: CCAS, function: asCode('accueil') };
const nobody: Recipient = { kind: 'unknown' };
const OPEN: Scope = { items: [], categories: [], recipients: [], purposes: [] };
const passing: Passing = {
  item: id('Item', 1),
  category: asCode('functional-impact'),
  recipient: noel,
  purpose: asCode('care-coordination'),
};

describe('recipients', () => {
  test('have one key each', () => {
    const keys = [
      noel,
      daughter,
      reception,
      { ...reception, function: asCode<'Function'>('direction') },
      nobody,
    ].map(holderKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(holderKey({ ...noel })).toBe(holderKey(noel));
  });

  test('belong to an institution when they act in one', () => {
    expect([noel, daughter, reception, nobody].map(institutionOf)).toEqual([
      CCAS,
      undefined,
      CCAS,
      undefined,
    ]);
  });
});

describe('a scope', () => {
  test('that names nothing leaves everything open', () => {
    for (const recipient of [noel, daughter, reception, nobody])
      expect(inScope(OPEN, { ...passing, recipient, category: undefined, purpose: undefined })).toBe(true);
  });

  test.each<[string, Partial<Scope>, boolean]>([
    ['the item', { items: [id('Item', 1)] }, true],
    ['another item', { items: [id('Item', 2)] }, false],
    ['its category', { categories: [asCode('functional-impact')] }, true],
    [
      'another item, and its category',
      { items: [id('Item', 2)], categories: [asCode('functional-impact')] },
      true,
    ],
    ['another category', { categories: [asCode('housing')] }, false],
    ['the recipient', { recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }] }, true],
    ['their institution', { recipients: [{ kind: 'institution', institution: CCAS }] }, true],
    ['another institution', { recipients: [{ kind: 'institution', institution: SSIAD }] }, false],
    [
      'a function of theirs',
      { recipients: [{ kind: 'category', institution: CCAS, function: asCode('accueil') }] },
      false,
    ],
    ['the purpose', { purposes: [asCode('care-coordination')] }, true],
    ['another purpose', { purposes: [asCode('social-follow-up')] }, false],
    [
      'the item for another purpose',
      { items: [id('Item', 1)], purposes: [asCode('social-follow-up')] },
      false,
    ],
  ])('that names %s', (_, named, covered) => {
    expect(inScope({ ...OPEN, ...named }, passing)).toBe(covered);
  });

  test('that names a purpose does not cover a passing whose purpose nobody knows', () => {
    const scope = { ...OPEN, purposes: [asCode<'Purpose'>('care-coordination')] };
    expect(inScope(scope, { ...passing, purpose: undefined })).toBe(false);
  });

  test('that names an institution covers its functions, not outsiders', () => {
    const scope: Scope = { ...OPEN, recipients: [{ kind: 'institution', institution: CCAS }] };
    expect(inScope(scope, { ...passing, recipient: reception })).toBe(true);
    expect(inScope(scope, { ...passing, recipient: daughter })).toBe(false);
    expect(inScope(scope, { ...passing, recipient: nobody })).toBe(false);
  });
});
