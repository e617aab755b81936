import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { asCode, given } from '#decider';
import { civilDate } from '#time';
import type { InstitutionEvent, MandateData } from '../institution.events.js';
import { institutionFold, type Institution } from '../institution.js';
import { aMandate, lilas, mandateGiven } from '../testing.js';
import { giveMandate, type GiveMandate } from './give-mandate.js';

const decide = (state: Institution, command: GiveMandate) => giveMandate(state, command, loadCatalogue());

function giving(overrides: Partial<MandateData> = {}, actorKnown = true) {
  const past: InstitutionEvent[] = [lilas()];
  return given(institutionFold, past).when(decide, { mandate: aMandate(overrides), actorKnown });
}

describe('give a mandate', () => {
  test('records it, in effect from its first day', () => {
    expect(giving().events()).toEqual([mandateGiven()]);
  });

  test('takes a holder whom nothing binds by secrecy, and no category', () => {
    expect(giving({ secrecy: [], categories: [] }).events()).toHaveLength(1);
  });

  test('refuses an institution that is not there', () => {
    const nowhere = given(institutionFold, []).when(decide, { mandate: aMandate(), actorKnown: true });
    expect(nowhere.rejection()).toMatchObject({ kind: 'not-found' });
  });

  test('refuses an actor who is not registered', () => {
    expect(giving({}, false).rejection()).toMatchObject({ kind: 'unknown-reference', field: 'actor' });
  });

  test.each<[string, string, Partial<MandateData>]>([
    ['empty-scope', 'purposes', { purposes: [] }],
    ['unknown-code', 'purposes[0]', { purposes: [asCode('curiosity')] }],
    ['unknown-code', 'categories[1]', { categories: ['nurse', 'wizard'] }],
    ['unknown-code', 'categories[0]', { categories: ['any-bound-by-secrecy'] }],
    ['unknown-code', 'secrecy[0]', { secrecy: [{ binding: asCode('word-of-honour'), firm: true }] }],
    ['period-inverted', 'validUntil', { validUntil: civilDate('2024-12-31') }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(giving(overrides).rejection()).toMatchObject({ kind, field });
  });
});
