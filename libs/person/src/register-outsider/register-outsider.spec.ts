import { describe, expect, test } from '@jest/globals';
import { facts, henri, id, rejectionOf } from '../testing.js';
import { registerOutsider } from './register-outsider.js';

const outsider = {
  outsider: id('Outsider', 1),
  kind: 'relative',
  name: 'Claire Lefort',
  relation: 'fille',
} as const;

describe('register an outsider', () => {
  test('records who they are to the person', () => {
    expect(registerOutsider(henri(), { outsider }, facts())).toEqual({
      kind: 'accepted',
      events: [{ type: 'OutsiderRegistered', data: outsider }],
    });
  });

  test('takes what they are from the catalogue, and nothing that nobody is', () => {
    const prosecutor = { ...outsider, kind: 'other-body', category: 'prosecutor' } as const;
    expect(registerOutsider(henri(), { outsider: prosecutor }, facts()).kind).toBe('accepted');
    for (const category of ['any', 'wizard'])
      expect(
        rejectionOf(registerOutsider(henri(), { outsider: { ...prosecutor, category } }, facts())),
      ).toMatchObject({
        kind: 'unknown-code',
        field: 'category',
      });
  });

  test('takes a text of the catalogue that binds them by secrecy, and no other', () => {
    const bound = { outsider: { ...outsider, secrecyBasis: 'health-profession' } };
    expect(registerOutsider(henri(), bound, facts()).kind).toBe('accepted');
    const promised = { outsider: { ...outsider, secrecyBasis: 'word-of-honour' } };
    expect(rejectionOf(registerOutsider(henri(), promised, facts()))).toMatchObject({
      kind: 'unknown-code',
      field: 'secrecyBasis',
    });
  });
});
