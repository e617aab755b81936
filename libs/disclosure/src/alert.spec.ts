import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import type { KnownMandate } from '#directory';
import { personTesting, type Intended } from '#person';
import { assessDisclosure } from './assess-disclosure/assess-disclosure.js';
import { recordDisclosure } from './record-disclosure/record-disclosure.js';
import { aMandate, henriToldOfIt, intendedFacts } from './testing.js';

const { anIntention, described, id, NURSE, SOCIAL_WORKER } = personTesting;

const [bruises, debts] = [id('Item', 1), id('Item', 2)];
const nurse = aMandate(NURSE, { categories: ['ase-mission'] });
const crip = aMandate(SOCIAL_WORKER, { categories: ['crip'] });
const person = henriToldOfIt(described(2));

function alert(...items: Intended['act']['items']): Intended {
  const { act, ...rest } = anIntention();
  return {
    ...rest,
    provision: asCode('casf-l226-2-1'),
    act: { ...act, items, purpose: asCode('child-danger-alert'), frame: 'transmission' },
  };
}

function recorded(intended: Intended, ...parties: readonly KnownMandate[]) {
  const decided = recordDisclosure(person, intended, intendedFacts(...parties));
  if (decided.kind === 'rejected') throw new Error(decided.rejection.detail);
  return decided.events;
}

const needed = { item: bruises, justification: 'hématomes vus ce matin' };
const excessive = { item: debts, justification: 'pour mémoire', unrelated: true };
const unrelated = [{ item: debts, reasons: [expect.objectContaining({ rule: 'p7-unrelated' })] }];

describe('an alert with an excessive item', () => {
  test('goes out without it, and says what was left out and why', () => {
    const events = recorded(alert(needed, excessive), nurse, crip);
    expect(events).toMatchObject([
      { type: 'DisclosureRecorded', data: { items: [{ item: bruises }] } },
      {
        type: 'DisclosureAssessed',
        data: { verdict: 'allow-with-duties', declared: { leftOut: { items: [debts], why: unrelated } } },
      },
    ]);
  });

  test('is answered the same by the dry run', () => {
    expect(assessDisclosure(person, alert(needed, excessive), intendedFacts(nurse, crip))).toMatchObject({
      kind: 'assessed',
      assessment: { verdict: 'allow-with-duties', byItem: [{ item: bruises }] },
      leftOut: unrelated,
    });
  });

  test('is refused where nothing would be left of it', () => {
    expect(recorded(alert(excessive), nurse, crip)).toMatchObject([{ type: 'DisclosureRefused' }]);
  });

  test('is refused whole where it is for the wrong recipient', () => {
    const [refused] = recorded(alert(needed, excessive), nurse);
    expect(refused).toMatchObject({ type: 'DisclosureRefused', data: { items: [bruises, debts] } });
  });

  test('leaves nothing out of what the safety rule does not cover', () => {
    const { act, ...rest } = anIntention();
    const [refused] = recorded({ ...rest, act: { ...act, items: [...act.items, excessive] } });
    expect(refused).toMatchObject({ type: 'DisclosureRefused' });
  });
});
