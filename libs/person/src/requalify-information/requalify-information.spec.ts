import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import type { InformationRequalified } from '../item.events.js';
import type { PersonEvent } from '../person.events.js';
import { CCAS, described, facts, henri, id, NURSE, rejectionOf, SOCIAL_WORKER, SSIAD } from '../testing.js';
import { requalifyInformation } from './requalify-information.js';

type Requalification = InformationRequalified['data'];

function requalified(said: Partial<Requalification>): InformationRequalified {
  return { type: 'InformationRequalified', data: { item: id('Item', 1), reason: 'Mal classée.', ...said } };
}

function requalifying(said: Partial<Requalification>, history: readonly PersonEvent[] = [described()]) {
  return requalifyInformation(henri(...history), { requalification: requalified(said).data }, facts());
}

describe('requalify an information', () => {
  test.each<[string, Partial<Requalification>]>([
    ['category', { category: asCode('housing') }],
    ['level', { level: 'confidential' }],
    ['label', { label: 'logement à adapter' }],
  ])('records another %s and the reason', (_, said) => {
    expect(requalifying(said)).toEqual({ kind: 'accepted', events: [requalified(said)] });
  });

  test('records nothing the second time, nor where nothing changes', () => {
    const said = { level: 'confidential' } as const;
    expect(requalifying(said, [described(), requalified(said)])).toEqual({ kind: 'accepted', events: [] });
    expect(requalifying({})).toEqual({ kind: 'accepted', events: [] });
  });

  test('is for an institution that holds it', () => {
    const requalification = requalified({ level: 'confidential' }).data;
    const as = (callerInstitution: typeof CCAS, ...more: readonly PersonEvent[]) =>
      requalifyInformation(henri(described(), ...more), { requalification }, facts({ callerInstitution }));
    const holder = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
    const held: PersonEvent = {
      type: 'HoldingDeclared',
      data: { item: id('Item', 1), holder, purpose: asCode('x'), source: { kind: 'person' } },
    };
    const purged = (mandate: typeof NURSE, institution: typeof CCAS): PersonEvent => {
      const by = { kind: 'mandate', mandate, institution } as const;
      return { type: 'PurgeAttested', data: { holder: by, items: [id('Item', 1)], remains: 'nothing' } };
    };
    expect(rejectionOf(as(CCAS))).toMatchObject({ kind: 'not-permitted' });
    expect(as(CCAS, held).kind).toBe('accepted');
    expect(rejectionOf(as(CCAS, held, purged(SOCIAL_WORKER, CCAS)))).toMatchObject({ kind: 'not-permitted' });
    expect(as(SSIAD, held, purged(SOCIAL_WORKER, CCAS)).kind).toBe('accepted');
  });

  test('refuses a category that the catalogue does not hold', () => {
    expect(rejectionOf(requalifying({ category: asCode('gossip') }))).toMatchObject({
      kind: 'unknown-code',
      field: 'category',
    });
  });

  test('refuses an item of somebody else', () => {
    expect(rejectionOf(requalifying({ level: 'secret' }, []))).toMatchObject({ kind: 'not-found' });
  });
});
