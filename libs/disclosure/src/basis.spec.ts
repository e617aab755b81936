import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { asCode } from '#decider';
import { personTesting } from '#person';
import { basisOf } from './basis.js';

const catalogue = loadCatalogue();
const consents = [personTesting.id('Consent', 1)];
const exchange = asCode<'Provision'>('csp-l1110-4-ii-exchange');
const alert = asCode<'Provision'>('casf-l226-2-1');

describe('the basis of a disclosure', () => {
  test('is the consents that are named, with the provision that asks for them', () => {
    expect(basisOf(catalogue, exchange, consents)).toEqual({
      provision: exchange,
      consents,
      restsOn: 'consent',
    });
    expect(basisOf(catalogue, undefined, consents)).toEqual({ consents, restsOn: 'consent' });
  });

  test('is the absence of objection where the provision lets the person object', () => {
    expect(basisOf(catalogue, exchange, [])).toMatchObject({ restsOn: 'absence-of-objection' });
  });

  test('is a consent that nobody gave where one is asked for and none is named', () => {
    const outsideTeam = asCode<'Provision'>('csp-l1110-4-iii-outside-team');
    for (const provision of [outsideTeam, undefined])
      expect(basisOf(catalogue, provision, [])).toMatchObject({ consents: [], restsOn: 'consent' });
  });

  test('is the provision where nothing that the person says ends it', () => {
    expect(basisOf(catalogue, alert, [])).toEqual({ provision: alert, consents: [], restsOn: 'provision' });
  });
});
