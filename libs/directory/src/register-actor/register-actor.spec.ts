import { describe, expect, test } from '@jest/globals';
import { asId, given } from '#decider';
import { actorFold } from '../actor.js';
import { registerActor } from './register-actor.js';

const actor = asId<'Actor'>('00000000-0000-4000-8000-000000000001');
const name = { familyName: 'Caron', givenName: 'Odile' };
const registered = { type: 'ActorRegistered', data: { actor, ...name } } as const;

describe('register an actor', () => {
  test('records the name of a human being, who acts under mandates only', () => {
    expect(given(actorFold, []).when(registerActor, { actor, name }).events()).toEqual([registered]);
  });

  test('refuses one that is registered already', () => {
    const rejection = given(actorFold, [registered]).when(registerActor, { actor, name }).rejection();
    expect(rejection).toMatchObject({ kind: 'already-exists' });
  });
});
