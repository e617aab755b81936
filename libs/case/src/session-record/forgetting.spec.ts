import { describe, expect, test } from '@jest/globals';
import type { Instant } from '#decider';
import { personTesting, type DisclosureRecorded, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { aTeam, HELD_ON, hearingOf, henriReferred, intendedOf, SESSION } from '../testing.js';
import { heardIn, oweDestruction } from './forgetting.js';

const { id, SOCIAL_WORKER, SSIAD } = personTesting;
const NOW = '2026-02-21T12:00:00.000Z' as Instant;
const member = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: SSIAD } as const;

const { act } = intendedOf(hearingOf(henriReferred(), aTeam()));
const tabled: DisclosureRecorded = {
  type: 'DisclosureRecorded',
  data: { ...act, basis: { consents: [], restsOn: 'provision' }, cites: [] },
  effectiveAt: HELD_ON,
};
const purged: PersonEvent = {
  type: 'PurgeAttested',
  data: { holder: member, items: [id('Item', 1)], remains: 'memory', why: 'Entendu.' },
  effectiveAt: HELD_ON,
};
const learntBefore: PersonEvent = {
  type: 'HoldingDeclared',
  data: { item: id('Item', 1), holder: member, purpose: act.purpose, source: { kind: 'person' } },
  effectiveAt: civilDate('2026-01-10'),
};

function owed(closedAt: typeof HELD_ON | undefined, ...events: readonly PersonEvent[]) {
  const person = henriReferred(...events);
  const session = { session: SESSION, ...(closedAt ? { closedAt } : {}) };
  return oweDestruction(person, session, person.cases.get(id('Case', 1))!, NOW);
}

describe('the duty to forget', () => {
  test('begins with the end of the session, for everybody who was told', () => {
    expect(owed(undefined, tabled)).toEqual([]);
    expect(owed(HELD_ON, tabled)).toEqual([{ recipient: member, items: [id('Item', 1)] }]);
    expect(owed(HELD_ON)).toEqual([]);
  });

  test('ends with the attestation, on the same day already', () => {
    expect(owed(HELD_ON, tabled, purged)).toEqual([]);
  });

  test('spares what the member also has in a mission of their own', () => {
    expect(owed(HELD_ON, learntBefore, tabled)).toEqual([]);
    const { session: _, ...exchanged } = tabled.data;
    const before = { ...exchanged, disclosure: id('Disclosure', 2), frame: 'exchange' } as const;
    const exchange: PersonEvent = { ...tabled, data: before, effectiveAt: civilDate('2026-02-01') };
    expect(owed(HELD_ON, exchange, tabled)).toEqual([]);
  });

  test('does not follow from what was told in another session', () => {
    const elsewhere: PersonEvent = { ...tabled, data: { ...tabled.data, session: id('Session', 2) } };
    expect(owed(HELD_ON, elsewhere)).toEqual([]);
    const person = henriReferred(elsewhere);
    expect(heardIn(person, SESSION, person.cases.get(id('Case', 1))!)).toEqual([]);
  });
});
