import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCode, asId, type Effective, type Instant } from '#decider';
import { personFold, personTesting, type PersonEvent, type ReportedData } from '#person';
import { OPEN_END } from '#read-store';
import { civilDate, PARIS, startMs } from '#time';
import { guard, ITEM, nurse, worker } from '../duties/story.testing.js';
import { remembered } from '../remembered.testing.js';
import { heldHistories, histories } from '../who-knows/history.testing.js';
import { elsewhereFold } from '../elsewhere/elsewhere.js';
import {
  catalogue,
  constituted,
  elsewhereAfter,
  inCommission,
  SESSION,
  type Happening,
} from '../elsewhere/elsewhere.testing.js';
import { allFindings } from './all-findings.js';
import { idOf } from './findings.projection.js';
import { at, BY_LAW, granted, henri, ON_CONSENT, told, withdrawn } from './story.testing.js';

const { aConsent, CCAS, id, objected } = personTesting;

const HOUR_13 = '2026-01-09T13:00:00.000Z' as Instant;
const HOUR_14 = '2026-01-09T14:00:00.000Z' as Instant;
const DAY = civilDate('2026-01-09');
const MONTH: Effective = { date: '2026-01-01', zone: PARIS, precision: 'month' };
const NOWHERE = elsewhereFold.initial;
const found = (...events: readonly PersonEvent[]) =>
  allFindings(henri(...events), NOWHERE).map(({ rule }) => rule);

