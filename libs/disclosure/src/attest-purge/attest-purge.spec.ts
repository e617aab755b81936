import { describe, expect, test } from '@jest/globals';
import { asId } from '#decider';
import { personTesting, type PersonEvent, type PurgeAttested } from '#person';
import { civilDate } from '#time';
import { noel, nurse, reported } from '../testing.js';
import { attestPurge } from './attest-purge.js';

type Purge = PurgeAttested['data'];

const { described, facts, henri, id, rejectionOf } = personTesting;
const effectiveAt = civilDate('2026-02-10');
const purge: Purge = { holder: noel, items: [id('Item', 1)], remains: 'nothing' };
const attested: PersonEvent = { type: 'PurgeAttested', data: purge, effectiveAt };
const told = [described(1), described(2), reported()];

function attesting(overrides: Partial<Purge> = {}, history: readonly PersonEvent[] = told, at = effectiveAt) {
  const { holder } = { ...purge, ...overrides };
  const own = holder.kind === 'mandate' ? { callerInstitution: holder.institution } : {};
  return attestPurge(henri(...history), { purge: { ...purge, ...overrides }, effectiveAt: at }, facts(own));
}

describe('attest a purge', () => {
  test('records what was destroyed, by whoever received it', () => {
    expect(attesting()).toEqual({ kind: 'accepted', events: [attested] });
  });

  test('records what remains and why, by whoever learnt it first', () => {
    const remembered = attesting({ holder: nurse, remains: 'memory', why: 'Entendu en réunion.' });
    expect(remembered.kind).toBe('accepted');
  });

  test('takes one who passed on what no holding explains', () => {
    const passedOn = [described(), reported({ discloser: noel, recipients: [] })];
    expect(attesting({}, passedOn).kind).toBe('accepted');
  });

  test('is for the institution of the holder', () => {
    const elsewhere = attestPurge(henri(...told), { purge, effectiveAt }, facts());
    expect(rejectionOf(elsewhere)).toMatchObject({ kind: 'not-permitted', field: 'holder' });
  });

  test('records nothing the second time', () => {
    expect(attesting({}, [...told, attested])).toEqual({ kind: 'accepted', events: [] });
  });

  test('records a purge of what was learnt again, or of what had remained', () => {
    const again = { ...reported({ disclosure: id('Disclosure', 2) }), effectiveAt: civilDate('2026-02-12') };
    const learntAgain = attesting({}, [...told, attested, again], civilDate('2026-02-13'));
    expect(learntAgain).toMatchObject({ events: [{ type: 'PurgeAttested' }] });
    const remembered: PersonEvent = {
      type: 'PurgeAttested',
      data: { ...purge, remains: 'memory', why: 'Entendu.' },
      effectiveAt,
    };
    expect(attesting({}, [...told, remembered])).toMatchObject({ events: [{ type: 'PurgeAttested' }] });
  });

  test.each<[string, string, Partial<Purge>]>([
    ['empty-scope', 'items', { items: [] }],
    ['unknown-reference', 'items[1]', { items: [id('Item', 1), id('Item', 9)] }],
    ['unknown-reference', 'holder.outsider', { holder: { kind: 'outsider', outsider: asId('x') } }],
    ['contradiction', 'why', { remains: 'memory' }],
    ['not-held', 'items[1]', { items: [id('Item', 1), id('Item', 2)] }],
  ])('refuses %s in %s', (kind, field, overrides) => {
    expect(rejectionOf(attesting(overrides))).toMatchObject({ kind, field });
  });

  test.each([
    ['date-in-future', 'effectiveAt', '2026-03-02'],
    ['date-before-birth', 'effectiveAt', '1948-03-11'],
    ['not-held', 'items[0]', '2026-01-08'],
  ])('refuses %s in %s: %s', (kind, field, date) => {
    expect(rejectionOf(attesting({}, told, civilDate(date)))).toMatchObject({ kind, field });
  });
});
