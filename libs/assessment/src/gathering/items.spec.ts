import { describe, expect, test } from '@jest/globals';
import { asCode, recorded, type Recorded } from '#decider';
import { personTesting, withPlaced, type ActivePerson, type DisclosureData, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { itemsOf } from './items.js';

const { CCAS, described, henri, id, NURSE, SOCIAL_WORKER, SSIAD } = personTesting;

const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
const worker = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
const third = { kind: 'mandate', mandate: id<'Mandate'>('Mandate', 3), institution: CCAS } as const;
const learnt = { ...described(), effectiveAt: civilDate('2026-01-01') } as PersonEvent;

function told(n: number, day: string, data: Partial<DisclosureData>): PersonEvent {
  const act: DisclosureData = {
    disclosure: id('Disclosure', n),
    discloser: nurse,
    items: [{ item: id('Item', 1) }],
    recipients: [worker],
    purpose: asCode('care-coordination'),
    basis: { consents: [], restsOn: 'provision' },
    frame: 'exchange',
    channel: 'phone',
    cites: [],
    ...data,
  };
  return { type: 'DisclosureRecorded', data: act, effectiveAt: civilDate(day) };
}

const item = (person: ActivePerson, discloser: typeof third | typeof worker) =>
  itemsOf(person, [id('Item', 1)], discloser, [])[0]!;

describe('the items of an act', () => {
  const handedOn = told(2, '2026-02-02', { discloser: worker, recipients: [third] });

  test('carry the session and the terms under which their discloser’s sources had them', () => {
    const tabled = told(1, '2026-02-01', { session: 's1', onward: [] });
    const holding = { id: id('Disclosure', 2), holder: third.mandate, session: 's1', onward: [] };
    expect(item(henri(learnt, tabled, handedOn), third).holdings).toMatchObject([holding]);
  });

  test('carry neither where a chain leads round them', () => {
    const tabled = told(1, '2026-02-01', { session: 's1', onward: [] });
    const free = told(3, '2026-02-01', {});
    const [holding] = item(henri(learnt, tabled, free, handedOn), third).holdings;
    expect(holding).not.toHaveProperty('session');
    expect(holding).not.toHaveProperty('onward');
  });

  test('are deferred while a deferral that is in sight covers telling them', () => {
    const event = { ...recorded(told(1, '2026-02-01', {}), 0), position: 5 } as Recorded<PersonEvent>;
    const [placed] = [{ behind: 1, event }] as Parameters<typeof withPlaced>[1];
    const person = henri(learnt);
    expect(item(withPlaced(person, [placed!]), worker)).toMatchObject({ deferred: true });
    expect(item(person, worker)).not.toHaveProperty('deferred');
    const revealed = { type: 'DeferralRevealed', data: { deferral: id('Deferral', 1), facts: [placed] } };
    expect(item(henri(learnt, revealed as unknown as PersonEvent), worker)).not.toHaveProperty('deferred');
  });
});
