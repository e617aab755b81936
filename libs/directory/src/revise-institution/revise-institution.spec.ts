import { describe, expect, test } from '@jest/globals';
import { loadCatalogue } from '#catalogue';
import { asCode, asId, given } from '#decider';
import { institutionFold } from '../institution.js';
import { reviseInstitution } from './revise-institution.js';

const catalogue = loadCatalogue();
const registered = {
  type: 'InstitutionRegistered',
  data: {
    institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
    name: 'Aide à domicile Soleil',
    mission: 'Aide à domicile',
  },
} as const;
const helpers = {
  function: asCode<'Function'>('home-helpers'),
  name: 'Aides à domicile',
  categories: ['esms-staff'],
  secrecy: [{ binding: asCode<'Binding'>('care-participation'), firm: false }],
  accessLog: true,
};

const revise = (
  state: Parameters<typeof reviseInstitution>[0],
  command: Parameters<typeof reviseInstitution>[1],
) => reviseInstitution(state, command, catalogue);

describe('revise an institution', () => {
  test('records what is said anew', () => {
    const changes = { functions: [helpers] };
    const decided = given(institutionFold, [registered]).when(revise, { changes });
    expect(decided.events()).toEqual([{ type: 'InstitutionRevised', data: changes }]);
  });

  test('records nothing where everything is said already', () => {
    const changes = { functions: [helpers] };
    const revised = { type: 'InstitutionRevised', data: changes } as const;
    expect(given(institutionFold, [registered, revised]).when(revise, { changes }).events()).toEqual([]);
    const name = { changes: { name: registered.data.name } };
    expect(given(institutionFold, [registered]).when(revise, name).events()).toEqual([]);
  });

  test('takes what a request leaves out as not said', () => {
    const blank = { name: undefined, mission: undefined, webhook: undefined };
    const saying = (more: object) =>
      given(institutionFold, [registered]).when(revise, { changes: { ...blank, ...more } as object });
    expect(saying({}).events()).toEqual([]);
    expect(saying({ name: registered.data.name }).events()).toEqual([]);
    expect(saying({ mission: 'Soins' }).events()).toStrictEqual([
      { type: 'InstitutionRevised', data: { mission: 'Soins' } },
    ]);
  });

  test('refuses an institution that nobody registered', () => {
    const decided = given(institutionFold, []).when(revise, { changes: { name: 'X' } });
    expect(decided.rejection()).toMatchObject({ kind: 'not-found' });
  });

  test.each([
    ['unknown-code', 'functions[0].categories[0]', [{ ...helpers, categories: ['any'] }]],
    [
      'unknown-code',
      'functions[1].secrecy[0]',
      [
        { ...helpers, function: asCode<'Function'>('other') },
        { ...helpers, secrecy: [{ binding: asCode<'Binding'>('x'), firm: true }] },
      ],
    ],
    ['contradiction', 'functions[1].function', [helpers, helpers]],
  ])('refuses %s in %s', (kind, field, functions) => {
    const decided = given(institutionFold, [registered]).when(revise, { changes: { functions } });
    expect(decided.rejection()).toMatchObject({ kind, field });
  });
});
