import { describe, expect, test } from '@jest/globals';
import type { Directory } from '#directory';
import { actingMandate, resolveHolder } from './acting.request.js';
import { resolveRecipients, resolveScopes, type RecipientRequest } from './recipient.request.js';
import { resolveScope } from './scope.request.js';
import { sourceOf } from './source.request.js';
import { speakerOf } from './speaker.request.js';
import { CCAS, id, NURSE, nurseMandate, SSIAD } from './testing.js';

/** Knows the nurse's mandate and the CCAS. */
const ccas = { status: 'registered', data: { functions: [{ function: 'accueil' }] } };
const directory = {
  mandate: async (asked: string) =>
    asked === NURSE ? { mandate: nurseMandate(), institution: SSIAD } : undefined,
  institution: async (asked: string) => (asked === CCAS ? ccas : undefined),
  institutionOf: async (asked: string) => (asked === NURSE ? SSIAD : CCAS),
} as unknown as Directory;
const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD };
const client = { kind: 'client', id: 'import' } as const;
const unknownIn = (field: string) => ({ rejection: { kind: 'unknown-reference', field } });

describe('recipients of a request', () => {
  test('get the institution behind their mandate', async () => {
    const named: RecipientRequest[] = [
      { kind: 'mandate', mandate: NURSE },
      { kind: 'category', institution: CCAS, function: 'accueil' },
      { kind: 'outsider', outsider: id('Outsider', 1) },
      { kind: 'unknown' },
    ];
    expect(await resolveRecipients(directory, 'recipients', named)).toEqual({
      kind: 'resolved',
      value: [nurse, named[1], named[2], named[3]],
    });
  });

  test.each<[string, RecipientRequest]>([
    ['to[1].mandate', { kind: 'mandate', mandate: id('Mandate', 9) }],
    ['to[1].mandate', { kind: 'mandate' }],
    ['to[1].outsider', { kind: 'outsider' }],
    ['to[1].institution', { kind: 'category', institution: SSIAD, function: 'accueil' }],
    ['to[1].function', { kind: 'category', institution: CCAS }],
    ['to[1].function', { kind: 'category', institution: CCAS, function: 'direction' }],
    ['to[1].kind', { kind: 'institution', institution: CCAS }],
  ])('are refused where nobody is meant: %s', async (field, request) => {
    const named = [{ kind: 'mandate', mandate: NURSE } as const, request];
    expect(await resolveRecipients(directory, 'to', named)).toMatchObject(unknownIn(field));
  });

  test('may be a whole institution in a scope, never somebody unknown', async () => {
    const whole = { kind: 'institution', institution: CCAS } as const;
    expect(await resolveScopes(directory, 'onward', [whole])).toEqual({ kind: 'resolved', value: [whole] });
    expect(await resolveScopes(directory, 'onward', [{ kind: 'unknown' }])).toMatchObject(
      unknownIn('onward[0].kind'),
    );
  });
});

describe('a scope of a request', () => {
  test('leaves open what it leaves out', async () => {
    expect(await resolveScope(directory, '', {})).toEqual({
      kind: 'resolved',
      value: { items: [], categories: [], recipients: [], purposes: [] },
    });
  });

  test('names its fields as the request does', async () => {
    const request = { recipients: [{ kind: 'mandate' as const }] };
    expect(await resolveScope(directory, 'excluded.', request)).toMatchObject(
      unknownIn('excluded.recipients[0].mandate'),
    );
  });
});

describe('who acts', () => {
  test('is the mandate that is named, else the caller’s', async () => {
    const caller = { kind: 'mandate', id: NURSE } as const;
    for (const acting of [
      actingMandate(directory, caller, 'by', undefined),
      actingMandate(directory, client, 'by', NURSE),
    ])
      expect(await acting).toMatchObject({ kind: 'resolved', value: { institution: SSIAD } });
  });

  test('is named by a client, and is known', async () => {
    for (const named of [undefined, id('Mandate', 9)])
      expect(await actingMandate(directory, client, 'by', named)).toMatchObject(unknownIn('by'));
  });

  test('of another institution is nobody to act for', async () => {
    const elsewhere = { kind: 'mandate', id: id('Mandate', 9) } as const;
    expect(await actingMandate(directory, elsewhere, 'by', NURSE)).toMatchObject({
      rejection: { kind: 'not-permitted', field: 'by' },
    });
  });

  test('holds an item for itself, or says who does', async () => {
    const caller = { kind: 'mandate', id: NURSE } as const;
    expect(await resolveHolder(directory, caller, 'holder', undefined)).toEqual({
      kind: 'resolved',
      value: nurse,
    });
    const outsider = { kind: 'outsider', outsider: id('Outsider', 1) } as const;
    expect(await resolveHolder(directory, caller, 'holder', outsider)).toEqual({
      kind: 'resolved',
      value: outsider,
    });
  });

  test('is nobody unknown, and no whole institution', async () => {
    for (const named of [{ kind: 'unknown' }, { kind: 'institution', institution: CCAS }] as const)
      expect(await resolveHolder(directory, client, 'holder', named)).toMatchObject(unknownIn('holder.kind'));
    expect(await resolveHolder(directory, client, 'holder', undefined)).toMatchObject(unknownIn('holder'));
  });
});

test('a source carries what its kind asks for, and nothing else', () => {
  const everything = { disclosure: id('Disclosure', 1), session: 's', note: 'dossier papier' };
  expect([
    sourceOf({ kind: 'person', ...everything }),
    sourceOf({ kind: 'disclosure', ...everything }),
    sourceOf({ kind: 'session', ...everything }),
    sourceOf({ kind: 'external', ...everything }),
    sourceOf({ kind: 'external' }),
  ]).toEqual([
    { kind: 'person' },
    { kind: 'disclosure', disclosure: id('Disclosure', 1) },
    { kind: 'session', session: 's' },
    { kind: 'external', note: 'dossier papier' },
    { kind: 'external' },
  ]);
});

test('a speaker who is left out is the person', () => {
  const representative = id('Representative', 1);
  expect([speakerOf(undefined), speakerOf({ kind: 'representative', representative })]).toEqual([
    { kind: 'person' },
    { kind: 'representative', representative },
  ]);
});
