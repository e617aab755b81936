import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { decideEscalation } from './decide-escalation/decide-escalation.js';
import { recordDisclosure, type RecordDisclosure } from './record-disclosure/record-disclosure.js';
import { aMandate, henriToldOfIt, intendedFacts } from './testing.js';

const { anIntention, granted, id, NURSE, representedBy, SOCIAL_WORKER } = personTesting;

const { act } = anIntention();
const outside = { provision: asCode<'Provision'>('csp-l1110-4-iii-outside-team') };
const urgent = { declared: { exception: { kind: 'emergency', reason: 'Il est inconscient.' } } } as const;
const alert: Partial<RecordDisclosure> = {
  provision: asCode<'Provision'>('cp-226-14-2'),
  act: { ...act, purpose: asCode<'Purpose'>('judicial-reporting'), frame: 'transmission' },
};
const unable: PersonEvent = {
  type: 'CapacityAssessed',
  data: { ableToDecide: false, domain: 'personal', by: 'Dr Roux' },
  effectiveAt: civilDate('2026-01-06'),
};

function basisOf(overrides: Partial<RecordDisclosure>, ...more: readonly PersonEvent[]) {
  const prosecutor = aMandate(SOCIAL_WORKER, { categories: ['prosecutor'] });
  const facts = overrides === alert ? intendedFacts(prosecutor) : intendedFacts();
  const decision = recordDisclosure(henriToldOfIt(...more), { ...anIntention(), ...overrides }, facts);
  return decision.kind === 'accepted' ? decision.events[0]!.data : decision;
}

function decided(overrides: Partial<RecordDisclosure>, ...more: readonly PersonEvent[]) {
  const waiting: PersonEvent = {
    type: 'DisclosureEscalated',
    data: { disclosure: act.disclosure, to: NURSE, act: anIntention(overrides), reasons: [] },
    effectiveAt: civilDate('2026-02-28'),
  };
  const command = {
    decided: { disclosure: act.disclosure, decision: 'allow', reason: 'Dans son intérêt.' },
    effectiveAt: civilDate('2026-02-28'),
  } as const;
  const facts = { ...intendedFacts(), caller: { kind: 'mandate', id: NURSE } as const };
  const decision = decideEscalation(henriToldOfIt(...more, waiting), command, facts);
  return decision.kind === 'accepted' ? decision.events[1]!.data : decision;
}

describe('what carries an act that no consent does', () => {
  test('is the written exception, where the consent is to be sought afterwards', () => {
    expect(basisOf({ ...outside, ...urgent })).toMatchObject({
      basis: { consents: [], restsOn: 'exception' },
    });
  });

  test('is the consent all the same, where there is one', () => {
    expect(basisOf({ ...outside, ...urgent }, granted())).toMatchObject({
      basis: { consents: [id('Consent', 1)], restsOn: 'consent' },
    });
  });

  test('is the safety rule, where an alert must not wait for an agreement', () => {
    expect(basisOf(alert, unable)).toMatchObject({ basis: { consents: [], restsOn: 'safety-rule' } });
  });

  test('is the human being who decides, where nobody can consent or it is not known who may', () => {
    expect(decided(outside, unable)).toMatchObject({ basis: { consents: [], restsOn: 'human-decision' } });
    const guardian = representedBy(1, { verified: false });
    const theirs = granted({ by: { kind: 'representative', representative: id('Representative', 1) } });
    expect(decided(outside, unable, guardian, theirs)).toMatchObject({
      basis: { consents: [], restsOn: 'human-decision' },
    });
  });
});
