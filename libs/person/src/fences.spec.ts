import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode } from '#decider';
import { civilDate, startMs } from '#time';
import { fencesOn, hasBeyondSession } from './fences.js';
import type { DisclosureData } from './disclosure.events.js';
import type { Source } from './item.events.js';
import type { PersonEvent } from './person.events.js';
import type { Recipient } from './recipient.js';
import { CCAS, described, henri, id, NURSE, SOCIAL_WORKER, SSIAD } from './testing.js';

const ITEM = id('Item', 1);
const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
const worker = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
const third = { kind: 'mandate', mandate: id<'Mandate'>('Mandate', 3), institution: CCAS } as const;
const guard = { kind: 'outsider', outsider: id<'Outsider'>('Outsider', 1) } as const;
const SESSION = id('Session', 1);
const learnt = { ...described(), effectiveAt: civilDate('2026-01-01') } as PersonEvent;

function told(n: number, day: string, data: Partial<DisclosureData>): PersonEvent {
  const act: DisclosureData = {
    disclosure: id('Disclosure', n),
    discloser: nurse,
    items: [{ item: ITEM }],
    recipients: [worker],
    purpose: asCode('care-coordination'),
    basis: { consents: [], restsOn: 'provision' },
    frame: 'exchange',
    channel: 'phone',
    cites: [],
    ...data,
  };
  return { type: 'DisclosureRecorded', data: act, effectiveAt: civilDate(day) };
}

function saying(day: string, source: Source): PersonEvent {
  return {
    type: 'HoldingDeclared',
    data: { item: ITEM, holder: worker, purpose: asCode('care-coordination'), source },
    effectiveAt: civilDate(day),
  };
}

const tabled = told(1, '2026-02-01', { session: SESSION });
const handedOn = told(2, '2026-02-02', { discloser: worker, recipients: [third] });
const back = told(3, '2026-02-03', { discloser: third });
const of = (holder: typeof worker | typeof guard, ...events: readonly PersonEvent[]) =>
  fencesOn(henri(learnt, ...events), ITEM).of(holder);
const inSession = { sessions: [SESSION], free: false };

describe('what was learnt in a session', () => {
  test('stays fenced whoever passes it on, and when it comes back', () => {
    expect(of(third, tabled, handedOn)).toEqual(inSession);
    expect(of(worker, tabled, handedOn, back)).toEqual(inSession);
    expect(of(nurse as never, tabled, handedOn, back)).toEqual({ sessions: [], free: true });
    expect(of(guard, tabled)).toBeUndefined();
  });

  test('stays fenced on one day, in the order of the record', () => {
    const sameDay = { ...handedOn, effectiveAt: civilDate('2026-02-01') } as PersonEvent;
    expect(of(third, tabled, sameDay)).toEqual(inSession);
    expect(of(third, sameDay, tabled)).toMatchObject({ free: true });
  });

  test('is free once somebody tells it who has it from elsewhere', () => {
    const byNurse = told(4, '2026-02-04', {});
    expect(of(worker, tabled, byNurse)).toMatchObject({ free: true });
    expect(
      of(third, tabled, byNurse, told(5, '2026-02-05', { discloser: worker, recipients: [third] })),
    ).toEqual({ sessions: [SESSION], free: true });
    expect(of(third, tabled, handedOn, byNurse)).toEqual(inSession);
  });

  test.each<Source>([
    { kind: 'observation' },
    { kind: 'person' },
    { kind: 'external' },
    { kind: 'disclosure', disclosure: id('Disclosure', 9) },
  ])('is not freed by a word said afterwards, whatever its date: %j', (source) => {
    expect(of(worker, tabled, saying('2026-02-03', source))).toEqual(inSession);
    expect(of(worker, tabled, saying('2026-01-10', source))).toEqual(inSession);
  });

  test('is free to whom the record shows that they knew it before', () => {
    expect(of(worker, saying('2026-01-10', { kind: 'person' }), tabled)).toMatchObject({ free: true });
    expect(of(worker, saying('2026-02-03', { kind: 'person' }), tabled)).toEqual(inSession);
  });

  test.each<[string, Recipient, boolean]>([
    ['nobody knows to whom it went', { kind: 'unknown' }, false],
    [
      'it went to a function there',
      { kind: 'category', institution: CCAS, function: asCode('staff') },
      false,
    ],
    [
      'it went to a function elsewhere',
      { kind: 'category', institution: SSIAD, function: asCode('staff') },
      true,
    ],
    ['it went to somebody else', guard, true],
  ])('binds who names that act as their source, where %s: free is %p', (_, to, free) => {
    const heard = told(1, '2026-02-01', { session: SESSION, recipients: [to] });
    const source = { kind: 'disclosure', disclosure: id<'Disclosure'>('Disclosure', 1) } as const;
    expect(of(worker, heard, saying('2026-02-03', source))).toMatchObject({ free });
  });

  test('is not freed by a second record of the same act', () => {
    const again: PersonEvent = {
      type: 'DisclosureCorrected',
      data: {
        disclosure: id('Disclosure', 4),
        changes: {},
        duplicateOf: id('Disclosure', 1),
        reason: 'deux fois',
      },
    };
    expect(of(worker, tabled, told(4, '2026-02-01', {}), again)).toEqual(inSession);
  });

  test('counts from the moment on at which it was learnt', () => {
    const by = (ms: number) => fencesOn(henri(learnt, tabled), ITEM, ms).of(worker);
    const then = startMs(civilDate('2026-02-01'));
    expect(by(then)).toBeUndefined();
    expect(by(then + 1)).toEqual(inSession);
  });

  test('is to be forgotten though a fellow member repeats it', () => {
    const beyond = (...events: readonly PersonEvent[]) =>
      hasBeyondSession(henri(learnt, ...events), ITEM, worker, SESSION);
    expect(beyond(tabled)).toBe(false);
    expect(beyond(tabled, handedOn, back)).toBe(false);
    expect(beyond(tabled, saying('2026-02-03', { kind: 'observation' }))).toBe(false);
    expect(beyond(saying('2026-01-10', { kind: 'observation' }), tabled)).toBe(true);
    expect(beyond(tabled, told(4, '2026-02-04', {}))).toBe(true);
  });
});

