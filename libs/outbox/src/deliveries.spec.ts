import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { Deliveries, type Delivery } from './deliveries.js';

const { id, CCAS, SSIAD } = personTesting;
const NOW = Date.parse('2026-02-20T09:00:00Z');
const DAY_MS = 86_400_000;

let folder: string;
let deliveries: Deliveries;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-outbox-'));
  deliveries = Deliveries.open(join(folder, 'outbox.db'));
});
afterEach(() => {
  deliveries.close();
  rmSync(folder, { recursive: true });
});

function queued(n = 1, institution = SSIAD, atMs = NOW): Delivery {
  deliveries.put({ notice: id('Notice', n), person: id('Person', 1), institution }, atMs);
  return deliveries.ofPerson(id('Person', 1)).find(({ notice }) => notice === id('Notice', n))!;
}

describe('deliveries', () => {
  test('are queued once, whatever became of them', () => {
    const first = queued();
    expect(first).toMatchObject({ state: 'pending', attempts: 0, nextTryMs: NOW, lastError: null });
    deliveries.delivered(first);
    expect(queued().state).toBe('delivered');
    expect(deliveries.undelivered('', 9)).toEqual([]);
  });

  test('have the same id after the file was lost', () => {
    const { delivery } = queued();
    deliveries.remove(queued());
    expect(queued(1, SSIAD, NOW + 5).delivery).toBe(delivery);
    expect(queued(2).delivery).not.toBe(delivery);
  });

  test('are due for those first who have waited longest', () => {
    queued(1, CCAS, NOW);
    queued(2, SSIAD, NOW - 5);
    queued(3, SSIAD, NOW + 5);
    expect(deliveries.institutionsDue(NOW)).toEqual([SSIAD, CCAS]);
    expect(deliveries.nextDue(SSIAD, NOW)?.notice).toBe(id('Notice', 2));
    expect(deliveries.institutionsDue(NOW - 5)).toEqual([SSIAD]);
    expect(deliveries.nextDue(CCAS, NOW - 5)).toBeUndefined();
  });

  test('are tried later and later, and end as dead letters that can be raised', () => {
    let tries = 0;
    for (let one = queued(); one.state === 'pending'; one = queued(), tries++)
      deliveries.failed(one, 'timeout', NOW);
    expect(tries).toBe(11);
    expect(queued()).toMatchObject({ state: 'dead', attempts: 11, nextTryMs: null, lastError: 'timeout' });
    expect(deliveries.institutionsDue(NOW + 9 * DAY_MS)).toEqual([]);
    expect(deliveries.retry(queued().delivery, NOW)).toMatchObject({ state: 'pending', attempts: 0 });
    expect(deliveries.institutionsDue(NOW)).toEqual([SSIAD]);
  });

  test('are not put off by a clock that was set back', () => {
    deliveries.failed(queued(), 'timeout', NOW + 300 * DAY_MS);
    expect(deliveries.institutionsDue(NOW)).toEqual([SSIAD]);
    expect(deliveries.nextDue(SSIAD, NOW)).toBeDefined();
    deliveries.failed(queued(), 'timeout', NOW);
    expect(deliveries.institutionsDue(NOW)).toEqual([]);
  });

  test('wait without a webhook, until there is one', () => {
    deliveries.park(queued());
    expect(deliveries.institutionsDue(NOW + DAY_MS)).toEqual([]);
    deliveries.wake(CCAS, NOW);
    expect(deliveries.institutionsDue(NOW)).toEqual([]);
    deliveries.wake(SSIAD, NOW);
    expect(deliveries.institutionsDue(NOW)).toEqual([SSIAD]);
  });

  test('that are done are neither woken nor raised', () => {
    deliveries.delivered(queued());
    deliveries.wake(SSIAD, NOW);
    expect(deliveries.retry(queued().delivery, NOW)).toBeUndefined();
    expect(deliveries.institutionsDue(NOW)).toEqual([]);
  });
});
