import { describe, expect, test } from '@jest/globals';
import { asId, given } from '#decider';
import { institutionFold } from '../institution.js';
import { loadCatalogue } from '#catalogue';
import { registerInstitution, type RegisterInstitution } from './register-institution.js';
import type { Institution } from '../institution.js';

const institution = {
  institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
  name: 'SSIAD des Lilas',
  mission: 'Soins infirmiers à domicile',
};
const registered = { type: 'InstitutionRegistered', data: institution } as const;

const register = (state: Institution, command: RegisterInstitution) =>
  registerInstitution(state, command, loadCatalogue());

describe('register an institution', () => {
  test('records its name and what it is for', () => {
    const events = given(institutionFold, []).when(register, { institution }).events();
    expect(events).toEqual([registered]);
  });

  test('refuses one that is registered already', () => {
    const again = given(institutionFold, [registered]).when(register, { institution });
    expect(again.rejection()).toMatchObject({ kind: 'already-exists' });
  });
});
