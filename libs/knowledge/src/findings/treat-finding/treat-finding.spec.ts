import { describe, expect, test } from '@jest/globals';
import { personTesting, type ActivePerson, type PersonEvent } from '#person';
import { asCode } from '#decider';
import { ended, elsewhereAfter, TERRITORY } from '../../elsewhere/elsewhere.testing.js';
import { elsewhereFold } from '../../elsewhere/elsewhere.js';
import { allFindings } from '../all-findings.js';
import { idOf } from '../findings.projection.js';
import { BY_LAW, henri, ON_CONSENT, told } from '../story.testing.js';
import { treatFinding } from './treat-finding.js';

const { CCAS, facts, id, NURSE, rejectionOf, SSIAD } = personTesting;

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

  test('counts as long as the same is found, and of what other streams tell, too', () => {
    const act = told(1, { basis: { ...BY_LAW, provision: asCode('csp-l1110-4-ii-exchange') } });
    const over = elsewhereAfter(...TERRITORY, ended(SSIAD, NURSE, '2026-01-08'));
    const one = allFindings(henri(act), over).find(({ rule }) => rule === 'mandate-over')!;
    const said = { ...treated, finding: idOf(person.identity.person, one) };
    const wish = { treated: said, callerInstitution: SSIAD };
    const outcome = treatFinding(henri(act), { ...wish, elsewhere: over }, facts());
    expect(outcome).toMatchObject({ kind: 'accepted', events: [{ data: said }] });
    const corrected = elsewhereAfter(...TERRITORY);
    expect(rejectionOf(treatFinding(henri(act), { ...wish, elsewhere: corrected }, facts()))).toMatchObject({
      kind: 'not-found',
    });
  });

  test('is for the institution whose act it is, and for what was found', () => {
    expect(rejectionOf(treat(person, CCAS))).toMatchObject({ kind: 'not-permitted' });
    expect(rejectionOf(treat(person, SSIAD, id('Finding', 1)))).toMatchObject({ kind: 'not-found' });
  });
});
