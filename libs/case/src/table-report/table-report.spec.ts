import { describe, expect, test } from '@jest/globals';
import { personTesting, type ActivePerson, type PersonEvent } from '#person';
import {
  aReferral,
  aTeam,
  factsOn,
  hearingOf,
  henriReferred,
  intendedOf,
  inTheRoom,
  referred,
} from '../testing.js';
import { tableReport, type TableReport } from './table-report.js';

const { described, id, NURSE, SOCIAL_WORKER } = personTesting;
const cites = { stream: 'commission-1' as never, revision: 6 };

interface Case {
  readonly person?: ActivePerson;
  readonly now?: string;
  readonly command?: Partial<TableReport>;
  readonly member?: Parameters<typeof factsOn>[2];
}

function table({ person = henriReferred(), now, command = {}, member }: Case = {}) {
  const hearing = hearingOf(person, aTeam(inTheRoom(NURSE, SOCIAL_WORKER)));
  const asked = { intended: intendedOf(hearing), cites, leaveOut: false, ...command };
  const decided = tableReport(person, asked, factsOn(hearing, now, member));
  if (decided.kind === 'rejected') throw new Error(decided.rejection.detail);
  return decided.events;
}

const second: readonly PersonEvent[] = [
  described(2),
  referred({ items: [...aReferral().items, { item: id('Item', 2) }] }),
];

describe('table a report', () => {
  test('records one disclosure in the session’s frame, with what was relied on', () => {
    const [recorded, assessed] = table();
    expect(recorded).toMatchObject({
      type: 'DisclosureRecorded',
      data: {
        frame: 'commission-session',
        session: id('Session', 1),
        discloser: { mandate: NURSE },
        recipients: [{ mandate: SOCIAL_WORKER }],
        basis: { provision: 'casf-l241-10-team' },
        retainUntil: { date: '2026-02-20' },
      },
    });
    expect(recorded).toHaveProperty('data.cites', expect.arrayContaining([cites]));
    const rules = JSON.stringify(assessed!.data);
    for (const rule of ['c9-destroy-papers', 'c10-record-levers', 'attest-destruction', 'give-result'])
      expect(rules).toContain(rule);
  });

  test.each<[string, string, Case]>([
    ['C1', 'c1-no-report', { person: henriReferred(referred({ report: undefined as never })) }],
    [
      'C1',
      'c1-report-incomplete',
      { person: henriReferred(referred({ report: { ...aReferral().report!, criteria: ' ' } })) },
    ],
    ['C2', 'c2-unidentified', { member: { function: '' } }],
    ['C2', 'c2-not-bound', { member: { secrecy: [] } }],
    [
      'C3',
      'c3-off-agenda',
      { person: henriReferred(referred({ items: [{ ...aReferral().items[0]!, unrelated: true }] })) },
    ],
    ['C5', 'c5-not-informed', { person: personTesting.henri(described(), referred()) }],
  ])('%s: refuses on record, by rule %s', (_, rule, about) => {
    const [refused, ...rest] = table(about);
    expect(refused).toMatchObject({ type: 'DisclosureRefused' });
    expect(rest).toEqual([]);
    expect(refused).toHaveProperty(
      'data.reasons',
      expect.arrayContaining([expect.objectContaining({ rule })]),
    );
  });

  test.each<[string, string, Case]>([
    ['C4', 'c4-criteria-suffice', { person: henriReferred(referred({ whyCollective: ' ' })) }],
    [
      'C5',
      'c5-report-unknown',
      { person: henriReferred(referred({ report: { ...aReferral().report!, knownToPerson: false } })) },
    ],
  ])('%s: warns by rule %s', (_, rule, about) => {
    const [recorded, assessed] = table(about);
    expect(recorded).toMatchObject({ type: 'DisclosureRecorded' });
    expect(JSON.stringify(assessed!.data)).toContain(rule);
  });

  test('leaves out what is denied only when it is told to, and names it', () => {
    const person = henriReferred(...second);
    expect(table({ person })).toMatchObject([{ type: 'DisclosureRefused' }]);
    expect(table({ person, command: { leaveOut: true } })).toMatchObject([
      { type: 'DisclosureRecorded', data: { items: [{ item: id('Item', 1) }] } },
      { type: 'DisclosureAssessed', data: { declared: { leftOut: { items: [id('Item', 2)] } } } },
    ]);
  });

  test('refuses the whole where all of it is denied, whatever it was told', () => {
    const about = { member: { secrecy: [] }, command: { leaveOut: true } };
    expect(table(about)).toMatchObject([{ type: 'DisclosureRefused' }]);
  });

  test('belongs to the day of the session: later its duties cannot be met any more', () => {
    expect(table({ now: '2026-02-22T12:00:00.000Z' })).toMatchObject([{ type: 'DisclosureRefused' }]);
  });
});
