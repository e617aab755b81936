import { describe, expect, test } from '@jest/globals';
import { asId, given } from '#decider';
import { institutionFold } from '../institution.js';
import { registerInstitution } from './register-institution.js';

const institution = {
  institution: asId<'Institution'>('00000000-0000-4000-8000-000000000001'),
  name: 'SSIAD des Lilas',
  mission: 'Soins infirmiers à domicile',
};
const registered = { type: 'InstitutionRegistered', data: institution } as const;

describe('register an institution', () => {
  test('records its name and what it is for', () => {
    const events = given(institutionFold, []).when(registerInstitution, { institution }).events();
    expect(events).toEqual([registered]);
  });

  test('refuses one that is registered already', () => {
    const again = given(institutionFold, [registered]).when(registerInstitution, { institution });
    expect(again.rejection()).toMatchObject({ kind: 'already-exists' });
  });
});
