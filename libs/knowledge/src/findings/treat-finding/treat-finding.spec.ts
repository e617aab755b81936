import { describe, expect, test } from '@jest/globals';
import { personTesting, type ActivePerson, type PersonEvent } from '#person';
import { elsewhereFold } from '../../elsewhere/elsewhere.js';
import { allFindings } from '../all-findings.js';
import { idOf } from '../findings.projection.js';
import { henri, ON_CONSENT, told } from '../story.testing.js';
import { treatFinding } from './treat-finding.js';

const { CCAS, facts, id, rejectionOf, SSIAD } = personTesting;

const NOWHERE = elsewhereFold.initial;

describe('treat a finding', () => {
  const person = henri(told(1, { basis: ON_CONSENT }));
  const [finding] = allFindings(person, NOWHERE).map((one) => idOf(person.identity.person, one));
  const treated = { finding: finding!, treatment: 'explained', reason: 'Accord oral.' } as const;
  const treat = (on: ActivePerson, institution: typeof SSIAD, one = treated.finding) =>
    treatFinding(
      on,
      { treated: { ...treated, finding: one }, elsewhere: NOWHERE, callerInstitution: institution },
      facts(),
    );

  test('records what became of it, and nothing the second time', () => {
    const event: PersonEvent = { type: 'FindingTreated', data: treated };
    expect(treat(person, SSIAD)).toEqual({ kind: 'accepted', events: [event] });
    const after = henri(told(1, { basis: ON_CONSENT }), event);
    expect(treat(after, SSIAD)).toEqual({ kind: 'accepted', events: [] });
  });

  test('is for the institution whose act it is, and for what was found', () => {
    expect(rejectionOf(treat(person, CCAS))).toMatchObject({ kind: 'not-permitted' });
    expect(rejectionOf(treat(person, SSIAD, id('Finding', 1)))).toMatchObject({ kind: 'not-found' });
  });
});
