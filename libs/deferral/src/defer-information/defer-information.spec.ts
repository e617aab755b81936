import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { disclosureTesting } from '#disclosure';
import { personTesting } from '#person';
import { civilDate } from '#time';
import { deferring, REASON } from '../testing.js';
import { deferInformation, type DeferInformation } from './defer-information.js';

const { anIntention, described, henri, SSIAD } = personTesting;
const { intendedFacts } = disclosureTesting;

function decide(command: DeferInformation, facts = intendedFacts()) {
  return deferInformation(henri(described()), command, facts);
}

function events(command: DeferInformation) {
  const decision = decide(command);
  if (decision.kind === 'rejected') throw new Error(decision.rejection.detail);
  return decision.events;
}

describe('defer telling the person', () => {
  test('records why and until when, then the act as the nine points judge it', () => {
    const [deferred, ...act] = events(deferring());
    expect(deferred).toMatchObject({
      type: 'InformationDeferred',
      data: { institution: SSIAD, reason: REASON, reviewBy: civilDate('2026-05-01') },
    });
    expect(act.map(({ type }) => type)).toEqual(['DisclosureRefused']);
  });

  test('takes its reason for why the person was not told beforehand, unless another is given', () => {
    const alert = anIntention({
      provision: asCode('casf-l226-2-1'),
      act: { ...anIntention().act, purpose: asCode('child-danger-alert'), frame: 'transmission' },
    });
    const crip = disclosureTesting.aMandate(personTesting.SOCIAL_WORKER, { categories: ['crip'] });
    const declared = (intended: typeof alert) => {
      const decision = decide(deferring({}, intended), intendedFacts(crip));
      const all = decision.kind === 'accepted' ? decision.events : [];
      return all.find(({ type }) => type === 'DisclosureAssessed')?.data;
    };
    expect(declared(alert)).toMatchObject({ declared: { exception: { reason: REASON } } });
    const emergency = { kind: 'emergency', reason: 'Urgence' } as const;
    expect(declared({ ...alert, declared: { exception: emergency } })).toMatchObject({
      declared: { exception: emergency },
    });
  });

  test.each(['2026-02-28', '2026-09-02'])(
    'rejects a review by %s: it lies ahead, within six months',
    (day) => {
      expect(decide(deferring({ reviewBy: civilDate(day) }))).toMatchObject({
        kind: 'rejected',
        rejection: { kind: 'contradiction', field: 'reviewBy' },
      });
    },
  );

  test('rejects what an intended act is rejected for, and then defers nothing', () => {
    const intended = anIntention({ act: { ...anIntention().act, items: [] } });
    expect(decide(deferring({}, intended))).toMatchObject({ rejection: { kind: 'empty-scope' } });
  });
});
