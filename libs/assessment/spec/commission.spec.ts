import { describe, expect, it } from '@jest/globals';
import type { AssessmentFacts, SessionFacts } from '../src/facts.js';
import type { DisclosureRequest } from '../src/request.js';
import { assessed, rulesOf, states } from './expect.js';
import {
  agreed,
  EVERYTHING,
  item,
  mandate,
  objected,
  on,
  professional,
  purpose,
  scopeOf,
  seat,
  service,
  told,
  type Situation,
} from './given.js';

const MDPH = {
  at: 'MDPH',
  is: ['mdph-team-member'],
  bound: ['mdph-commission'],
  seats: [seat('EP 75', 'MDPH-EP')],
};
const member = professional('member', { ...MDPH, serves: ['disability-assessment'] });
const limits = item('limits', 'functional-impact');
const session: SessionFacts = {
  id: 'session s1',
  session: 's1',
  commission: 'EP 75',
  kind: 'MDPH-EP',
  purpose: purpose('disability-assessment'),
  regime: 'casf-l241-10-team' as never,
  onAgenda: true,
  whyCollective: 'several needs at once',
  report: { author: 'Dr Roche', date: on('2026-03-01'), diagnosisSources: 'hospital', criteria: 'PCH' },
  personKnowsReport: true,
};
const informed = told('2026-02-20', scopeOf([limits], [service('MDPH')], 'disability-assessment'));
const meeting: Situation = {
  discloser: professional('Dr Roche', MDPH),
  recipients: [member],
  items: [limits],
  at: '2026-03-10',
  purpose: 'disability-assessment',
  provision: 'casf-l241-10-team',
};

function inSession(
  about: Partial<SessionFacts> = {},
  facts: Partial<AssessmentFacts> = {},
  request: Partial<DisclosureRequest> = {},
) {
  return assessed({
    ...meeting,
    facts: { informations: [informed], sessions: [{ ...session, ...about }], ...facts },
    request: { frame: 'commission-session', session: 's1', ...request },
  });
}

