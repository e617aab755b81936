import { describe, expect, test } from '@jest/globals';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import type { CommissionEvent } from './commission.events.js';
import type { Constituted } from './commission.js';
import { membershipsFor, sessionsFor } from './seats.js';
import { appointed, ccapex, commissionOf, constituted } from './testing.js';

const { henri, id, NURSE } = personTesting;

const referred: PersonEvent = {
  type: 'CaseReferred',
  data: {
    case: id('Case', 1),
    commission: ccapex.commission,
    question: 'Maintien dans le logement',
    whyCollective: 'Plusieurs services',
    reporter: NURSE,
    items: [{ item: id('Item', 1) }],
  },
};
const limited = (n: number): CommissionEvent => ({
  type: 'MemberAppointed',
  data: { ...(appointed(1).data as object), cases: [id('Case', n)] } as never,
});
const ON = civilDate('2026-12-31');
const seats = (...events: CommissionEvent[]) => [commissionOf(constituted, ...events) as Constituted];

describe('what a commission says of its members', () => {
  test('a seat covers every case, unless it is limited to others', () => {
    const covers = (...events: CommissionEvent[]) =>
      membershipsFor(seats(...events), id('Mandate', 1), henri(referred), ON).map((m) => m.coversCase);
    expect(covers(appointed(1))).toEqual([true]);
    expect(covers(limited(1))).toEqual([true]);
    expect(covers(limited(2))).toEqual([false]);
    expect(covers(appointed(2))).toEqual([]);
  });

  test('a seat knows whether a case of this person was brought to its own commission', () => {
    const other = { ...referred, data: { ...referred.data, commission: id('Commission', 9) } } as PersonEvent;
    const has = (...events: PersonEvent[]) =>
      membershipsFor(seats(appointed(1)), id('Mandate', 1), henri(...events), ON).map((m) => m.hasCase);
    expect(has(referred)).toEqual([true]);
    expect(has(other)).toEqual([false]);
    expect(has()).toEqual([false]);
  });
});

describe('a case that was brought later', () => {
  test('covers nothing before the day on which it was', () => {
    const person = henri({ ...referred, effectiveAt: civilDate('2026-03-10') } as PersonEvent);
    const at = (day: string) =>
      membershipsFor(seats(limited(1)), id('Mandate', 1), person, civilDate(day)).map((m) => [
        m.coversCase,
        m.hasCase,
      ]);
    expect(at('2026-03-09')).toEqual([[false, false]]);
    expect(at('2026-03-10')).toEqual([[true, true]]);
    const [unlimited] = membershipsFor(
      seats(appointed(1)),
      id('Mandate', 1),
      person,
      civilDate('2026-03-09'),
    );
    expect(unlimited).toMatchObject({ coversCase: true, hasCase: false });
  });
});

describe('the sessions of a person', () => {
  const session = id('Session', 1);
  const convened: CommissionEvent = {
    type: 'SessionConvened',
    data: { session, on: civilDate('2026-04-21') },
  };
  const onAgenda: CommissionEvent = { type: 'AgendaItemAdded', data: { session, case: id('Case', 1) } };

  test('are those that have a case of theirs on the agenda', () => {
    expect(sessionsFor(seats(convened), henri(referred))).toEqual([]);
    expect(sessionsFor(seats(convened, onAgenda), henri())).toEqual([]);
    expect(sessionsFor(seats(convened, onAgenda), henri(referred))).toMatchObject([
      { session, commission: ccapex.commission, kind: 'CCAPEX', whyCollective: 'Plusieurs services' },
    ]);
  });

  test('carry what each case brings to them, and whether they are closed', () => {
    const twice = [convened, onAgenda, { ...onAgenda, data: { session, case: id('Case', 2) } }] as const;
    const other = { ...referred, data: { ...referred.data, case: id('Case', 2), items: [] } } as PersonEvent;
    const person = henri(referred, other);
    expect(sessionsFor(seats(...(twice as unknown as CommissionEvent[])), person)).toMatchObject([
      { session, brings: { reporter: NURSE, items: [id('Item', 1)] } },
      { session, brings: { reporter: NURSE, items: [] } },
    ]);
    const closed: CommissionEvent = { type: 'SessionClosed', data: { session } };
    expect(sessionsFor(seats(convened, onAgenda, closed), person)).toMatchObject([{ closed: true }]);
  });
});
