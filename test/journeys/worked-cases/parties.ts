import type { Case, Party } from './cases.js';

/** A case with what must come out of it, in the words of the legal page, and rules that must have spoken. */
export interface Stated extends Case {
  readonly says: string | Readonly<Record<string, string>>;
  readonly because?: readonly string[];
}
export type Cases = Readonly<Record<string, Stated>>;

export const on = '2026-03-02';
export const before = '2026-03-01';

export const SOCIAL_WORKER: Party = { is: ['social-worker'], bound: ['social-work-profession'] };
export const DOCTOR: Party = { is: ['physician'], bound: ['health-profession'] };
export const NURSE: Party = { is: ['nurse'], bound: ['health-profession'] };
export const EDUCATOR: Party = { is: ['educator', 'esms-staff'], bound: ['care-participation'] };
export const MDPH: Party = { at: 'MDPH', is: ['mdph-team-member'], bound: ['mdph-commission'] };
export const ASE: Party = { is: ['ase-mission'], bound: ['ase-mission'] };
export const CRIP: Party = { is: ['crip'], bound: ['ase-mission'] };
export const PROSECUTOR: Party = { is: ['prosecutor'], bound: ['judicial-oath'] };

export const notes = { notes: { category: 'social-follow-up-notes' } };
export const health = { health: { category: 'health-data' } };
export const income = { income: { category: 'resources-debt' } };
export const family = { family: { category: 'family' } };
export const bruises = { bruises: { category: 'child-danger' } };
export const address = { address: { category: 'identity-contact' } };
