import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, type Explained, type PersonEvent, type ReportedData, type RestsOn } from '#person';
import { civilDate } from '#time';
import { aReport, happenedAt, noel, pastFacts, reported } from '../testing.js';
import { reportDisclosure } from './report-disclosure.js';

const { described, granted, henri, id, informed, rejectionOf } = personTesting;
const unasked = henri(described(), informed());
const person = henri(described(), informed(), granted());
const consentOnly = (consent: string) => ({
  basis: { consents: [asId<'Consent'>(consent)], restsOn: 'consent' as const },
});
const under = (provision: string) => ({
  provision: asCode<'Provision'>(provision),
  consents: [],
  restsOn: 'consent' as const,
});
const OUTSIDE = {
  basis: under('csp-l1110-4-iii-outside-team'),
  items: [{ item: id('Item', 1) }],
  recipients: [noel],
};
const ALERT = { basis: under('cp-226-14-2'), purpose: asCode<'Purpose'>('judicial-reporting') };
const URGENT: Explained = { exception: { kind: 'emergency', reason: 'Il est inconscient.' } };
const RULE = asCode<'Retention'>('minors-young-adults');
const outsider = { kind: 'outsider', outsider: asId<'Outsider'>('x') } as const;

function reporting(overrides: Partial<ReportedData> = {}, effectiveAt = happenedAt) {
  return reportDisclosure(person, { report: aReport(overrides), effectiveAt }, pastFacts());
}

describe('report a disclosure', () => {
  test('records what is told about it', () => {
    expect(reporting()).toEqual({ kind: 'accepted', events: [reported()] });
  });

  test('records a mere rumour: nobody knows who told what to whom', () => {
    const { disclosure } = aReport();
    const rumour: ReportedData = {
      disclosure,
      reporter: 'la fille',
      source: 'entendu',
      certainty: 'rumoured',
    };
    expect(reportDisclosure(person, { report: rumour, effectiveAt: happenedAt }, pastFacts())).toEqual({
      kind: 'accepted',
      events: [{ type: 'DisclosureReported', data: rumour, effectiveAt: happenedAt }],
    });
  });

  test('records what breaks rules: an unknown recipient, a discloser who held nothing, no basis', () => {
    const unlawful = reporting({
      discloser: aReport().recipients![0],
      recipients: [{ kind: 'unknown' }],
      basis: undefined,
    });
    expect(unlawful.kind).toBe('accepted');
    const prohibited = {
      provision: asCode<'Provision'>('cp-226-13'),
      consents: [],
      restsOn: 'provision' as const,
    };
    expect(reporting({ basis: prohibited }).kind).toBe('accepted');
    expect(reporting(consentOnly(id('Consent', 1))).kind).toBe('accepted');
  });

  test('keeps in an event of its own what is for whoever recorded it alone', () => {
    const declared: Explained = {
      exception: { kind: 'emergency', reason: 'Il est inconscient.', reviewBy: civilDate('2026-01-20') },
      keeps: ['export'],
    };
    const report = aReport({ frame: 'commission-session', session: 's', retentionRule: RULE });
    expect(
      reportDisclosure(person, { report, explained: declared, effectiveAt: happenedAt }, pastFacts()),
    ).toEqual({
      kind: 'accepted',
      events: [
        { type: 'DisclosureReported', data: report, effectiveAt: happenedAt },
        {
          type: 'DisclosureExplained',
          data: { disclosure: report.disclosure, declared },
          effectiveAt: happenedAt,
        },
      ],
    });
  });

  test.each<[string, RestsOn, Partial<ReportedData>, Explained?]>([
    ['the written exception', 'exception', OUTSIDE, URGENT],
    ['nothing, where no reason is written', 'consent', OUTSIDE, { exception: { kind: 'emergency' } }],
    ['nothing, where nothing excuses', 'consent', OUTSIDE],
    ['the safety rule', 'safety-rule', ALERT, { unableToProtectThemselves: true }],
    ['nothing, where nobody says that they cannot protect themselves', 'consent', ALERT],
    ['what the law says, where nobody is asked', 'provision', { ...ALERT, basis: under('casf-l226-2-1') }],
  ])('lets a report rest on %s', (_, restsOn, told, explained = {}) => {
    const decision = reportDisclosure(
      unasked,
      { report: aReport(told), explained, effectiveAt: happenedAt },
      pastFacts(),
    );
    expect(decision).toMatchObject({
      events: [{ data: { basis: { restsOn } } }, ...Object.keys(explained).map(() => ({}))],
    });
  });

  test('lets no report rest on a human being of whom nobody knows that they decided', () => {
    const unable: PersonEvent = {
      type: 'CapacityAssessed',
      data: { ableToDecide: false, domain: 'personal', by: 'Dr Roux' },
      effectiveAt: civilDate('2026-01-06'),
    };
    const report = aReport(OUTSIDE);
    const decision = reportDisclosure(
      henri(described(), unable),
      { report, effectiveAt: happenedAt },
      pastFacts(),
    );
    expect(decision).toMatchObject({ events: [{ data: { basis: { restsOn: 'consent' } } }] });
  });

  test('refuses an exception that is looked at again before it was made', () => {
    const exception = { kind: 'emergency', reviewBy: civilDate('2026-01-08') } as const;
    const command = { report: aReport(), explained: { exception }, effectiveAt: happenedAt };
    const field = 'exception.reviewBy';
    expect(rejectionOf(reportDisclosure(person, command, pastFacts()))).toMatchObject({
      kind: 'period-inverted',
      field,
    });
  });

  test.each<[string, string, Partial<ReportedData>]>([
    ['unknown-code', 'retentionRule', { retentionRule: asCode('for-ever') }],
    ['unknown-reference', 'items[1].item', { items: [{ item: id('Item', 1) }, { item: id('Item', 9) }] }],
    ['unknown-reference', 'discloser.outsider', { discloser: outsider }],
    ['unknown-reference', 'recipients[0].outsider', { recipients: [outsider] }],
    ['unknown-reference', 'onward[0].outsider', { onward: [outsider] }],
    ['unknown-reference', 'consents[0]', consentOnly('x')],
    ['contradiction', 'items[1]', { items: [{ item: id('Item', 1) }, { item: id('Item', 1) }] }],
    ['unknown-code', 'purpose', { purpose: asCode('curiosity') }],
    [
      'unknown-code',
      'provision',
      { basis: { provision: asCode('our-habit'), consents: [], restsOn: 'provision' } },
    ],
    ['period-inverted', 'retainUntil', { retainUntil: civilDate('2026-01-08') }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(reporting(overrides))).toMatchObject({ kind, field });
  });

  test('refuses dates in the future and before birth', () => {
    for (const [kind, date] of [
      ['date-in-future', '2026-03-02'],
      ['date-before-birth', '1948-03-11'],
    ] as const)
      expect(rejectionOf(reporting({}, civilDate(date)))).toMatchObject({ kind, field: 'effectiveAt' });
  });
});
