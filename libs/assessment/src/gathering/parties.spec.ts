import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { asCode } from '#decider';
import { institutionStream, type InstitutionData } from '#directory';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { partyFacts, type Surroundings } from './parties.js';

const { CCAS, henri, NURSE, nurseMandate, SSIAD } = personTesting;

const HELPERS = { function: asCode<'Function'>('helpers'), name: 'Aides à domicile' };
const ssiad: InstitutionData = {
  institution: SSIAD,
  name: 'SSIAD',
  mission: 'Soins à domicile',
  functions: [{ ...HELPERS, categories: ['esms-staff'], secrecy: [], accessLog: true }],
};
const started: PersonEvent = {
  type: 'CareRelationStarted',
  data: { mandate: NURSE, institution: SSIAD, declaredBy: 'institution' },
  effectiveAt: civilDate('2026-01-05'),
};
const helpers = { kind: 'category', institution: SSIAD, function: HELPERS.function } as const;

function careOfHelpers(held: string, institution = SSIAD, maySee = true, relation = started) {
  const mandate = nurseMandate({ function: held });
  const known = { mandate, institution, stream: institutionStream(institution), revision: 1 };
  const around: Surroundings = {
    mandates: new Map([[NURSE, known]]),
    otherMandates: [],
    institutions: new Map([[SSIAD, ssiad]]),
    memberships: new Map(),
    maySee: () => maySee,
  };
  return partyFacts(henri(relation), around, loadCatalogue(), helpers).care;
}

describe('a function that receives as a whole', () => {
  test('takes part in the care when a mandate that holds it does', () => {
    expect(careOfHelpers('Aides à domicile')).toMatchObject([{ validFrom: civilDate('2026-01-05') }]);
  });

  test('does not when only another function, or another institution, does', () => {
    expect(careOfHelpers('infirmière')).toEqual([]);
    expect(careOfHelpers('Aides à domicile', CCAS)).toEqual([]);
  });

  test('does not by the word of a discloser alone', () => {
    const said = { ...started, data: { ...started.data, declaredBy: 'discloser' } } as PersonEvent;
    expect(careOfHelpers('Aides à domicile', SSIAD, true, said)).toEqual([]);
  });

  test('and of that, another institution is told no more than that it is so', () => {
    const [known] = careOfHelpers('Aides à domicile');
    expect(careOfHelpers('Aides à domicile', SSIAD, false)).toEqual([{ ...known, hidden: true }]);
  });
});
