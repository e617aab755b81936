import { describe, expect, it } from '@jest/globals';
import { assessed } from './expect.js';
import {
  agreed,
  care,
  EVERYTHING,
  item,
  mandate,
  outsider,
  professional,
  scopeOf,
  service,
  stranger,
  told,
  type Situation,
  type Somebody,
} from './given.js';

const ASS: Somebody = { is: ['social-worker'], bound: ['social-work-profession'] };
const SAVS: Somebody = { at: 'SAVS', is: ['educator', 'esms-staff'], bound: ['care-participation'] };
const notes = item('notes', 'social-follow-up-notes');

/** Told beforehand, and agreed expressly. */
function open(items: Situation['items'], to: ReturnType<typeof service>) {
  const scope = scopeOf(items, [to], 'social-follow-up');
  return {
    informations: [told('2026-03-01', scope)],
    consents: [agreed('2026-03-01', scope, { explicit: true })],
  };
}

describe('the reverse is never allowed', () => {
  const neighbour = stranger('neighbour', 'relative');
  const ana = professional('Ana', ASS);
  const told1: Situation = {
    discloser: ana,
    recipients: [neighbour],
    items: [{ ...item('debts', 'resources-debt'), level: 'public' }],
    at: '2026-03-02',
    purpose: 'social-follow-up',
    facts: open([item('debts', 'resources-debt')], outsider('neighbour')),
  };

  it('a secret declared public', () => {
    expect(assessed(told1).verdict).toBe('deny');
    expect(assessed(told1).cells[0]?.level).toBe('secret');
  });

  it('a secret of somebody without a mandate here, whom a text binds', () => {
    const level = (bound: Partial<Somebody>) => {
      const { secrecy } = professional('doctor', bound);
      const doctor = { ...stranger('doctor'), secrecy, otherMandates: [] };
      return assessed({ ...told1, discloser: doctor }).cells[0]?.level;
    };
    expect(level({ bound: ['health-profession'] })).toBe('secret');
    expect(level({})).toBe('confidential');
  });

  it.each([
    'cp-226-13',
    'csp-l1110-4-i',
    'gdpr-6',
    'csp-l1110-12-care-team',
    'cp-226-14-general',
    'no-such-text',
  ])('%s cited as authorisation, for a neighbour', (provision) => {
    const result = assessed({ ...told1, provision });
    expect(result.verdict).toBe('deny');
    expect(result.points[2]?.state).toBe('block');
  });

  it('a second, unbound mandate of the same person', () => {
    const second = professional('Ana, councillor', {
      facts: { otherMandates: [{ mandate: 'Ana' as never, secrecy: ana.secrecy }] },
    });
    for (const holdings of [
      [],
      [{ id: 'h', holder: 'Ana' as never, purpose: 'social-follow-up' as never }],
    ]) {
      const items = [{ ...item('debts', 'resources-debt'), holdings }];
      expect(assessed({ ...told1, discloser: second, items }).verdict).toBe('deny');
    }
  });

  it.each([
    ['csp-l1110-4-iii-outside-team', 'prior-required'],
    ['csp-l1110-4-ii-exchange', 'objection-possible'],
  ])('after a refusal under %s (%s)', (provision) => {
    const nurse = professional('nurse', {
      at: 'SSIAD',
      is: ['nurse'],
      bound: ['health-profession'],
      care: [care()],
    });
    const facts = open([notes], mandate('nurse'));
    const exchange: Situation = {
      discloser: professional('educator', { ...SAVS, care: [care()] }),
      recipients: [nurse],
      items: [notes],
      at: '2026-03-02',
      purpose: 'social-follow-up',
      provision,
      facts,
    };
    const refusal = {
      kind: 'refusal' as const,
      id: 'r',
      by: { kind: 'person' as const },
      order: 99,
      scope: EVERYTHING,
    };
    const after = { ...facts, against: [{ ...refusal, at: exchange.facts!.informations![0]!.at }] };
    expect(assessed(exchange).verdict).toBe('allow-with-duties');
    expect(assessed({ ...exchange, facts: after }).verdict).toBe('deny');
    expect(assessed({ ...exchange, facts: { ...after, consents: [] } }).verdict).toBe('deny');
  });
});