describe('tabling a report in a session', () => {
  it('is allowed with its duties when all is in order', () => {
    const result = inSession();
    expect(result.verdict).toBe('allow-with-duties');
    expect(states(result.points)).toMatchObject({
      1: 'document',
      4: 'document',
      5: 'ok',
      7: 'ok',
      9: 'document',
    });
    expect(result.duties.map((d) => d.kind)).toEqual(
      expect.arrayContaining(['attest-destruction', 'give-result']),
    );
  });

  it.each([
    ['C1: no report', { report: undefined }, 'c1-no-report'],
    ['C1: no author', { report: { ...session.report, author: ' ' } }, 'c1-report-incomplete'],
    [
      'C1: no date',
      { report: { author: 'a', diagnosisSources: 'b', criteria: 'c' } },
      'c1-report-incomplete',
    ],
    ['C1: no sources', { report: { ...session.report, diagnosisSources: '' } }, 'c1-report-incomplete'],
    ['C1: no criteria', { report: { ...session.report, criteria: '' } }, 'c1-report-incomplete'],
    ['C3: not on the agenda', { onAgenda: false }, 'c3-off-agenda'],
  ] as const)('%s blocks', (_, about, rule) => {
    const result = inSession(about as Partial<SessionFacts>);
    expect(result.verdict).toBe('deny');
    expect(rulesOf(result, 7)).toContain(rule);
  });

  it('C1, C3: a session that is on no record has neither report nor agenda', () => {
    expect(rulesOf(inSession({}, {}, { session: 'elsewhere' }), 7)).toEqual(
      expect.arrayContaining(['c1-no-report', 'c3-off-agenda']),
    );
  });

  it('C2: a member without mission or function, or not bound', () => {
    const without = (facts: object) => inSession({}, { recipients: [{ ...member, ...facts }] });
    expect(rulesOf(without({ function: '' }), 5)).toContain('c2-unidentified');
    expect(rulesOf(without({ mission: undefined }), 5)).toContain('c2-unidentified');
    expect(rulesOf(without({ secrecy: [] }), 5)).toContain('c2-not-bound');
  });

  it('C3: an item declared unrelated', () => {
    const result = inSession({}, {}, { items: [{ item: limits.item, justification: 'x', unrelated: true }] });
    expect(rulesOf(result, 7)).toEqual(expect.arrayContaining(['p7-unrelated', 'c3-off-agenda']));
  });

  it('C4: general criteria suffice', () => {
    const result = inSession({ whyCollective: '' });
    expect(result.points[6]).toMatchObject({ state: 'warn', rule: 'c4-criteria-suffice' });
  });

  it('C5: not informed blocks, a written exception documents, an unknown report warns', () => {
    expect(inSession({}, { informations: [] }).points[3]).toMatchObject({
      state: 'block',
      rule: 'c5-not-informed',
    });
    const exception = { kind: 'impossibility' as const, reason: 'in hospital' };
    const excused = inSession({}, { informations: [] }, { exception });
    expect(excused.cells[0]!.points[3]!.also.map((a) => a.rule)).toContain('c5-exception');
    expect(excused.points[3]?.state).toBe('warn');
    expect(inSession({ personKnowsReport: false }).points[3]).toMatchObject({
      state: 'warn',
      rule: 'c5-report-unknown',
    });
  });

  it('C6: withholding something essential without reasons, or adding comments', () => {
    expect(inSession({}, {}, { withheld: [{ reason: 'not mine to tell' }] }).points[6]?.state).toBe('ok');
    expect(rulesOf(inSession({}, {}, { withheld: [{}] }), 7)).toContain('c6-withheld');
    const commented = [{ item: limits.item, justification: 'x', commentary: true }];
    expect(inSession({}, {}, { items: commented }).points[6]?.state).toBe('warn');
  });

  it.each(['export', 'private-note', 'file'] as const)('C8: no %s is built from a session', (kept) => {
    expect(inSession({}, {}, { keeps: [kept] }).points[8]).toMatchObject({
      state: 'block',
      rule: 'c8-kept-from-session',
    });
  });

  it('C3: an item that the case does not bring, even where another case of the person is heard', () => {
    const brings = { reporter: 'Dr Roche' as never, items: [] };
    expect(rulesOf(inSession({ brings }), 7)).toContain('c3-off-agenda');
    const other = { ...session, report: undefined, brings };
    const own = { ...session, brings: { ...brings, items: [limits.item] } };
    const result = inSession({}, { sessions: [other as never, own] });
    expect(result.points[6]?.state).toBe('ok');
  });

  it('judges a tabled item in its frame, whatever frame the request claims', () => {
    const tabled = { ...meeting, items: [{ ...limits, tabledFor: 's1' }] };
    const facts = { informations: [informed], sessions: [{ ...session, report: undefined }] };
    expect(rulesOf(assessed({ ...tabled, facts }), 7)).toContain('c1-no-report');
    const outsideTheCommission = professional('colleague', { ...MDPH, seats: [] });
    expect(rulesOf(assessed({ ...tabled, facts, recipients: [outsideTheCommission] }), 7)).not.toContain(
      'c1-no-report',
    );
  });
});

