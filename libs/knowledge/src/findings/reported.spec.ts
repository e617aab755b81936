import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type Explained, type PersonEvent, type ReportedData, type RestsOn } from '#person';
import { civilDate } from '#time';
import { dutyRows } from '../duties/duties.projection.js';
import { owedAbout } from '../duties/owed.js';
import { ITEM, owedOn, worker } from '../duties/story.testing.js';
import { elsewhereAfter, ended, given, SOCIAL_WORKERS, TERRITORY } from '../elsewhere/elsewhere.testing.js';
import { allFindings } from './all-findings.js';
import { Judgements } from './judged.js';
import { at, granted, henri, told } from './story.testing.js';

const { CCAS, id, informed, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;
const ACT = id('Disclosure', 1);
const TOLD = { ...informed(), ...at('2026-01-08') } as PersonEvent;
const crip = given(CCAS, { ...SOCIAL_WORKERS, categories: ['crip'] });

const under = (provision: string, restsOn: RestsOn): Partial<ReportedData> => ({
  basis: { provision: asCode('csp-l1110-4-' + provision), consents: [], restsOn },
});
const EXCHANGE = under('ii-exchange', 'absence-of-objection');
const OUTSIDE = under('iii-outside-team', 'consent');
const EXCUSED = under('iii-outside-team', 'exception');
const ALERT: Partial<ReportedData> = {
  basis: { provision: asCode('casf-l226-2-1'), consents: [], restsOn: 'provision' },
  purpose: asCode('child-danger-alert'),
};

function explained(declared: Explained): PersonEvent {
  return { type: 'DisclosureExplained', data: { disclosure: ACT, declared }, ...at('2026-01-09') };
}
const urgent = (reason?: string) =>
  explained({
    exception: {
      kind: 'emergency',
      ...(reason ? { reason } : {}),
      reviewBy: civilDate('2026-01-20'),
    },
  });
const contrary = explained({ exception: { kind: 'contrary-to-interest', reason: 'Représailles.' } });

const rules = (...events: readonly PersonEvent[]) =>
  allFindings(henri(...events), elsewhereAfter(...TERRITORY)).map(({ rule }) => rule);
const rulesAtCrip = (...events: readonly PersonEvent[]) =>
  allFindings(henri(...events), elsewhereAfter(...TERRITORY, crip)).map(({ rule, item }) =>
    item === null ? `${rule}, late` : rule,
  );

function owed(day: string, ...events: readonly PersonEvent[]): readonly string[] {
  const person = henri(...events);
  const judgements = new Judgements(person, elsewhereAfter(...TERRITORY));
  return owedOn(day, dutyRows(person, 'disclosure', ACT, owedAbout(judgements, 'disclosure', ACT)));
}

/** What is found where consent was needed, outside the care team and to another institution, and nobody gave it. */
const UNAGREED = ['no-valid-basis', 'outside-care-team', 'border-not-agreed'];

describe('a report of an act for which there was a written exception', () => {
  test('is not found where the reason is written, as the intended act would pass', () => {
    expect(rules(told(1, EXCHANGE), urgent('Chute, aux urgences.'), lateTold)).toEqual([]);
    expect(rules(told(1, EXCUSED), urgent('Chute, aux urgences.'), lateTold)).toEqual([]);
  });

  test('is found without the reason, or without the exception', () => {
    expect(rules(told(1, EXCHANGE), urgent(), lateTold)).toEqual(['person-not-informed']);
    expect(rules(told(1, EXCHANGE), lateTold)).toEqual(['person-not-informed']);
    const untold = [...UNAGREED, 'person-not-informed'];
    expect(rules(told(1, OUTSIDE), urgent(), lateTold)).toEqual(untold);
  });

  test('is found once it turns out that the person had objected', () => {
    const objection: PersonEvent = { ...personTesting.objected(), ...at('2026-01-08') };
    expect(rules(told(1, EXCUSED), urgent('Chute.'), lateTold, objection)).toContain('after-withdrawal');
  });

  test('is no finding of a missing basis where a human being would have had to decide', () => {
    const unable: PersonEvent = {
      type: 'CapacityAssessed',
      data: { ableToDecide: false, domain: 'personal', by: 'Dr Roux' },
      ...at('2026-01-06'),
    };
    expect(rules(TOLD, unable, told(1, OUTSIDE))).toEqual([]);
  });
});

const lateTold = { ...informed(), ...at('2026-01-10') } as PersonEvent;

describe('a report of an alert', () => {
  test('is not found, with the parents untold and without anybody’s consent', () => {
    const toldOf = informed({ purposes: [asCode('child-danger-alert')] });
    const later = { ...toldOf, ...at('2026-01-10') } as PersonEvent;
    expect(rulesAtCrip(told(1, ALERT), contrary, later)).toEqual([]);
    // The safety rule softens it; what is left is to tell them afterwards.
    expect(rulesAtCrip(told(1, ALERT), later)).toEqual([]);
    expect(rulesAtCrip(told(1, ALERT), contrary)).toEqual(['person-not-informed, late']);
  });

  test('is found where it went to somebody who receives none', () => {
    expect(rules(told(1, ALERT), contrary)).toContain('no-valid-basis');
  });
});

describe('a consent that a report names', () => {
  const naming = (n: number) =>
    told(1, { basis: { ...OUTSIDE.basis!, consents: [id<'Consent'>('Consent', n)] } });

  test('is the one that it is judged by', () => {
    expect(rules(TOLD, granted, naming(1))).toEqual([]);
    expect(rules(TOLD, granted, naming(9))).toEqual(UNAGREED);
  });
});

describe('what a report leaves to be done', () => {
  test('is what the same assessment names, from the day of the act on', () => {
    expect(owed('2026-01-08', TOLD, told(1, EXCHANGE))).toEqual([]);
    expect(owed('2026-01-09', TOLD, told(1, EXCHANGE))).toEqual([
      'acknowledge-receipt open',
      'purge open',
      'no-onward-sharing open',
      'notify-changes open',
      'tell-secrecy open',
      'record-effect open',
      'record-care-relation open',
    ]);
    expect(owed('2026-02-15', TOLD, told(1, EXCHANGE))).toContain('tell-secrecy overdue');
  });

  test('is to tell the person, to ask them, and to look at the exception again', () => {
    const excused = [told(1, EXCUSED), urgent('Chute, aux urgences.')];
    expect(owed('2026-01-12', ...excused)).toEqual(
      expect.arrayContaining(['inform-person open', 'seek-consent open', 'review-exception open']),
    );
    expect(owed('2026-01-21', ...excused)).toContain('review-exception overdue');
    expect(owed('2026-01-21', ...excused, lateTold)).toEqual(
      expect.arrayContaining(['inform-person done', 'review-exception done', 'seek-consent overdue']),
    );
    const asked = { ...granted, ...at('2026-01-11') } as PersonEvent;
    expect(owed('2026-01-21', ...excused, asked)).toContain('seek-consent done');
  });

  test('follows the last day of keeping that it tells, and ends with the purge', () => {
    const act = told(1, { ...EXCHANGE, retainUntil: civilDate('2026-03-31') });
    const purged: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: worker, items: [ITEM], remains: 'nothing' },
      ...at('2026-03-15'),
    };
    expect(owed('2026-03-31', TOLD, act)).toContain('purge open');
    expect(owed('2026-04-01', TOLD, act)).toEqual(
      expect.arrayContaining(['purge overdue', 'no-onward-sharing done']),
    );
    expect(owed('2026-03-15', TOLD, act, purged)).toContain('purge done');
  });

  test('follows from an act that was not allowed too, but not what would have allowed it', () => {
    const denied = owed('2026-01-12', told(1, OUTSIDE));
    expect(denied).toEqual(expect.arrayContaining(['purge open', 'notify-changes open']));
    expect(denied.join()).not.toMatch(/inform-person|seek-consent/);
  });

  test('asks nothing of a recipient or a discloser whom nobody knows', () => {
    const unknown = [{ kind: 'unknown' }] as const;
    const toWhom = owed('2026-01-09', TOLD, told(1, { ...EXCHANGE, recipients: unknown })).join();
    expect(toWhom).toContain('tell-secrecy');
    expect(toWhom).not.toMatch(/acknowledge-receipt|purge/);
    const byWhom = owed('2026-01-09', TOLD, told(1, { ...EXCHANGE, discloser: unknown[0] }));
    expect(byWhom).toEqual(['acknowledge-receipt open', 'purge open', 'no-onward-sharing open']);
  });

  test('is nothing where the report is retracted, or nobody knows what was told', () => {
    const retracted: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure: ACT, changes: {}, retracted: true, reason: 'x' },
    };
    expect(owed('2026-01-12', told(1, EXCHANGE), retracted)).toEqual([]);
    expect(owed('2026-01-12', told(1, { ...EXCHANGE, items: [] }))).toEqual([]);
  });

  test('is owed at the institution of the mandate, also once that has ended', () => {
    const person = henri(TOLD, told(1, EXCHANGE));
    const over = elsewhereAfter(...TERRITORY, ended(CCAS, SOCIAL_WORKER, '2026-01-20'));
    const all = owedAbout(new Judgements(person, over), 'disclosure', ACT);
    expect(all.find(({ kind }) => kind === 'purge')).toMatchObject({
      debtor: `mandate:${SOCIAL_WORKER}`,
      institution: CCAS,
    });
    expect(all.find(({ kind }) => kind === 'tell-secrecy')).toMatchObject({
      debtor: `mandate:${NURSE}`,
      institution: SSIAD,
    });
  });
});
