import { asCode, asId } from '#decider';
import { civilDate } from '#time';
import type { InstitutionEvent, MandateData } from './institution.events.js';

export const LILAS = asId<'Institution'>('00000000-0000-4000-8000-000000000001');
export const ODILE = asId<'Actor'>('00000000-0000-4000-8000-000000000002');
export const NURSE_MANDATE = asId<'Mandate'>('00000000-0000-4000-8000-000000000003');

export function lilas(): InstitutionEvent {
  return {
    type: 'InstitutionRegistered',
    data: { institution: LILAS, name: 'SSIAD des Lilas', mission: 'Soins infirmiers à domicile' },
  };
}

export function aMandate(overrides: Partial<MandateData> = {}): MandateData {
  return {
    mandate: NURSE_MANDATE,
    actor: ODILE,
    mission: 'Soins infirmiers à domicile',
    purposes: [asCode('care-coordination')],
    function: 'infirmière coordinatrice',
    profession: 'infirmière',
    categories: ['nurse'],
    secrecy: [{ binding: asCode('health-profession'), firm: true }],
    validFrom: civilDate('2025-01-01'),
    ...overrides,
  };
}

export function mandateGiven(overrides: Partial<MandateData> = {}): InstitutionEvent {
  const mandate = aMandate(overrides);
  return { type: 'MandateGiven', data: mandate, effectiveAt: mandate.validFrom };
}
