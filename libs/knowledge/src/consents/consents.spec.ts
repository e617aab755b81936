import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate } from '#decider';
import { AS_KNOWN, AS_VALID } from '#read-store';
import { endMs, epochMs, instantOf } from '#time';
import { remembered } from '../remembered.testing.js';
import { day, DAYS } from '../who-knows/history-parts.testing.js';
import { wordyHistories } from '../who-knows/history.testing.js';
import { naiveWills } from './naive-wills.testing.js';

const QUESTIONS = 10;
const RUNS = 40;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const questions = fc.array(
  fc.record({ day: fc.nat(DAYS + 10), known: fc.integer({ min: 5, max: 45 * 25 }) }),
  {
    minLength: QUESTIONS,
    maxLength: QUESTIONS,
  },
);

describe('what was said', () => {
  test(`stands at ${RUNS * QUESTIONS} date pairs of random histories as in a naive reading`, () => {
    let n = 0;
    const seen = new Set<string>();
    fc.assert(
      fc.property(wordyHistories, questions, (history, asked) => {
        const store = remembered(join(folder, `${n++}.db`), history);
        for (const question of asked) {
          const at = day(question.day) as CivilDate;
          const known = epochMs(history[0]!.recordedAt) + question.known * 3_600_000;
          const rows = store
            .all(`SELECT id, state, overtaken_by FROM will WHERE ${AS_VALID} AND ${AS_KNOWN} ORDER BY id`, {
              valid: endMs(at) - 1,
              known,
            })
            .map(({ id, state, overtaken_by: by }) => ({
              id,
              state,
              overtakenBy: (JSON.parse(by as string) as { id: string }[]).map((one) => one.id).sort(),
            }));
          expect(rows).toEqual(naiveWills(history, at.date, instantOf(known)));
          for (const { state } of rows) seen.add(state as string);
        }
        store.close();
      }),
      { numRuns: RUNS },
    );
    const states = [
      'not-yet',
      'in-force',
      'narrowed',
      'overtaken',
      'withdrawn',
      'expired',
      'standing',
      'lifted',
    ];
    expect([...seen].sort()).toEqual(states.sort());
  }, 300_000);
});
