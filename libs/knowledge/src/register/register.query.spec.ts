import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { ReadStore, type Row } from '#read-store';
import type { Reader } from '../reader.query.js';
import { REGISTER } from './register.projection.js';
import { RegisterHandler, RegisterQuery } from './register.query.js';

const { CCAS, id, SSIAD } = personTesting;

let folder: string;
let store: ReadStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-register-'));
  store = ReadStore.open(join(folder, 'read.db'), [REGISTER]);
  store.createIndexes([REGISTER]);
  for (const [n, from] of [10, 20, 20, 20, 30].entries()) record(String(n), from);
  record('elsewhere', 20, CCAS);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

function record(disclosure: string, effective_from: number, institution: string = SSIAD): void {
  const act = { disclosure, institution, direction: 'out', person: id('Person', 1), effective_from };
  const row: Row = { ...act, discloser: null, recipients: '[]', items: '[]', deferral: null };
  store.apply([{ table: REGISTER, scope: { disclosure }, rows: [row as never], recordedMs: 1 }], 1);
}

const all: Reader['rows'] = (...query) => store.all(...query);
const ask = (
  fromMs: number,
  toMs: number,
  page: { validMs?: number; from?: [number, string] } = {},
  rows = all,
) => {
  const reader = { rows, institutionName: () => 'x' } as unknown as Reader;
  const request = { validMs: 100, knownMs: 100, limit: 2, from: undefined, ...page };
  return new RegisterHandler(reader).execute(new RegisterQuery(SSIAD, fromMs, toMs, request));
};

describe('the register', () => {
  test('is that of the institution, within the period and up to the moment, page by page', async () => {
    const told = async (...query: Parameters<typeof ask>) => {
      const { rows, next } = await ask(...query);
      return [rows.map((row) => row.disclosure), next];
    };
    expect(await told(0, 100)).toEqual([
      ['0', '1'],
      [20, '1'],
    ]);
    expect(await told(0, 100, { from: [20, '1'] })).toEqual([
      ['2', '3'],
      [20, '3'],
    ]);
    expect(await told(0, 100, { from: [20, '3'] })).toEqual([['4'], undefined]);
    expect(await told(20, 30, { from: [20, '1'] })).toEqual([['2', '3'], undefined]);
    expect(await told(20, 100, { validMs: 10 })).toEqual([[], undefined]);
    expect(await told(0, 10)).toEqual([[], undefined]);
  });

  test('begins a page where the one before ended: no page reads again what is before it', async () => {
    const plan: string[] = [];
    await ask(0, 100, { from: [20, '1'] }, (sql, ...parameters) => {
      plan.push(...store.all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters).map(({ detail }) => String(detail)));
      return [];
    });
    const seek = 'institution=? AND (effective_from,disclosure)>(?,?) AND effective_from<?';
    expect(plan).toEqual([`SEARCH register USING INDEX register_0 (${seek})`]);
  });
});