describe('what is found', () => {
  test('is nothing about an act that is in order', () => {
    expect(found(told(1, {}))).toEqual([]);
    expect(found(granted, told(1, { basis: ON_CONSENT }))).toEqual([]);
  });

  test('is an act whose basis nobody told, or whose consent was not given', () => {
    const { basis: _, ...silent } = told(1, {}).data as ReportedData;
    expect(found({ type: 'DisclosureReported', data: silent, ...at('2026-01-09') })).toEqual([
      'no-valid-basis',
    ]);
    expect(found(told(1, { basis: ON_CONSENT }))).toEqual(['no-valid-basis']);
    expect(found(granted, told(1, { basis: ON_CONSENT }, '2026-01-07'))).toEqual(['no-valid-basis']);
  });

  test('is an act after a withdrawal or an objection, also when that is recorded late', () => {
    const act = told(1, { basis: ON_CONSENT }, '2026-01-10');
    const both = ['after-withdrawal', 'no-valid-basis'];
    expect(found(granted, withdrawn('2026-01-09'), act)).toEqual(both);
    expect(found(granted, act, withdrawn('2026-01-09'))).toEqual(both);
    expect(found(granted, act, withdrawn('2026-01-11'))).toEqual([]);
    const other: PersonEvent = {
      ...granted,
      data: aConsent({ consent: id('Consent', 2), recipients: [guard] }),
    } as PersonEvent;
    const named = { ...ON_CONSENT, consents: [id<'Consent'>('Consent', 1), id<'Consent'>('Consent', 2)] };
    const story = [granted, other, withdrawn('2026-01-09'), told(1, { basis: named }, '2026-01-10')];
    for (const { facts } of allFindings(henri(...story), NOWHERE))
      expect(facts).toEqual([{ kind: 'consent', id: id('Consent', 1) }]);
    const free = told(1, { basis: { ...BY_LAW, restsOn: 'absence-of-objection' } });
    const objection: PersonEvent = { ...objected(), ...at('2026-01-08') };
    expect(found(objection, free)).toEqual(both);
    expect(found(free)).toEqual([]);
  });

  test('is not an act after the withdrawal of a consent that never covered it', () => {
    const other: PersonEvent = { ...granted, data: aConsent({ recipients: [guard] }) } as PersonEvent;
    expect(found(other, withdrawn('2026-01-08'), told(1, { basis: ON_CONSENT }))).toEqual(['no-valid-basis']);
  });

  test('is gone once the act was corrected away, or the consent was recorded', () => {
    const act = told(1, { basis: ON_CONSENT });
    const retracted: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure: id('Disclosure', 1), changes: {}, retracted: true, reason: 'x' },
    };
    expect(found(act, retracted)).toEqual([]);
    expect(found(act, granted)).toEqual([]);
  });

  test('is an origin that nothing confirms, until somebody says how they knew', () => {
    const act = told(1, { discloser: worker, recipients: [guard] });
    const declared: PersonEvent = {
      type: 'HoldingDeclared',
      data: { item: ITEM, holder: worker, purpose: asCode('care-coordination'), source: { kind: 'person' } },
      ...at('2026-01-02'),
    };
    expect(found(act)).toEqual(['origin-not-confirmed']);
    expect(found(act, declared)).toEqual([]);
    expect(found(act, told(2, {}, '2026-01-08'))).toEqual([]);
    expect(
      found(told(1, {}), { ...act, data: { ...act.data, disclosure: id('Disclosure', 2) } } as PersonEvent),
    ).toEqual([]);
    const elsewhere = { kind: 'disclosure', disclosure: id('Disclosure', 9) } as const;
    expect(found(act, { ...declared, data: { ...declared.data, source: elsewhere } } as PersonEvent)).toEqual(
      ['origin-not-confirmed'],
    );
  });

  test.each<[held: Effective, told: Effective, isConfirmed: boolean]>([
    [HOUR_13, DAY, true],
    [HOUR_13, MONTH, true],
    [DAY, MONTH, true],
    [MONTH, DAY, true],
    [DAY, HOUR_13, true],
    [HOUR_13, HOUR_13, true],
    [HOUR_14, HOUR_13, false],
    [civilDate('2026-01-10'), DAY, false],
  ])('is none where it was held from %j and told on %j: %p, whatever was recorded first', (held, on, is) => {
    const act = { ...told(1, { discloser: worker, recipients: [guard] }), effectiveAt: on };
    const source = { kind: 'person' } as const;
    const declared: PersonEvent = {
      type: 'HoldingDeclared',
      data: { item: ITEM, holder: worker, purpose: asCode('care-coordination'), source },
      effectiveAt: held,
    };
    for (const story of [
      [act, declared],
      [declared, act],
    ])
      expect(found(...story)).toEqual(is ? [] : ['origin-not-confirmed']);
  });

  test('is a passing on that the act before did not open', () => {
    const onward = told(2, { discloser: worker, recipients: [guard] });
    expect(found(told(1, { onward: [] }, '2026-01-08'), onward)).toEqual(['onward-wider']);
    expect(found(told(1, { onward: [guard] }, '2026-01-08'), onward)).toEqual([]);
    expect(found(told(1, {}, '2026-01-08'), onward)).toEqual([]);
    const other = told(3, { onward: [guard] }, '2026-01-08');
    expect(found(told(1, { onward: [] }, '2026-01-08'), other, onward)).toEqual([]);
    const agreed: PersonEvent = {
      type: 'ConsentGranted',
      data: aConsent({ recipients: [guard], validFrom: civilDate('2026-01-08') }),
      ...at('2026-01-08'),
    };
    expect(found(agreed, told(1, { onward: [] }, '2026-01-08'), onward)).toEqual([]);
  });

  test('is knowledge that was kept too long, from the day after the last', () => {
    const act = told(1, { retainUntil: civilDate('2026-06-30') });
    const [finding] = allFindings(henri(act), NOWHERE);
    expect(finding).toMatchObject({
      rule: 'retention-over',
      holder: `mandate:${worker.mandate}`,
      institution: CCAS,
      fromMs: startMs(civilDate('2026-07-01')),
    });
    const purged = (day: string): PersonEvent => ({
      type: 'PurgeAttested',
      data: { holder: worker, items: [ITEM], remains: 'nothing' },
      ...at(day),
    });
    expect(found(act, purged('2026-06-30'))).toEqual([]);
    const toMs = startMs(civilDate('2026-08-01'));
    expect(allFindings(henri(act, purged('2026-08-01')), NOWHERE)).toMatchObject([{ toMs }]);
  });

  test('are session papers, from the day after their destruction was to be attested, and not before', () => {
    const session = SESSION;
    const one = id('Case', 1);
    const referred: PersonEvent = {
      type: 'CaseReferred',
      data: {
        case: one,
        commission: id('Commission', 1),
        question: 'x',
        whyCollective: 'x',
        reporter: nurse.mandate,
        items: [{ item: ITEM }],
      },
      ...at('2026-01-02'),
    };
    const tabled = told(1, { frame: 'commission-session', session, retainUntil: civilDate('2026-01-09') });
    const on = civilDate('2026-01-09');
    const held = [
      constituted(),
      inCommission({ type: 'SessionConvened', data: { session, on } }),
      inCommission({ type: 'AgendaItemAdded', data: { session, case: one } }),
    ];
    const over = inCommission({ type: 'SessionClosed', data: { session }, ...at('2026-01-12') });
    const kept = (more: readonly Happening[], ...events: readonly PersonEvent[]) =>
      allFindings(henri(referred, tabled, ...events), elsewhereAfter(catalogue, ...held, ...more)).filter(
        ({ rule }) => rule === 'retention-over',
      );
    expect(kept([])).toEqual([]);
    expect(kept([over])).toMatchObject([
      {
        item: ITEM,
        holder: `mandate:${worker.mandate}`,
        institution: CCAS,
        fromMs: startMs(civilDate('2026-01-14')),
      },
    ]);
    const destroyed = (day: string): PersonEvent => ({
      type: 'PurgeAttested',
      data: { holder: worker, items: [ITEM], remains: 'nothing' },
      ...at(day),
    });
    expect(kept([over], destroyed('2026-01-13'))).toEqual([]);
    expect(kept([over], destroyed('2026-02-01'))).toMatchObject([{ toMs: startMs(civilDate('2026-02-01')) }]);
  });

  test('is a notice without an answer, from the day after it was due', () => {
    const notice: PersonEvent = {
      type: 'NoticeIssued',
      data: {
        notice: id('Notice', 1),
        to: worker,
        items: [ITEM],
        disclosures: [],
        because: asId<'Event'>('e'),
        since: civilDate('2026-01-09'),
        asks: 'purge',
        answerBy: civilDate('2026-02-09'),
      },
    };
    expect(allFindings(henri(notice), NOWHERE)).toMatchObject([
      { rule: 'notice-unanswered', fromMs: startMs(civilDate('2026-02-10')) },
    ]);
    const closed: PersonEvent = {
      type: 'NoticeClosed',
      data: { notice: id('Notice', 1), reason: 'x' },
      ...at('2026-02-09'),
    };
    expect(found(notice, closed)).toEqual([]);
  });

  test('is what was recorded more than a week after it happened', () => {
    expect(found(told(1, {}, '2026-01-02'))).toEqual(['recorded-late']);
    expect(found(told(1, {}, '2026-01-03'))).toEqual([]);
  });
});

describe('one event after the other', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sillage-findings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('leaves what reading all of a random history at once finds', () => {
    let n = 0;
    fc.assert(
      fc.property(fc.oneof(histories, heldHistories), (history) => {
        const store = remembered(join(folder, `${n++}.db`), history);
        const rows = store.all(
          'SELECT id, rule, valid_from, valid_to FROM finding WHERE recorded_to = ?',
          OPEN_END,
        );
        store.close();
        const person = history.reduce((state, event) => personFold.evolve(state, event), personFold.initial);
        const all = person.status === 'active' ? allFindings(person, NOWHERE) : [];
        const ref = person.status === 'active' ? person.identity.person : '';
        const lines = rows.map((row) => Object.values(row).join(' ')).sort();
        expect(lines).toEqual(
          all.map((one) => [idOf(ref, one), one.rule, one.fromMs, one.toMs ?? OPEN_END].join(' ')).sort(),
        );
      }),
      { numRuns: 150 },
    );
  }, 120_000);
});
