import { describe, expect, test } from '@jest/globals';
import type { CommissionEvent } from '#commission';
import { judgeIntention } from '#disclosure';
import { personTesting, type PersonEvent } from '#person';
import {
  aReferral,
  aTeam,
  factsOn,
  HELD_ON,
  hearingOf,
  henriReferred,
  intendedOf,
  inTheRoom,
  SESSION,
  withGuests,
} from './testing.js';
import { aboutThisCase, toBeTold, wasTabled } from './tabling.js';

const { id, NURSE, SOCIAL_WORKER } = personTesting;

describe('those to be told', () => {
  const room = aTeam(inTheRoom(NURSE, SOCIAL_WORKER));

  test('are in the room, and are not the reporter', () => {
    const person = henriReferred();
    expect(toBeTold(person, hearingOf(person, room))).toEqual([SOCIAL_WORKER]);
    expect(toBeTold(person, hearingOf(person, aTeam()))).toEqual([]);
    expect(toBeTold(person, hearingOf(person, aTeam(inTheRoom(NURSE))))).toEqual([]);
  });

  test('may be guests', () => {
    const person = henriReferred();
    const room = aTeam(withGuests([NURSE], [SOCIAL_WORKER]));
    expect(toBeTold(person, hearingOf(person, room))).toEqual([SOCIAL_WORKER]);
  });

  test('have not been told in this session', () => {
    const { act } = intendedOf(hearingOf(henriReferred(), room));
    const basis = { consents: [], restsOn: 'provision' } as const;
    const tabled: PersonEvent = {
      type: 'DisclosureRecorded',
      data: { ...act, basis, cites: [] },
      effectiveAt: HELD_ON,
    };
    const told = henriReferred(tabled);
    expect(toBeTold(told, hearingOf(told, room))).toEqual([]);
    expect(wasTabled(told, hearingOf(told, room))).toBe(true);
    const late = aTeam(inTheRoom(NURSE, SOCIAL_WORKER, id('Mandate', 5)));
    expect(toBeTold(told, hearingOf(told, late))).toEqual([id('Mandate', 5)]);
    const elsewhere = { ...tabled, data: { ...tabled.data, session: id('Session', 2) } } as PersonEvent;
    const untold = henriReferred(elsewhere);
    expect(toBeTold(untold, hearingOf(untold, room))).toEqual([SOCIAL_WORKER]);
    expect(wasTabled(untold, hearingOf(untold, room))).toBe(false);
  });
});

const { report: _, ...said } = aReferral({ case: id('Case', 2) });
const unwritten: PersonEvent = { type: 'CaseReferred', data: said };

describe('a person with two cases in one session', () => {
  test('is judged by the report of the case that is tabled', () => {
    const person = henriReferred(unwritten);
    const hearing = hearingOf(person, aTeam());
    const facts = factsOn(hearing);
    const [first] = aboutThisCase(facts, hearing).around.sessions;
    expect(first).toMatchObject({ session: SESSION, personKnowsReport: true });
    const [second] = aboutThisCase(facts, { ...hearing, referred: person.cases.get(id('Case', 2))! }).around
      .sessions;
    expect(second).toMatchObject({ session: SESSION, personKnowsReport: false });
    expect(second).not.toHaveProperty('report');
  });
});

describe('an item that is brought to an open session', () => {
  const rulesOf = (...more: readonly CommissionEvent[]) => {
    const hearing = hearingOf(henriReferred(), aTeam(...more));
    const { act, ...intended } = intendedOf(hearing);
    const { session: _, ...elsewhere } = { ...act, frame: 'exchange' as const };
    const { assessment } = judgeIntention(henriReferred(), { ...intended, act: elsewhere }, factsOn(hearing));
    return JSON.stringify(assessment.points);
  };

  test('is judged in its frame, whatever frame the reporter claims', () => {
    expect(rulesOf()).toContain('c9-destroy-papers');
    const closed = { type: 'SessionClosed', data: { session: SESSION } } as const;
    expect(rulesOf(closed)).not.toContain('c9-destroy-papers');
  });
});
