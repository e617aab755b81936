import { describe, expect, test } from '@jest/globals';
import { asCode, type Instant, type Rejection } from '#decider';
import type { KnownMandate } from '#directory';
import { institutionStream } from '#directory';
import { personTesting, type DisclosureData, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { aMandate, henriToldOfIt, intendedFacts } from '../testing.js';
import { recordDisclosure, type RecordDisclosure } from './record-disclosure.js';

const { anIntention, CCAS, granted, id, NURSE, objected, SOCIAL_WORKER, SSIAD } = personTesting;

const EXCHANGE = asCode<'Provision'>('csp-l1110-4-ii-exchange');
const OUTSIDE = asCode<'Provision'>('csp-l1110-4-iii-outside-team');
const TEAM = asCode<'Provision'>('casf-l241-10-team');
const CPP_40 = asCode<'Provision'>('cpp-40-al2');

const { act } = anIntention();

function decide(
  overrides: Partial<RecordDisclosure> = {},
  more: readonly PersonEvent[] = [],
  ...mandates: readonly KnownMandate[]
) {
  const command = { ...anIntention(), ...overrides };
  return recordDisclosure(henriToldOfIt(...more), command, intendedFacts(...mandates));
}

function events(...asked: Parameters<typeof decide>) {
  const decision = decide(...asked);
  if (decision.kind === 'rejected') throw new Error(decision.rejection.detail);
  return decision.events;
}

function rejection(...asked: Parameters<typeof decide>): Rejection {
  const decision = decide(...asked);
  if (decision.kind === 'accepted') throw new Error('accepted');
  return decision.rejection;
}

const outside = { provision: OUTSIDE } as const;
const withdrawn: PersonEvent = {
  type: 'ConsentWithdrawn',
  data: {
    consent: id('Consent', 1),
    by: { kind: 'person' },
    means: 'oral',
    excluded: { items: [], categories: [], recipients: [], purposes: [] },
  },
  effectiveAt: civilDate('2026-03-01'),
};

describe('record a disclosure', () => {
  test('records the act and, beside it, what only the discloser’s side sees', () => {
    const [recorded, assessed] = events();
    expect(recorded).toMatchObject({
      type: 'DisclosureRecorded',
      effectiveAt: civilDate('2026-02-28'),
      data: { basis: { provision: EXCHANGE, consents: [], restsOn: 'absence-of-objection' } },
    });
    expect(assessed).toMatchObject({
      type: 'DisclosureAssessed',
      data: { verdict: 'allow-with-duties', personRevision: 5, catalogueVersion: expect.any(String) },
    });
  });

  test('keeps the nine points, the facts they used and the duties', () => {
    const [, assessed] = events();
    if (assessed?.type !== 'DisclosureAssessed') throw new Error('not assessed');
    const { points, duties } = assessed.data;
    const states = points.map(({ state }) => state).join(' ');
    expect(states).toBe('ok ok ok ok ok ok ok document document');
    expect(points[3]).toMatchObject({ facts: [{ kind: 'information', id: id('Information', 1) }] });
    expect(duties).toContainEqual(
      expect.objectContaining({ kind: 'purge', deadline: civilDate('2028-02-28') }),
    );
  });

  test('lets a word to the guardian rest on nobody’s consent', () => {
    const guardian = personTesting.representedBy(1, { mandate: SOCIAL_WORKER });
    const [recorded, assessed] = events({ provision: undefined }, [guardian]);
    expect(recorded!.data).toMatchObject({ basis: { consents: [], restsOn: 'provision' } });
    expect(assessed!.data).toMatchObject({ verdict: 'allow', duties: [] });
  });

  test('says until when it may be kept where the discloser names no day', () => {
    const [recorded] = events();
    expect(recorded!.data).toMatchObject({ retainUntil: civilDate('2028-02-28') });
  });

  test('cites the streams whose facts it relied on, as they were read', () => {
    const { cites } = events()[0]!.data as DisclosureData;
    expect(cites).toContainEqual({ stream: institutionStream(SSIAD), revision: 7 });
    expect(cites).toContainEqual({ stream: institutionStream(CCAS), revision: 7 });
  });

  test('refuses, on record, what the person objects to', () => {
    const [refused, ...others] = events({}, [objected()]);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ type: 'DisclosureRefused' });
    if (refused?.type !== 'DisclosureRefused') throw new Error('not refused');
    expect(refused.data.reasons.map(({ rule }) => rule)).toEqual(['p4-objected', 'p8-objected']);
  });

  test('refuses, on record, what needs a consent that nobody gave', () => {
    expect(events(outside)[0]!.type).toBe('DisclosureRefused');
  });

  test('relies on whichever consent covers it when none is named', () => {
    const [recorded] = events(outside, [granted()]);
    expect(recorded).toMatchObject({ data: { basis: { consents: [id('Consent', 1)], restsOn: 'consent' } } });
  });

  test('relies on the consents that are named and on no other', () => {
    const second = granted({ consent: id('Consent', 2) });
    const [recorded] = events({ ...outside, consents: [id('Consent', 2)] }, [granted(), second]);
    expect(recorded).toMatchObject({ data: { basis: { consents: [id('Consent', 2)] } } });
    const elsewhere = granted({ consent: id('Consent', 2), items: [id('Item', 2)] });
    const named = { ...outside, consents: [id('Consent', 2)] };
    expect(events(named, [granted(), elsewhere])[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses to bring back, by a date in the past, a consent that was withdrawn since', () => {
    expect(events(outside, [granted()])[0]!.type).toBe('DisclosureRecorded');
    expect(events(outside, [granted(), withdrawn])[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses what the person has objected to since', () => {
    const later = { ...objected(), effectiveAt: civilDate('2026-03-01') };
    expect(events({}, [later])[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses a purpose for which the provision was not made', () => {
    const [refused] = events({ provision: TEAM });
    expect(refused).toMatchObject({ type: 'DisclosureRefused' });
    expect(JSON.stringify(refused)).toContain('p1-purpose-foreign');
  });

  test('refuses a rule of secrecy cited as an authorisation', () => {
    expect(events({ provision: asCode('cp-226-13') })[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses to pass on what its holder received with the word to pass it to nobody', () => {
    const received: PersonEvent = {
      type: 'DisclosureRecorded',
      data: {
        ...act,
        disclosure: id('Disclosure', 9),
        recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
        onward: [],
        basis: { consents: [], restsOn: 'provision' },
        cites: [],
      },
      effectiveAt: civilDate('2026-02-01'),
    };
    const onward = {
      ...act,
      discloser: { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS },
      recipients: [{ kind: 'mandate', mandate: NURSE, institution: SSIAD }],
    } as const;
    const facts = { ...intendedFacts(), callerInstitution: CCAS };
    const decided = recordDisclosure(henriToldOfIt(received), { ...anIntention(), act: onward }, facts);
    expect(JSON.stringify(decided)).toContain('p8-onward-barred');
  });
});

describe('record a disclosure: what a human being decides', () => {
  const agent = aMandate(NURSE, { categories: ['nurse', 'public-agent'] });
  const prosecutor = aMandate(SOCIAL_WORKER, { categories: ['prosecutor'] });
  const asked = {
    provision: CPP_40,
    act: { ...act, purpose: asCode<'Purpose'>('judicial-reporting'), frame: 'transmission' },
  } as const;

  test('asks who decides where the law leaves it open', () => {
    expect(rejection(asked, [], agent, prosecutor)).toMatchObject({
      kind: 'decision-needed',
      field: 'escalateTo',
    });
  });

  test('waits, on record, for the one who is named', () => {
    const decider = aMandate(NURSE, { mandate: id('Mandate', 3), actor: id('Actor', 3) });
    const [waiting] = events({ ...asked, decider }, [], agent, prosecutor);
    expect(waiting).toMatchObject({
      type: 'DisclosureEscalated',
      data: { to: id('Mandate', 3), act: { provision: CPP_40 } },
    });
  });

  test.each<[string, KnownMandate]>([
    ['unknown-reference', aMandate(SOCIAL_WORKER)],
    [
      'mandate-not-in-force',
      aMandate(NURSE, { mandate: id('Mandate', 3), validUntil: civilDate('2026-01-31') }),
    ],
    ['not-permitted', agent],
    ['not-permitted', aMandate(NURSE, { mandate: id('Mandate', 3) })],
  ])('rejects %s in escalateTo', (kind, decider) => {
    expect(rejection({ ...asked, decider }, [], agent, prosecutor)).toMatchObject({
      kind,
      field: 'escalateTo',
    });
  });
});

describe('record a disclosure: what is not understood', () => {
  test.each<[string, string, Partial<RecordDisclosure>]>([
    ['empty-scope', 'items', { act: { ...act, items: [] } }],
    ['empty-scope', 'recipients', { act: { ...act, recipients: [] } }],
    ['contradiction', 'recipients[0].kind', { act: { ...act, recipients: [{ kind: 'unknown' }] } }],
    ['unknown-reference', 'items[0].item', { act: { ...act, items: [{ item: id('Item', 9) }] } }],
    [
      'unknown-reference',
      'recipients[0].outsider',
      { act: { ...act, recipients: [{ kind: 'outsider', outsider: id('Outsider', 9) }] } },
    ],
    [
      'unknown-reference',
      'onward[0].outsider',
      { act: { ...act, onward: [{ kind: 'outsider', outsider: id('Outsider', 9) }] } },
    ],
    ['unknown-code', 'purpose', { act: { ...act, purpose: asCode('curiosity') } }],
    ['unknown-code', 'provision', { provision: asCode('cp-0') }],
    ['unknown-code', 'retentionRule', { act: { ...act, retentionRule: asCode('for-ever') } }],
    ['unknown-reference', 'consents[0]', { consents: [id('Consent', 9)] }],
    ['date-in-future', 'effectiveAt', { effectiveAt: civilDate('2026-03-02') }],
    ['contradiction', 'effectiveAt', { effectiveAt: { ...civilDate('2026-01-01'), precision: 'month' } }],
    ['date-before-birth', 'effectiveAt', { effectiveAt: civilDate('1948-03-11') }],
    [
      'period-inverted',
      'exception.reviewBy',
      { declared: { exception: { kind: 'emergency', reason: 'x', reviewBy: civilDate('2025-12-28') } } },
    ],
    ['period-inverted', 'retainUntil', { act: { ...act, retainUntil: civilDate('2026-02-27') } }],
  ])('rejects %s in %s', (kind, field, overrides) => {
    expect(rejection(overrides)).toMatchObject({ kind, field });
  });

  test('rejects a discloser of another institution than the caller’s', () => {
    const discloser = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
    expect(rejection({ act: { ...act, discloser } })).toMatchObject({
      kind: 'not-permitted',
      field: 'discloser',
    });
  });

  test('rejects a discloser who does not hold the item', () => {
    const discloser = { kind: 'mandate', mandate: id('Mandate', 3), institution: SSIAD } as const;
    const other = aMandate(NURSE, { mandate: id('Mandate', 3) });
    expect(rejection({ act: { ...act, discloser } }, [], other)).toMatchObject({
      kind: 'not-held',
      field: 'items[0].item',
    });
  });

  test('rejects a mandate that nobody gave, wherever it is named', () => {
    const nobody = { kind: 'mandate', mandate: id('Mandate', 9), institution: SSIAD } as const;
    for (const [field, named] of [
      ['discloser', { discloser: nobody }],
      ['recipients[1].mandate', { recipients: [...act.recipients, nobody] }],
    ] as const)
      expect(rejection({ act: { ...act, ...named } })).toMatchObject({ kind: 'unknown-reference', field });
  });

  test.each([
    ['discloser', NURSE],
    ['recipient', SOCIAL_WORKER],
  ])('refuses on record where the mandate of the %s had ended', (who, mandate) => {
    const ended = aMandate(mandate, { validUntil: civilDate('2026-02-27') });
    expect(events({}, [], ended)).toMatchObject([
      {
        type: 'DisclosureRefused',
        data: { reasons: [{ rule: `p5-${who}-not-in-force` }, { rule: 'p9-duty-impossible' }] },
      },
    ]);
  });

  test('lets an alert go out although the mandate of whoever gives it had ended', () => {
    const alert = {
      provision: asCode<'Provision'>('casf-l226-2-1'),
      act: { ...act, purpose: asCode<'Purpose'>('child-danger-alert'), frame: 'transmission' },
    } as const;
    const ended = aMandate(NURSE, { categories: ['ase-mission'], validUntil: civilDate('2026-02-27') });
    const crip = aMandate(SOCIAL_WORKER, { categories: ['crip'] });
    expect(events(alert, [], ended, crip)[0]!.type).toBe('DisclosureRecorded');
  });

  test.each<[string, string]>([
    ['before', '2026-02-27'],
    ['on the day of the act, at some hour', '2026-02-28T15:00:00.000Z'],
    ['after the day of the act', '2026-03-01'],
  ])('rejects an item whose purge the discloser has attested, %s', (_, at) => {
    const purge: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: act.discloser, items: [id('Item', 1)], remains: 'nothing' },
      effectiveAt: at.includes('T') ? (at as Instant) : civilDate(at),
    };
    expect(rejection({}, [purge])).toMatchObject({ kind: 'not-held' });
    const again: PersonEvent = {
      type: 'HoldingDeclared',
      data: { item: id('Item', 1), holder: act.discloser, purpose: act.purpose, source: { kind: 'person' } },
      effectiveAt: civilDate('2026-02-28'),
    };
    const learntAgain = recordDisclosure(henriToldOfIt(purge, again), anIntention(), intendedFacts());
    expect(learntAgain.kind).toBe(at === '2026-03-01' ? 'rejected' : 'accepted');
  });
});
