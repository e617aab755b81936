import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { aMandate, henriToldOfIt, intendedFacts } from '../testing.js';
import { decideEscalation, type DecideEscalation } from './decide-escalation.js';

const { anIntention, id, NURSE, objected, SOCIAL_WORKER } = personTesting;

const { act } = anIntention();
/** CPP 40 by an agent who is bound: the law leaves it to a human being. */
const toTheProsecutor = anIntention({
  provision: asCode('cpp-40-al2'),
  act: { ...act, purpose: asCode<'Purpose'>('judicial-reporting'), frame: 'transmission' },
});
const agent = aMandate(NURSE, { categories: ['nurse', 'public-agent'] });
const prosecutor = aMandate(SOCIAL_WORKER, { categories: ['prosecutor'] });

const escalated: PersonEvent = {
  type: 'DisclosureEscalated',
  data: { disclosure: id('Disclosure', 1), to: NURSE, act: toTheProsecutor, reasons: [] },
  effectiveAt: civilDate('2026-02-28'),
};
const allow: DecideEscalation = {
  decided: { disclosure: id('Disclosure', 1), decision: 'allow', reason: 'Le devoir de signaler prime.' },
  effectiveAt: civilDate('2026-03-01'),
};
const deny: DecideEscalation = { ...allow, decided: { ...allow.decided, decision: 'deny' } };

function decide(command: DecideEscalation, more: readonly PersonEvent[] = [], caller: string = NURSE) {
  const facts = { ...intendedFacts(agent, prosecutor), caller: { kind: 'mandate', id: caller } as const };
  return decideEscalation(henriToldOfIt(escalated, ...more), command, facts);
}

function types(...asked: Parameters<typeof decide>) {
  const decision = decide(...asked);
  if (decision.kind === 'rejected') throw new Error(decision.rejection.detail);
  return decision.events.map(({ type }) => type);
}

describe('decide what waits for a human being', () => {
  test('records the decision and the act that it allows, on the day it is made known', () => {
    const decision = decide(allow);
    expect(types(allow)).toEqual(['EscalationDecided', 'DisclosureRecorded', 'DisclosureAssessed']);
    expect(decision).toMatchObject({
      events: [
        { data: { by: NURSE, decision: 'allow' } },
        { effectiveAt: civilDate('2026-03-01') },
        { data: { verdict: 'escalate' } },
      ],
    });
  });

  test('records a no, and nothing is made known', () => {
    expect(types(deny)).toEqual(['EscalationDecided']);
  });

  test('refuses all the same what has become forbidden meanwhile', () => {
    const purposeGone = { ...toTheProsecutor, act: { ...toTheProsecutor.act, purpose: act.purpose } };
    const waiting: PersonEvent = {
      type: 'DisclosureEscalated',
      data: { disclosure: id('Disclosure', 1), to: NURSE, act: purposeGone, reasons: [] },
    };
    expect(types(allow, [waiting])).toEqual(['EscalationDecided', 'DisclosureRefused']);
  });

  test('tables nothing once the session is closed, and may still be a no', () => {
    const frame = 'commission-session' as const;
    const tabling = { ...toTheProsecutor, act: { ...toTheProsecutor.act, frame, session: 's' } };
    const waiting: PersonEvent = {
      type: 'DisclosureEscalated',
      data: { disclosure: id('Disclosure', 1), to: NURSE, act: tabling, reasons: [] },
    };
    expect(decide(allow, [waiting])).toMatchObject({
      rejection: { kind: 'already-ended', detail: 'The session of this report is closed.' },
    });
    expect(types(deny, [waiting])).toEqual(['EscalationDecided']);
  });

  test('is for the one who was named, once', () => {
    expect(decide(allow, [], SOCIAL_WORKER)).toMatchObject({ rejection: { kind: 'not-permitted' } });
    const decided: PersonEvent = { type: 'EscalationDecided', data: { ...deny.decided, by: NURSE } };
    expect(decide(allow, [decided])).toMatchObject({ rejection: { kind: 'already-ended' } });
  });

  test('knows only what waits', () => {
    const other = { ...allow, decided: { ...allow.decided, disclosure: id('Disclosure', 2) } };
    expect(decide(other)).toMatchObject({ rejection: { kind: 'not-found' } });
  });

  test('leaves the decision to the one who was named also where the person objects since', () => {
    expect(types(allow, [objected()])).toEqual([
      'EscalationDecided',
      'DisclosureRecorded',
      'DisclosureAssessed',
    ]);
  });
});
