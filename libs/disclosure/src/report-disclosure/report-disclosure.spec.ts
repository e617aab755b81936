import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, type ReportedData } from '#person';
import { civilDate } from '#time';
import { aReport, happenedAt, intendedFacts, reported } from '../testing.js';
import { reportDisclosure } from './report-disclosure.js';

const { described, granted, henri, id, informed, rejectionOf } = personTesting;
const person = henri(described(), informed(), granted());
const consentOnly = (consent: string) => ({
  basis: { consents: [asId<'Consent'>(consent)], restsOn: 'consent' as const },
});
const outsider = { kind: 'outsider', outsider: asId<'Outsider'>('x') } as const;

function reporting(overrides: Partial<ReportedData> = {}, effectiveAt = happenedAt) {
  return reportDisclosure(person, { report: aReport(overrides), effectiveAt }, intendedFacts());
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
    expect(reportDisclosure(person, { report: rumour, effectiveAt: happenedAt }, intendedFacts())).toEqual({
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

  test.each<[string, string, Partial<ReportedData>]>([
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