describe('what its discloser learnt by themselves at an hour of the day of the act', () => {
  const at = (effectiveAt: string) => (event: PersonEvent) => ({ ...event, effectiveAt }) as PersonEvent;
  const atTwo = at('2026-02-02T13:00:00.000Z');
  const inTheirSession = atTwo(saying('2026-02-02', { kind: 'session', session: SESSION }));
  const byThemselves = atTwo(saying('2026-02-02', { kind: 'observation' }));

  test('binds it where it was heard in a session, whenever that was declared', () => {
    expect(of(third, inTheirSession, handedOn)).toEqual(inSession);
    expect(of(third, handedOn, inTheirSession)).toEqual(inSession);
    const monthly = {
      ...handedOn,
      effectiveAt: { ...civilDate('2026-02-01'), precision: 'month' },
    } as PersonEvent;
    expect(of(third, inTheirSession, monthly)).toEqual(inSession);
    expect(of(third, inTheirSession, at('2026-02-02T12:00:00.000Z')(handedOn))).toMatchObject({ free: true });
  });

  test('frees it where it was on record before they were told', () => {
    const told4 = told(4, '2026-02-02', { session: SESSION });
    expect(of(third, byThemselves, told4, handedOn)).toMatchObject({ free: true });
    expect(of(third, told4, byThemselves, handedOn)).toEqual(inSession);
  });
});

describe('terms of passing on', () => {
  const barred = told(1, '2026-02-01', { onward: [] });

  test('bind whoever receives it further on', () => {
    expect(of(third, barred, handedOn)).toMatchObject({ onward: [] });
    const named = told(1, '2026-02-01', { onward: [guard, third] });
    expect(of(third, named, handedOn)).toMatchObject({ onward: [guard, third] });
    const narrowed = told(2, '2026-02-02', { discloser: worker, recipients: [third], onward: [third] });
    expect(of(third, named, narrowed)).toMatchObject({ onward: [third] });
    const service = { kind: 'institution', institution: CCAS } as const;
    const within = told(1, '2026-02-01', { onward: [service] });
    expect(of(third, within, narrowed)).toMatchObject({ onward: [third] });
  });

  test('are the narrower of both, whichever came first', () => {
    const service = { kind: 'institution', institution: CCAS } as const;
    const first = told(1, '2026-02-01', { onward: [third, guard] });
    const wider = told(2, '2026-02-02', { discloser: worker, recipients: [third], onward: [service] });
    expect(of(third, first, wider)).toMatchObject({ onward: [third] });
  });

  test('are those of the widest chain', () => {
    expect(of(worker, barred, told(4, '2026-02-04', {}))).not.toHaveProperty('onward');
    expect(of(worker, barred, told(4, '2026-02-04', { onward: [guard] }))).toMatchObject({ onward: [guard] });
  });

  test('are not lifted by a word of who received it', () => {
    expect(of(worker, barred, saying('2026-02-03', { kind: 'observation' }))).toMatchObject({ onward: [] });
  });
});

describe('what came from no session and has no terms', () => {
  const holders = [nurse, worker, third, guard];
  const draw = fc.record({
    from: fc.nat(3),
    to: fc.nat(3),
    day: fc.integer({ min: 10, max: 28 }),
    kind: fc.nat(3),
  });
  type Draw = { from: number; to: number; day: number; kind: number };
  const lived = ({ from, to, day, kind }: Draw, n: number): PersonEvent =>
    kind === 0
      ? saying(
          `2026-01-${day}`,
          n % 2 === 0 ? { kind: 'person' } : { kind: 'disclosure', disclosure: id('Disclosure', n - 1) },
        )
      : told(n, `2026-01-${day}`, { discloser: holders[from]!, recipients: [holders[to]!] });
  /** Of another year and to somebody else: the chains are followed, and nothing else changes. */
  const elsewhere = told(99, '2027-01-01', {
    discloser: { kind: 'outsider', outsider: id('Outsider', 8) },
    recipients: [{ kind: 'outsider', outsider: id('Outsider', 9) }],
    session: SESSION,
  });

  test('is as free as following every chain finds it', () => {
    fc.assert(
      fc.property(fc.array(draw, { maxLength: 12 }), (draws) => {
        const events = draws.map(lived);
        const plain = henri(learnt, ...events);
        const [quick, slow] = [fencesOn(plain, ITEM), fencesOn(henri(learnt, ...events, elsewhere), ITEM)];
        for (const one of holders) expect(quick.of(one)).toEqual(slow.of(one));
        for (const n of draws.keys())
          expect(quick.through(id('Disclosure', n))).toEqual(slow.through(id('Disclosure', n)));
        for (const word of plain.holdings.get(ITEM)!)
          expect(quick.declared(word)).toEqual(slow.declared(word));
      }),
      { numRuns: 300 },
    );
  });
});
