import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate } from '#decider';
import { AS_KNOWN, AS_VALID } from '#read-store';
import { dayOf, endMs, epochMs, instantOf } from '#time';
import { remembered } from '../remembered.testing.js';
import { day, DAYS } from './history-parts.testing.js';
import { histories } from './history.testing.js';
import { naiveWhoKnows } from './naive.testing.js';

const QUESTIONS = 40;
const RUNS = 250;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const questions = fc.array(fc.record({ day: fc.nat(DAYS + 10), known: fc.nat(45 * 25) }), {
  minLength: QUESTIONS,
  maxLength: QUESTIONS,
});

describe('who knows', () => {
  test(`${RUNS * QUESTIONS} questions over random histories are answered as by a naive reading`, () => {
    let n = 0;
    fc.assert(
      fc.property(histories, questions, (history, asked) => {
        const store = remembered(join(folder, `${n++}.db`), history);
        for (const question of asked) {
          const at = day(question.day) as CivilDate;
          const known = epochMs(history[0]!.recordedAt) + question.known * 3_600_000;
          const found = store.all(
            `SELECT item, holder, status, since FROM knowledge WHERE ${AS_VALID} AND ${AS_KNOWN}`,
            { valid: endMs(at) - 1, known },
          );
          const rows = found
            .map((row) => ({ ...row, since: dayOf(instantOf(row['since'] as number)) }))
            .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
          expect(rows).toEqual(naiveWhoKnows(history, at.date, instantOf(known)));
        }
        store.close();
      }),
      { numRuns: RUNS },
    );
  }, 300_000);
});

function keyOf(row: object): string {
  const { item, holder } = row as { item: string; holder: string };
  return item + holder;
}
