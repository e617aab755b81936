import { describe, expect, test } from '@jest/globals';
import type { Effective } from '#decider';
import { civilDate, covers, startMs } from '#time';
import { basisInForce } from './in-force.js';
import { bearsFromMs, comesAfter } from './order.js';
import type { PersonEvent } from './person.events.js';
import { aConsent, CCAS, henri, id, NURSE, SOCIAL_WORKER, SSIAD } from './testing.js';

const DAY = civilDate('2026-01-10');
const TEN = '2026-01-10T09:00:00.000Z' as Effective;
const NOON = '2026-01-10T11:00:00.000Z' as Effective;
const MONTH = { ...civilDate('2026-01-01'), precision: 'month' } as const;

describe('what comes after', () => {
  test.each([
    ['a later day, whenever it was recorded', civilDate('2026-01-11'), 1, DAY, 2, true],
    ['the same day, recorded later', DAY, 2, DAY, 1, true],
    ['the same day, recorded earlier', DAY, 1, DAY, 2, false],
    ['a day, recorded later than an hour in it', DAY, 2, NOON, 1, true],
    ['an hour, recorded earlier than its day', NOON, 1, DAY, 2, false],
    ['a month, recorded later than a day in it', MONTH, 2, DAY, 1, true],
    ['a later hour, though recorded earlier', NOON, 1, TEN, 2, true],
    ['an earlier hour, though recorded later', TEN, 2, NOON, 1, false],
  ])('%s', (_, at, revision, than, thanRevision, after) => {
    const [one, other] = [
      { effectiveAt: at, revision },
      { effectiveAt: than, revision: thanRevision },
    ];
    expect(comesAfter(one, other)).toBe(after);
    expect(comesAfter(other, one)).toBe(!after);
  });

  test('bears on an act from before it, or from after its first moment', () => {
    const act = { effectiveAt: TEN, revision: 5 };
    expect(bearsFromMs({ effectiveAt: DAY, revision: 4 }, act)).toBe(startMs(DAY));
    expect(bearsFromMs({ effectiveAt: DAY, revision: 6 }, act)).toBe(startMs(TEN) + 1);
    const daily = { effectiveAt: DAY, revision: 5 };
    expect(bearsFromMs({ effectiveAt: NOON, revision: 4 }, daily)).toBe(startMs(DAY));
    expect(bearsFromMs({ effectiveAt: NOON, revision: 6 }, daily)).toBe(startMs(NOON));
  });
});

describe('on one day, an act that rests on a consent', () => {
  const granted = (effectiveAt: Effective): PersonEvent => ({
    type: 'ConsentGranted',
    data: aConsent({ validFrom: effectiveAt }),
    effectiveAt,
  });
  const withdrawn = (effectiveAt: Effective): PersonEvent => ({
    type: 'ConsentWithdrawn',
    data: {
      consent: id('Consent', 1),
      by: { kind: 'person' },
      means: 'oral',
      excluded: { items: [], categories: [], recipients: [], purposes: [] },
    },
    effectiveAt,
  });
  const shared = (effectiveAt: Effective) =>
    ({
      type: 'DisclosureReported',
      data: {
        disclosure: id('Disclosure', 1),
        discloser: { kind: 'mandate', mandate: NURSE, institution: SSIAD },
        items: [{ item: id('Item', 1) }],
        recipients: [{ kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS }],
        purpose: aConsent().purposes[0],
        basis: { consents: [id('Consent', 1)], restsOn: 'consent' },
      },
      effectiveAt,
    }) as unknown as PersonEvent;

  test.each([
    [
      'is covered when the withdrawal was recorded after it',
      [granted(DAY), shared(TEN), withdrawn(DAY)],
      TEN,
      true,
    ],
    [
      'is not covered when the withdrawal was recorded before it',
      [granted(DAY), withdrawn(DAY), shared(TEN)],
      TEN,
      false,
    ],
    [
      'is not covered on a day whose withdrawal at noon was recorded first',
      [granted(DAY), withdrawn(NOON), shared(DAY)],
      DAY,
      false,
    ],
    ['is covered on a day whose consent at noon was recorded first', [granted(NOON), shared(DAY)], DAY, true],
    [
      'is not covered by a consent of that day that was recorded after it',
      [shared(TEN), granted(DAY)],
      TEN,
      false,
    ],
    [
      'is covered at ten by a consent that was withdrawn at noon',
      [granted(DAY), withdrawn(NOON), shared(TEN)],
      TEN,
      true,
    ],
  ])('%s', (_, events, at, isCovered) => {
    const person = henri(...events);
    const act = person.acts.get(id('Disclosure', 1))!;
    const { discloser, purpose } = act;
    const passing = {
      item: id('Item', 1),
      category: undefined,
      recipient: act.recipients[0]!,
      discloser,
      purpose,
    };
    const holds = basisInForce(person, act, passing);
    expect(covers(holds, startMs(at))).toBe(isCovered);
    if (events.length > 2) expect(covers(holds, startMs(civilDate('2026-01-11')))).toBe(false);
  });
});
