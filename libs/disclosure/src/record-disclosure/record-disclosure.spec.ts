import { describe, expect, test } from '@jest/globals';
import { asCode, asId, type Rejection } from '#decider';
import type { KnownMandate, MandateId } from '#directory';
import { institutionStream } from '#directory';
import { personTesting, type DisclosureData, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { noel, nurse } from '../testing.js';
import { recordDisclosure, type RecordDisclosure } from './record-disclosure.js';

const { aConsent, CCAS, described, facts, henri, id, informed, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

const EXCHANGE = asCode<'Provision'>('csp-l1110-4-ii-exchange');
const OUTSIDE = asCode<'Provision'>('csp-l1110-4-iii-outside-team');
const TEAM = asCode<'Provision'>('casf-l241-10-team');
const CARE = asCode<'Purpose'>('care-coordination');

function mandate(mandateId: MandateId, until?: string): [MandateId, KnownMandate] {
  const institution = mandateId === NURSE ? SSIAD : CCAS;
  const data = {
    mandate: mandateId,
    actor: id('Actor', 1),
    mission: 'x',
    purposes: [CARE],
    function: 'x',
    profession: 'x',
    categories: [],
    secrecy: [],
    validFrom: civilDate('2024-01-01'),
    ...(until ? { validUntil: civilDate(until) } : {}),
    revision: 3,
  };
  return [mandateId, { mandate: data, institution, stream: institutionStream(institution), revision: 7 }];
}

const act: RecordDisclosure['act'] = {
  disclosure: id('Disclosure', 1),
  discloser: nurse,
  items: [{ item: id('Item', 1), justification: 'Prévenir une chute.' }],
  recipients: [noel],
  purpose: CARE,
  frame: 'exchange',
  channel: 'secure-messaging',
  onward: [],
};

const command: RecordDisclosure = { act, provision: EXCHANGE, effectiveAt: civilDate('2026-01-09') };
const mandates = new Map([mandate(NURSE), mandate(SOCIAL_WORKER)]);
const person = henri(described(), informed());

function decide(
  overrides: Partial<RecordDisclosure> = {},
  more: readonly PersonEvent[] = [],
  known: ReadonlyMap<MandateId, KnownMandate> = mandates,
) {
  const about = more.length > 0 ? henri(described(), informed(), ...more) : person;
  return recordDisclosure(
    about,
    { ...command, ...overrides },
    { ...facts({ revision: 5 }), mandates: known },
  );
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

const granted = (overrides = {}): PersonEvent => ({
  type: 'ConsentGranted',
  data: aConsent(overrides),
  effectiveAt: civilDate('2026-01-09'),
});
const objection: PersonEvent = {
  type: 'ObjectionRaised',
  data: {
    objection: id('Objection', 1),
    by: { kind: 'person' },
    means: 'oral',
    items: [],
    categories: [],
    recipients: [{ kind: 'institution', institution: CCAS }],
    purposes: [],
  },
  effectiveAt: civilDate('2026-01-09'),
};

describe('record a disclosure', () => {
  test('records the act and, beside it, what only the discloser’s side sees', () => {
    const [recorded, assessed] = events();
    expect(recorded).toMatchObject({
      type: 'DisclosureRecorded',
      effectiveAt: civilDate('2026-01-09'),
      data: { basis: { provision: EXCHANGE, consents: [], restsOn: 'absence-of-objection' } },
    });
    expect(assessed).toMatchObject({
      type: 'DisclosureAssessed',
      data: { verdict: 'allow', personRevision: 5 },
    });
  });

  test('cites the streams whose facts it relied on, as they were read', () => {
    const { cites } = events()[0]!.data as DisclosureData;
    expect(cites).toContainEqual({ stream: institutionStream(SSIAD), revision: 7 });
    expect(cites).toContainEqual({ stream: institutionStream(CCAS), revision: 7 });
  });

  test('refuses, on record, what the person objects to', () => {
    expect(events({}, [objection])).toMatchObject([
      { type: 'DisclosureRefused', data: { reasons: [{ rule: 'objection-in-force' }] } },
    ]);
  });

  test('lets the same exchange with another institution go on', () => {
    const [recorded] = events({ act: { ...act, recipients: [nurse] } }, [objection]);
    expect(recorded!.type).toBe('DisclosureRecorded');
  });

  test('refuses, on record, what needs a consent that nobody gave', () => {
    expect(events({ provision: OUTSIDE })).toMatchObject([
      { type: 'DisclosureRefused', data: { reasons: [{ rule: 'consent-missing' }] } },
    ]);
  });

  test('relies on whichever consent covers it when none is named', () => {
    const [recorded] = events({ provision: OUTSIDE }, [granted()]);
    expect(recorded).toMatchObject({ data: { basis: { consents: [id('Consent', 1)], restsOn: 'consent' } } });
  });

  test('does not rest on a consent where the provision asks for none', () => {
    const [recorded] = events({}, [granted()]);
    expect(recorded).toMatchObject({ data: { basis: { consents: [], restsOn: 'absence-of-objection' } } });
  });

  test.each([
    ['another recipient', { recipients: [nurse] }],
    ['another purpose', { purposes: [asCode('social-follow-up')] }],
    ['another item', { items: [id('Item', 2)] }],
    ['another discloser', { discloser: SOCIAL_WORKER }],
    ['a period that is over', { validUntil: civilDate('2026-01-08'), validFrom: civilDate('2026-01-01') }],
  ])('refuses a consent that covers %s', (_, overrides) => {
    const [refused] = events({ provision: OUTSIDE }, [granted(overrides)]);
    expect(refused!.type).toBe('DisclosureRefused');
  });

  test('lets a recipient pass on to whom the consent names onward, and nobody else do so', () => {
    const consent = granted({ recipients: [nurse], onward: [noel] });
    expect(events({ provision: OUTSIDE }, [consent])[0]!.type).toBe('DisclosureRecorded');
    const elsewhere = granted({
      recipients: [{ kind: 'outsider', outsider: id('Outsider', 1) }],
      onward: [noel],
    });
    expect(events({ provision: OUTSIDE }, [elsewhere])[0]!.type).toBe('DisclosureRefused');
  });

  test('rests on consent alone when no provision is cited', () => {
    const { provision: _, ...alone } = command;
    const decision = recordDisclosure(henri(described(), informed(), granted()), alone, {
      ...facts(),
      mandates,
    });
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'DisclosureRecorded' }, {}] });
  });

  test('refuses to bring back, by a date in the past, a consent that was withdrawn since', () => {
    const withdrawn: PersonEvent = {
      type: 'ConsentWithdrawn',
      data: {
        consent: id('Consent', 1),
        by: { kind: 'person' },
        means: 'oral',
        excluded: { items: [], categories: [], recipients: [], purposes: [] },
      },
      effectiveAt: civilDate('2026-02-01'),
    };
    const asked = { provision: OUTSIDE, effectiveAt: civilDate('2026-01-20') };
    expect(events(asked, [granted()])[0]!.type).toBe('DisclosureRecorded');
    expect(events(asked, [granted(), withdrawn])[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses what the person has objected to since', () => {
    const later = { ...objection, effectiveAt: civilDate('2026-02-01') };
    expect(events({}, [later])[0]!.type).toBe('DisclosureRefused');
  });

  test('refuses a purpose for which the provision was not made', () => {
    expect(events({ provision: TEAM })).toMatchObject([
      { type: 'DisclosureRefused', data: { reasons: [{ rule: 'purpose-foreign-to-provision' }] } },
    ]);
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
    ['contradiction', 'provision', { provision: asCode('cp-226-13') }],
    ['unknown-reference', 'consents[0]', { consents: [asId('x')] }],
    ['date-in-future', 'effectiveAt', { effectiveAt: civilDate('2026-03-02') }],
    ['contradiction', 'effectiveAt', { effectiveAt: { ...civilDate('2026-01-01'), precision: 'month' } }],
    ['date-before-birth', 'effectiveAt', { effectiveAt: civilDate('1948-03-11') }],
    ['period-inverted', 'retainUntil', { act: { ...act, retainUntil: civilDate('2026-01-08') } }],
    ['not-held', 'items[0].item', { act: { ...act, discloser: noel } }],
  ])('rejects %s in %s', (kind, field, overrides) => {
    expect(rejection(overrides)).toMatchObject({ kind, field });
  });

  test('rejects a discloser or recipient whose mandate had ended', () => {
    const ended = (who: MandateId) => new Map([...mandates, mandate(who, '2026-01-08')]);
    expect(rejection({}, [], ended(NURSE))).toMatchObject({
      kind: 'mandate-not-in-force',
      field: 'discloser',
    });
    const field = 'recipients[0].mandate';
    expect(rejection({}, [], ended(SOCIAL_WORKER))).toMatchObject({ kind: 'mandate-not-in-force', field });
  });

  test('rejects an item whose purge the discloser has attested', () => {
    const purge: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: nurse, items: [id('Item', 1)], remains: 'nothing' },
      effectiveAt: civilDate('2026-01-08'),
    };
    expect(rejection({ effectiveAt: civilDate('2026-01-10') }, [purge])).toMatchObject({ kind: 'not-held' });
  });
});
