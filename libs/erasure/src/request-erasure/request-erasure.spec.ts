import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { requestErasure } from './request-erasure.js';

const { henri } = personTesting;
const command = { request: 'r', groundsToKeep: [] };
const requested: PersonEvent = { type: 'ErasureRequested', data: { request: 'r' } };
const held: PersonEvent = { type: 'LegalHoldPlaced', data: { hold: 'h', ground: 'procès' } };
const lifted: PersonEvent = { type: 'LegalHoldLifted', data: { hold: 'h' } };

describe('request an erasure', () => {
  test('records the request, and nothing the second time', () => {
    expect(requestErasure(henri(), command)).toEqual({ kind: 'accepted', events: [requested] });
    expect(requestErasure(henri(requested), { ...command, request: 'other' })).toEqual({
      kind: 'accepted',
      events: [],
    });
  });

  test('is refused under a legal hold, until it is lifted', () => {
    expect(requestErasure(henri(held), command)).toMatchObject({
      rejection: { kind: 'not-permitted', choices: ['h'] },
    });
    expect(requestErasure(henri(held, lifted), command)).toMatchObject({ kind: 'accepted' });
  });

  test('is refused where a ground to keep applies', () => {
    const refused = requestErasure(henri(), { ...command, groundsToKeep: ['archiving'] });
    expect(refused).toMatchObject({ rejection: { kind: 'not-permitted', field: 'groundsToKeep[0]' } });
  });
});
