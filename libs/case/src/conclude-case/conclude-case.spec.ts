import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { referred } from '../testing.js';
import { concludeCase, type ConcludeCase } from './conclude-case.js';

const { facts, henri, id, rejectionOf } = personTesting;

const command: ConcludeCase = {
  kind: 'opinion',
  conclusion: {
    case: id('Case', 1),
    session: id('Session', 1),
    label: 'Avis favorable au maintien',
    levers: 'Saisine du FSL',
    accompaniment: 'Accompagnement budgétaire',
    cooperation: 'CCAS et bailleur',
  },
  heardOn: civilDate('2026-02-20'),
  effectiveAt: civilDate('2026-02-20'),
};
const opinion: PersonEvent = {
  type: 'OpinionGiven',
  data: command.conclusion,
  effectiveAt: civilDate('2026-02-20'),
};
const conclude = (overrides: Partial<ConcludeCase> = {}, ...events: readonly PersonEvent[]) =>
  concludeCase(henri(referred(), ...events), { ...command, ...overrides }, facts());

describe('conclude a case', () => {
  test('records an opinion or a decision by label, with what C10 asks for', () => {
    expect(conclude()).toEqual({ kind: 'accepted', events: [opinion] });
    expect(conclude({ kind: 'decision' })).toMatchObject({ events: [{ type: 'DecisionTaken' }] });
  });

  test('records nothing the second time', () => {
    expect(conclude({}, opinion)).toEqual({ kind: 'accepted', events: [] });
    expect(conclude({ kind: 'decision' }, opinion)).toMatchObject({ events: [{ type: 'DecisionTaken' }] });
  });

  test('waits for the session to have heard it', () => {
    const { heardOn: _, ...unheard } = command;
    expect(concludeCase(henri(referred()), unheard, facts())).toMatchObject({
      rejection: { kind: 'contradiction', field: 'session' },
    });
    expect(rejectionOf(conclude({ effectiveAt: civilDate('2026-02-19') }))).toMatchObject({
      kind: 'contradiction',
      field: 'effectiveAt',
    });
    expect(rejectionOf(conclude({ effectiveAt: civilDate('2026-03-02') }))).toMatchObject({
      kind: 'date-in-future',
    });
  });

  test('needs a case of this person', () => {
    expect(concludeCase(henri(), command, facts())).toMatchObject({ rejection: { kind: 'not-found' } });
  });
});
