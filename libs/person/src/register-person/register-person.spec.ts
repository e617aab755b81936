import { describe, expect, test } from '@jest/globals';
import { given } from '#decider';
import type { PersonEvent } from '../person.events.js';
import { personFold } from '../person.js';
import type { Person } from '../person.state.js';
import { id, NOW } from '../testing.js';
import { registerPerson, type RegisterPerson } from './register-person.js';

const decide = (state: Person, command: RegisterPerson) => registerPerson(state, command, NOW);
const [person, twin, other] = [id('Person', 1), id('Person', 2), id('Person', 3)];
const identity = {
  person,
  familyName: 'Lefort',
  givenName: 'Henri',
  birthDate: '1948-03-12',
  distinctFrom: [],
};
const registered = { type: 'PersonRegistered', data: identity } as const;

function registering(
  overrides: Partial<RegisterPerson['identity']> = {},
  lookAlikes = [] as RegisterPerson['lookAlikes'],
) {
  const command = { identity: { ...identity, ...overrides }, lookAlikes };
  return given<Person, PersonEvent>(personFold, []).when(decide, command);
}

describe('register a person', () => {
  test('records names and birth date', () => {
    expect(registering().events()).toEqual([registered]);
  });

  test('takes somebody whose birth date nobody knows', () => {
    expect(registering({ birthDate: undefined }).events()).toHaveLength(1);
  });

  test('refuses a birth date that has not come', () => {
    const rejection = registering({ birthDate: '2026-03-02' }).rejection();
    expect(rejection).toMatchObject({ kind: 'date-in-future', field: 'birthDate' });
  });

  test('refuses somebody who looks like one already there, and names who', () => {
    expect(registering({}, [twin, other]).rejection()).toMatchObject({
      kind: 'possible-duplicate',
      field: 'distinctFrom',
      choices: [twin, other],
    });
    expect(registering({ distinctFrom: [twin] }, [twin, other]).rejection()).toMatchObject({
      choices: [other],
    });
  });

  test('registers somebody who was told apart from all who look like them', () => {
    const [event] = registering({ distinctFrom: [twin] }, [twin]).events();
    expect(event!.data).toMatchObject({ distinctFrom: [twin] });
  });

  test('refuses to tell apart from somebody who looks like nobody', () => {
    expect(registering({ distinctFrom: [twin, other] }, [twin]).rejection()).toMatchObject({
      kind: 'unknown-reference',
      field: 'distinctFrom[1]',
    });
  });

  test('refuses an id that was taken, or whose stream was closed by an erasure', () => {
    const command = { identity, lookAlikes: [] };
    const closed = { type: 'StreamClosed', data: { request: 'r' } } as const;
    const taken = given<Person, PersonEvent>(personFold, [registered]).when(decide, command);
    expect(taken.rejection()).toMatchObject({ kind: 'already-exists' });
    const erased = given<Person, PersonEvent>(personFold, [registered, closed]).when(decide, command);
    expect(erased.rejection()).toMatchObject({ kind: 'stream-closed' });
  });
});
