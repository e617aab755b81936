import { describe, expect, test } from '@jest/globals';
import { asId, type Instant } from '#decider';
import { personFold, personTesting, type ActivePerson, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { closePerson } from './complete-erasure.js';

const { henri, id, NURSE, SSIAD } = personTesting;

const requested: PersonEvent = { type: 'ErasureRequested', data: { request: 'r' } };
const held: PersonEvent = { type: 'LegalHoldPlaced', data: { hold: 'h', ground: 'procès' } };
const notice: PersonEvent = {
  type: 'NoticeIssued',
  data: {
    notice: id('Notice', 1),
    to: { kind: 'mandate', mandate: NURSE, institution: SSIAD },
    items: [id('Item', 1)],
    disclosures: [id('Disclosure', 1)],
    because: asId<'Event'>('e'),
    since: civilDate('2026-02-20'),
    asks: 'purge',
    answerBy: civilDate('2026-03-31'),
  },
};
const answered: PersonEvent = { type: 'NoticeClosed', data: { notice: id('Notice', 1), reason: 'x' } };

/** Some days after the request. */
function closing(person: ActivePerson, days = 1) {
  const at = Date.parse(person.erasureRequested?.at ?? '2026-03-01T12:00:00.000Z');
  return closePerson(person, new Date(at + days * 86_400_000).toISOString() as Instant);
}

describe('complete an erasure', () => {
  test('closes the stream once every notice has ended', () => {
    const closed = { kind: 'accepted', events: [{ type: 'StreamClosed', data: { request: 'r' } }] };
    expect(closing(henri(requested))).toEqual(closed);
    expect(closing(henri(requested, notice, answered))).toEqual(closed);
  });

  test('waits for answers, for 30 days at most', () => {
    const person = henri(requested, notice);
    expect(closing(person, 29)).toMatchObject({ rejection: { kind: 'decision-needed' } });
    expect(closing(person, 30)).toMatchObject({ kind: 'accepted', events: [{ type: 'StreamClosed' }] });
  });

  test('is refused under a legal hold, however long ago it was requested', () => {
    expect(closing(henri(requested, held), 60)).toMatchObject({ rejection: { kind: 'not-permitted' } });
  });

  test('is refused where nobody requested it, and for nobody', () => {
    expect(closing(henri())).toMatchObject({ rejection: { kind: 'contradiction' } });
    expect(closePerson(personFold.initial, '2026-03-01T12:00:00.000Z' as Instant)).toMatchObject({
      rejection: { kind: 'not-found' },
    });
  });

  test('records nothing the second time', () => {
    const again = closePerson({ status: 'closed' }, '2026-03-01T12:00:00.000Z' as Instant);
    expect(again).toEqual({ kind: 'accepted', events: [] });
  });
});