describe('C7: what was learnt in a session', () => {
  const learnt = {
    ...limits,
    holdings: [{ id: 'h', holder: 'Dr Roche' as never, purpose: session.purpose, session: 's1' }],
  };
  const facts: Partial<AssessmentFacts> = { informations: [informed], sessions: [session] };
  const after: Situation = { ...meeting, items: [learnt], facts };
  const own: Situation = {
    ...after,
    recipients: [professional('nurse', { at: 'SSIAD', is: ['nurse'], bound: ['health-profession'] })],
    purpose: 'disability-support',
    provision: 'casf-l241-10-outside',
  };

  it('stays between members of the same commission for the same purpose', () => {
    expect(assessed(after).points[0]?.state).toBe('ok');
  });

  it.each([
    ['another purpose', { ...own }],
    [
      'somebody outside the commission',
      { ...after, recipients: [professional('clerk', { ...MDPH, seats: [] })] },
    ],
    ['a session that is on no record', { ...after, facts: { informations: [informed] } }],
  ])('does not go to %s', (_, situation) => {
    const result = assessed(situation);
    expect(result.points[0]).toMatchObject({ state: 'block', rule: 'c7-session-reuse' });
    expect(result.points[0]?.consequences.map((c) => c.provision)).toEqual([
      'cp-226-15',
      'cp-226-21',
      'cp-226-22',
    ]);
    expect(result.verdict).toBe('deny');
  });

  it('yields to a valid consent that names the new use', () => {
    const scope = scopeOf([learnt], [mandate('nurse')], 'disability-support');
    const consents = [agreed('2026-03-05', scope)];
    const informations = [told('2026-03-05', scope)];
    expect(assessed({ ...own, facts: { ...facts, consents, informations } }).points[0]?.state).toBe('ok');
    const against = [objected('2026-03-06', EVERYTHING)];
    expect(assessed({ ...own, facts: { ...facts, consents, informations, against } }).points[0]?.state).toBe(
      'block',
    );
  });

  it('yields to an alert, as a warning and a task', () => {
    const alert = assessed({
      ...own,
      recipients: [professional('CRIP', { at: 'CRIP', is: ['crip'] })],
      purpose: 'child-danger-alert',
      provision: 'casf-l226-2-1',
    });
    expect(alert.points[0]).toMatchObject({ state: 'warn', rule: 'c7-session-reuse', softened: true });
    expect(alert.duties.map((d) => d.kind)).toContain('settle-after-alert');
  });

  it('yields to a requisition, which a named person decides', () => {
    const requisition = assessed({
      ...own,
      recipients: [professional('OPJ', { at: 'police', is: ['judicial-police-officer'] })],
      purpose: 'judicial-requisition',
      provision: 'cpp-60-1-requisition',
    });
    expect(states(requisition.points)).toMatchObject({ 1: 'ok', 3: 'escalate', 4: 'not-applicable' });
    expect(requisition.verdict).toBe('escalate');
  });

  it('is free where the discloser also holds it from elsewhere', () => {
    const both = {
      ...learnt,
      holdings: [
        ...learnt.holdings,
        { id: 'own', holder: 'Dr Roche' as never, purpose: purpose('disability-support') },
      ],
    };
    expect(rulesOf(assessed({ ...own, items: [both] }), 1)).not.toContain('c7-session-reuse');
  });

  it('C8: no file is built from it later either', () => {
    expect(assessed({ ...after, request: { keeps: ['file'] } }).points[8]?.rule).toBe('c8-kept-from-session');
  });
});

describe('a seat', () => {
  const elsewhere = { ...seat('EP 13', 'MDPH-EP'), hasCase: false };
  const ours = { institution: meeting.discloser!.institution! };
  const standing = (its: Partial<typeof elsewhere> & Partial<typeof ours>, discloser = meeting.discloser!) =>
    assessed({
      ...meeting,
      discloser,
      recipients: [professional('member', { ...MDPH, at: 'MDPH 13', seats: [{ ...elsewhere, ...its }] })],
      facts: { informations: [told('2026-02-20', EVERYTHING)] },
    }).points[4];

  it('in another commission of the kind covers nothing', () => {
    expect(standing({})).toMatchObject({ state: 'block', rule: 'p5-no-membership' });
  });

  it.each<[string, Parameters<typeof standing>]>([
    ['a case that was brought to its commission', [{ hasCase: true }]],
    ['what its secretariat brings', [ours]],
    [
      'what another member brings',
      [{}, professional('Dr Roche', { ...MDPH, seats: [{ ...elsewhere, id: 'x' }] })],
    ],
  ])('covers %s', (_, [its, discloser]) => {
    expect(standing(its, discloser)).toMatchObject({ state: 'ok', rule: 'p5-ok' });
  });
});
