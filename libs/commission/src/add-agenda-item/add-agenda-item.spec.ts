import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import type { CommissionEvent } from '../commission.events.js';
import { ccapexWith, closed, convened, onAgenda } from '../testing.js';
import { addAgendaItem } from './add-agenda-item.js';

const { id } = personTesting;
const item = { session: id('Session', 1), case: id('Case', 1) };
const add = (referredHere: boolean, ...before: readonly CommissionEvent[]) =>
  addAgendaItem(ccapexWith(...before), { item, referredHere });

describe('put a case on the agenda', () => {
  test('records the id of the case, and nothing the second time', () => {
    expect(add(true, convened)).toEqual({ kind: 'accepted', events: [onAgenda] });
    expect(add(true, convened, onAgenda)).toEqual({ kind: 'accepted', events: [] });
  });

  test('refuses a case of nobody, or of another commission', () => {
    expect(add(false, convened)).toMatchObject({ rejection: { kind: 'unknown-reference', field: 'case' } });
  });

  test('needs a session that is there and open', () => {
    expect(add(true)).toMatchObject({ rejection: { kind: 'not-found' } });
    expect(add(true, convened, closed)).toMatchObject({ rejection: { kind: 'already-ended' } });
  });
});
