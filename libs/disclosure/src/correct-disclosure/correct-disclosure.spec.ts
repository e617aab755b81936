import { describe, expect, test } from '@jest/globals';
import { asCode, asId } from '#decider';
import { personTesting, type DisclosureCorrected, type DisclosureRecorded, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { happenedAt, noel, nurse, pastFacts, reported } from '../testing.js';
import { correctDisclosure } from './correct-disclosure.js';

type Correction = DisclosureCorrected['data'];

const { described, henri, id, rejectionOf } = personTesting;
const [first, second, third] = [1, 2, 3].map((n) => id('Disclosure', n)) as [
  Correction['disclosure'],
  Correction['disclosure'],
  Correction['disclosure'],
];
const told = [described(), reported(), reported({ disclosure: second }), reported({ disclosure: third })];
const outsider = { kind: 'outsider', outsider: asId<'Outsider'>('x') } as const;

function corrected(said: Partial<Correction>): DisclosureCorrected {
  const data = { disclosure: first, changes: {}, reason: 'Erreur de saisie.', ...said };
  return { type: 'DisclosureCorrected', data };
}

function correcting(said: Partial<Correction>, ...more: readonly PersonEvent[]) {
  return correctDisclosure(henri(...told, ...more), { correction: corrected(said).data }, pastFacts());
}

describe('correct a disclosure', () => {
  test.each<[string, Partial<Correction>]>([
    [
      'what was said',
      { changes: { purpose: asCode('social-follow-up'), recipients: [{ kind: 'unknown' }] } },
    ],
    ['when it happened', { actEffectiveAt: civilDate('2026-01-10') }],
    ['that two records are of one act', { duplicateOf: second }],
    ['that it never happened', { retracted: true }],
  ])('records %s', (_, said) => {
    expect(correcting(said)).toEqual({ kind: 'accepted', events: [corrected(said)] });
  });

  test.each<[string, Partial<Correction>]>([
    ['what was said', { changes: { channel: 'paper', recipients: [noel, nurse] } }],
    ['when it happened', { actEffectiveAt: civilDate('2026-01-10') }],
    ['that two records are of one act', { duplicateOf: second }],
    ['that it never happened', { retracted: true }],
  ])('records nothing the second time: %s', (_, said) => {
    expect(correcting(said, corrected(said))).toEqual({ kind: 'accepted', events: [] });
  });

  test.each<[string, Partial<Correction>, Partial<Correction>]>([
    ['that after all it happened', { retracted: true }, { retracted: false }],
    ['that two records are of two acts', { duplicateOf: second }, { takenBack: ['duplicateOf'] }],
    [
      'that nobody set a last day',
      { changes: { retainUntil: civilDate('2029-01-09') } },
      { takenBack: ['retainUntil'] },
    ],
    ['that nobody knows what for', {}, { takenBack: ['purpose'] }],
  ])('takes back what was wrong: %s', (_, wrong, right) => {
    const history = [corrected(wrong)];
    expect(correcting(right, ...history)).toEqual({ kind: 'accepted', events: [corrected(right)] });
    expect(correcting(right, ...history, corrected(right))).toEqual({ kind: 'accepted', events: [] });
  });

  test('says anew, beside the act, what excuses it; what it rests on follows', () => {
    const outside = { provision: asCode<'Provision'>('csp-l1110-4-iii-outside-team'), consents: [] };
    const changes = { basis: { ...outside, restsOn: 'consent' as const } };
    const exception = { kind: 'emergency', reason: 'Il est inconscient.' } as const;
    const correction = corrected({ changes }).data;
    const person = henri(...told.slice(0, 2));
    expect(correctDisclosure(person, { correction, explained: { exception } }, pastFacts())).toEqual({
      kind: 'accepted',
      events: [
        corrected({ changes: { basis: { ...outside, restsOn: 'exception' } } }),
        { type: 'DisclosureExplained', data: { disclosure: first, declared: { exception } } },
      ],
    });
  });

  test('takes back what excused it, and says nothing twice', () => {
    const exception = { kind: 'emergency', reason: 'Il est inconscient.' } as const;
    const declared = { exception, keeps: ['file' as const] };
    const explained: PersonEvent = { type: 'DisclosureExplained', data: { disclosure: first, declared } };
    const person = henri(...told, explained);
    const correction = { ...corrected({}).data, takenBack: ['exception' as const] };
    expect(correctDisclosure(person, { correction }, pastFacts())).toEqual({
      kind: 'accepted',
      events: [
        corrected({}),
        { type: 'DisclosureExplained', data: { disclosure: first, declared: { keeps: ['file'] } } },
      ],
    });
    const again = { correction: corrected({}).data, explained: { exception } };
    expect(correctDisclosure(person, again, pastFacts())).toEqual({ kind: 'accepted', events: [] });
    expect(rejectionOf(correctDisclosure(person, { ...again, correction }, pastFacts()))).toMatchObject({
      kind: 'contradiction',
      field: 'takenBack[0]',
    });
  });

  test('refuses an exception that would be looked at again before the act', () => {
    const exception = { kind: 'emergency', reviewBy: civilDate('2026-01-08') } as const;
    const command = { correction: corrected({}).data, explained: { exception } };
    expect(rejectionOf(correctDisclosure(henri(...told), command, pastFacts()))).toMatchObject({
      kind: 'period-inverted',
      field: 'changes.exception.reviewBy',
    });
    const said = { ...exception, reviewBy: civilDate('2026-01-20') };
    const data = { disclosure: first, declared: { exception: said } };
    const later = { actEffectiveAt: civilDate('2026-02-01') };
    expect(rejectionOf(correcting(later, { type: 'DisclosureExplained', data }))).toMatchObject({
      kind: 'period-inverted',
      field: 'actEffectiveAt',
    });
  });

  test('records nothing where nothing is to be changed', () => {
    for (const said of [
      {},
      { retracted: false },
      { changes: { purpose: asCode<'Purpose'>('care-coordination') } },
    ])
      expect(correcting(said)).toEqual({ kind: 'accepted', events: [] });
  });

  test('refuses a disclosure that is not about this person', () => {
    expect(rejectionOf(correcting({ disclosure: id('Disclosure', 9) }))).toMatchObject({ kind: 'not-found' });
  });

  test('refuses a duplicate of itself, of nothing, or in a circle', () => {
    const field = 'duplicateOf';
    expect(rejectionOf(correcting({ duplicateOf: first }))).toMatchObject({ kind: 'contradiction', field });
    const nothing = rejectionOf(correcting({ duplicateOf: id('Disclosure', 9) }));
    expect(nothing).toMatchObject({ kind: 'unknown-reference', field });
    const chain = [
      corrected({ disclosure: second, duplicateOf: third }),
      corrected({ disclosure: third, duplicateOf: first }),
    ];
    const circle = rejectionOf(correcting({ duplicateOf: second }, ...chain));
    expect(circle).toMatchObject({ kind: 'contradiction', field });
  });

  test.each<[string, string, Partial<Correction>]>([
    ['unknown-reference', 'changes.items[0].item', { changes: { items: [{ item: id('Item', 9) }] } }],
    ['unknown-reference', 'changes.discloser.outsider', { changes: { discloser: outsider } }],
    ['unknown-reference', 'changes.recipients[0].outsider', { changes: { recipients: [outsider] } }],
    [
      'unknown-reference',
      'changes.consents[0]',
      { changes: { basis: { consents: [asId('x')], restsOn: 'consent' } } },
    ],
    ['unknown-code', 'changes.retentionRule', { changes: { retentionRule: asCode('for-ever') } }],
    ['unknown-code', 'changes.purpose', { changes: { purpose: asCode('curiosity') } }],
    [
      'unknown-code',
      'changes.provision',
      { changes: { basis: { provision: asCode('our-habit'), consents: [], restsOn: 'provision' } } },
    ],
    ['contradiction', 'changes.recipients[1]', { changes: { recipients: [noel, noel] } }],
    ['period-inverted', 'changes.retainUntil', { changes: { retainUntil: civilDate('2026-01-08') } }],
    ['contradiction', 'takenBack[0]', { takenBack: ['duplicateOf'], duplicateOf: second }],
    [
      'contradiction',
      'takenBack[1]',
      { takenBack: ['basis', 'purpose'], changes: { purpose: asCode('care-coordination') } },
    ],
    ['date-in-future', 'actEffectiveAt', { actEffectiveAt: civilDate('2026-03-02') }],
    ['date-before-birth', 'actEffectiveAt', { actEffectiveAt: civilDate('1948-03-11') }],
  ])('refuses %s in %s', (kind, field, said) => {
    expect(rejectionOf(correcting(said))).toMatchObject({ kind, field });
  });

  test('refuses a day after the last one of keeping, unless that was wrong too', () => {
    const until = corrected({ changes: { retainUntil: civilDate('2026-01-20') } });
    const later = { actEffectiveAt: civilDate('2026-02-01') };
    expect(rejectionOf(correcting(later, until))).toMatchObject({
      kind: 'period-inverted',
      field: 'actEffectiveAt',
    });
    expect(correcting({ ...later, takenBack: ['retainUntil'] }, until).kind).toBe('accepted');
  });

  test.each<[string, string, Partial<Correction>]>([
    ['empty-scope', 'changes.items', { changes: { items: [] } }],
    ['empty-scope', 'changes.recipients', { changes: { recipients: [] } }],
    ['contradiction', 'takenBack[1]', { takenBack: ['retainUntil', 'purpose'] }],
  ])('leaves to what was decided on all that it needs: refuses %s in %s', (kind, field, said) => {
    const { reporter: _, source: __, certainty: ___, ...data } = reported().data;
    const act = { ...data, cites: [] } as unknown as DisclosureRecorded['data'];
    const person = henri(described(), { type: 'DisclosureRecorded', data: act, effectiveAt: happenedAt });
    const decision = correctDisclosure(person, { correction: corrected(said).data }, pastFacts());
    expect(rejectionOf(decision)).toMatchObject({ kind, field });
    expect(correcting(said).kind).toBe('accepted');
    const keeps = { correction: corrected({}).data, explained: { keeps: ['file' as const] } };
    const decidedOn = { kind: 'contradiction', field: 'changes.keeps' };
    expect(rejectionOf(correctDisclosure(person, keeps, pastFacts()))).toMatchObject(decidedOn);
    const back = { correction: { ...corrected({}).data, takenBack: ['exception' as const] } };
    expect(rejectionOf(correctDisclosure(person, back, pastFacts()))).toMatchObject({
      field: 'takenBack[0]',
    });
  });
});
