import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type DisclosureAssessed, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { aMandate, happenedAt, noel, nurse, pastFacts, reported } from '../testing.js';
import { dischargeDuty } from './discharge-duty.js';

const { described, granted, henri, id, NURSE, rejectionOf, SOCIAL_WORKER, SSIAD } = personTesting;
const effectiveAt = civilDate('2026-02-10');
const disclosure = id('Disclosure', 1);

/** The nurse must tell the secrecy, the social worker acknowledge the receipt. */
const assessed: PersonEvent = {
  type: 'DisclosureAssessed',
  data: {
    disclosure,
    declared: {},
    duties: [
      { kind: 'tell-secrecy', debtor: { kind: 'mandate', mandate: NURSE } },
      { kind: 'acknowledge-receipt', debtor: { kind: 'mandate', mandate: SOCIAL_WORKER } },
    ].map((duty) => ({
      ...duty,
      recipient: noel,
      items: [id('Item', 1)],
      deadline: civilDate('2026-02-28'),
      standing: false,
    })),
  } as unknown as DisclosureAssessed['data'],
};
const decided: PersonEvent = {
  type: 'DisclosureRecorded',
  data: {
    disclosure,
    discloser: nurse,
    items: [{ item: id('Item', 1) }],
    recipients: [noel],
    purpose: asCode('care-coordination'),
    basis: { consents: [], restsOn: 'provision' },
    frame: 'exchange',
    channel: 'phone',
    cites: [],
  },
  effectiveAt: happenedAt,
};
const told = [described(), decided, assessed];
const data = { disclosure, kind: 'tell-secrecy', by: NURSE, institution: SSIAD };
const done: PersonEvent = { type: 'DutyDischarged', data, effectiveAt };

interface Discharging {
  readonly kind?: string;
  readonly by?: typeof NURSE;
  readonly on?: string;
}

function discharging(
  history: readonly PersonEvent[],
  { kind = 'tell-secrecy', by = NURSE, on }: Discharging = {},
) {
  const command = {
    discharge: { disclosure, kind },
    by: aMandate(by),
    effectiveAt: on ? civilDate(on) : effectiveAt,
  };
  return dischargeDuty(henri(...history), command, pastFacts());
}

describe('discharge a duty', () => {
  test('records that it is done, by whom, and for which institution', () => {
    expect(discharging(told)).toEqual({ kind: 'accepted', events: [done] });
  });

  test('records nothing the second time', () => {
    expect(discharging([...told, done])).toEqual({ kind: 'accepted', events: [] });
  });

  test('refuses a disclosure that is not about this person', () => {
    expect(rejectionOf(discharging([]))).toMatchObject({ kind: 'not-found' });
  });

  test('records what a report leaves to be done, as its assessment names it', () => {
    const report = [described(), reported()];
    expect(discharging(report)).toEqual({ kind: 'accepted', events: [done] });
    const receipt = { kind: 'acknowledge-receipt' };
    expect(discharging(report, { ...receipt, by: SOCIAL_WORKER })).toMatchObject({ kind: 'accepted' });
    expect(rejectionOf(discharging(report, receipt))).toMatchObject({ field: 'kind' });
    expect(rejectionOf(discharging(report, { kind: 'settle-after-alert' }))).toMatchObject({ field: 'kind' });
    const nobodyKnowsWhat = [described(), reported({ items: [] })];
    expect(rejectionOf(discharging(nobodyKnowsWhat))).toMatchObject({ field: 'kind' });
  });

  test('records that it is known that a consent is over, once one is', () => {
    const until = (day: string) => granted({ validUntil: civilDate(day) });
    const over = { kind: 'acknowledge-lapse', by: SOCIAL_WORKER };
    expect(discharging([...told, until('2026-02-09')], over)).toMatchObject({ kind: 'accepted' });
    expect(rejectionOf(discharging([...told, until('2026-02-10')], over))).toMatchObject({ field: 'kind' });
    const byDiscloser = discharging([...told, until('2026-02-09')], { kind: over.kind });
    expect(rejectionOf(byDiscloser)).toMatchObject({ field: 'kind' });
  });

  test.each([
    ['that nobody owes', { kind: 'give-result' }],
    ['of another institution', { kind: 'acknowledge-receipt' }],
    ['that another owes', { by: SOCIAL_WORKER }],
    ['to look at an exception again that was not made', { kind: 'review-exception' }],
  ])('refuses a duty %s', (_, command) => {
    expect(rejectionOf(discharging(told, command))).toMatchObject({ kind: 'contradiction', field: 'kind' });
  });

  test('refuses a duty of an act that never happened', () => {
    const retracted: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure, changes: {}, retracted: true, reason: 'erreur' },
    };
    expect(rejectionOf(discharging([...told, retracted]))).toMatchObject({ field: 'kind' });
  });

  test.each([
    ['date-in-future', '2026-03-02'],
    ['date-before-birth', '1948-03-11'],
    ['contradiction', '2026-01-08'],
  ])('refuses %s: %s', (kind, on) => {
    expect(rejectionOf(discharging(told, { on }))).toMatchObject({ kind, field: 'effectiveAt' });
  });

  test('refuses a mandate that is not in force', () => {
    const by = aMandate(NURSE, { validUntil: civilDate('2026-02-09') });
    const command = { discharge: { disclosure, kind: 'tell-secrecy' }, by, effectiveAt };
    expect(rejectionOf(dischargeDuty(henri(...told), command, pastFacts()))).toMatchObject({ field: 'by' });
  });
});
