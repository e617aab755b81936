import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personTesting } from '#person';
import { ReadStore, type Row } from '#read-store';
import type { Reader } from '../reader.query.js';
import { FINDING, TREATMENT } from './findings.projection.js';
import { FindingsHandler, FindingsQuery } from './findings.query.js';

const { CCAS, id, SSIAD } = personTesting;
const TABLES = [FINDING, TREATMENT];
const PERSON = id('Person', 1);

let folder: string;
let store: ReadStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-findings-'));
  store = ReadStore.open(join(folder, 'read.db'), TABLES);
  store.createIndexes(TABLES);
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const found = (ref: string, institution: string, person: string = PERSON): Row => {
  const what = { rule: 'recorded-late', severity: 'minor', disclosure: 'x', item: null, holder: null };
  const row = { person, about: 'x', id: ref, institution, ...what, facts: '[]', deferral: null };
  return { ...row, valid_from: 5, valid_to: 50 };
};
const record = (recordedMs: number, ...rows: readonly Row[]) =>
  store.apply(
    [{ table: FINDING, scope: { person: PERSON, about: 'x' }, rows: rows as never, recordedMs }],
    recordedMs,
  );
const ask = (own: string | null, asked: FindingsQuery['asked'] = {}, rows: Reader['rows'] = all) => {
  const page = { validMs: 10, knownMs: 30, limit: 10, from: undefined };
  const reach = { institution: own, debtor: 'mandate:x', asked: null };
  return new FindingsHandler({ rows } as Reader).execute(new FindingsQuery(asked, reach, page));
};
const all: Reader['rows'] = (...query) => store.all(...query);
/** How SQLite looks up what this institution sees; null: what everybody does. */
async function planOf(own: string | null): Promise<string> {
  const plan: unknown[] = [];
  await ask(own, {}, (sql, ...parameters) => {
    plan.push(...store.all(`EXPLAIN QUERY PLAN ${sql}`, ...parameters).map(({ detail }) => detail));
    return [];
  });
  return plan.join();
}

describe('what is found', () => {
  test('is that of who asks, and of what is asked for, and tells when it was first seen', async () => {
    record(10, found('1', SSIAD), found('2', CCAS));
    record(20, found('2', CCAS));
    record(25, found('1', SSIAD), found('2', CCAS));
    const ids = async (...query: Parameters<typeof ask>) => (await ask(...query)).rows.map((row) => row.id);
    expect(await ids(null)).toEqual(['1', '2']);
    expect(await ids(SSIAD)).toEqual(['1']);
    expect(await ids(SSIAD, { institution: CCAS })).toEqual([]);
    expect(await ids(null, { institution: CCAS, person: PERSON })).toEqual(['2']);
    expect(await ids(null, { person: id('Person', 2) })).toEqual([]);
    const [first] = (await ask(SSIAD)).rows;
    expect(first!.firstSeen).toBe('1970-01-01T00:00:00.010Z');
  });

  test('is looked up by its institution, in the order of pages', async () => {
    const plan = await planOf(SSIAD);
    expect(plan).toContain('SEARCH f USING INDEX finding_0 (institution=?');
    expect(plan).toContain('SEARCH e USING INDEX finding_by_scope (person=? AND about=?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('is read in the order of pages where it is everybody’s', async () => {
    const plan = await planOf(null);
    expect(plan).toContain('SEARCH f USING INDEX finding_1 ((valid_from,id)>(?,?)');
    expect(plan).not.toContain('TEMP B-TREE');
  });
});
