import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { generations, ReadStore, removeGeneration, shapeOf, type ResolvedChange } from './read-store.js';
import { AS_KNOWN, OPEN_END, type Table } from './table.js';

const COLOUR: Table = {
  name: 'colour',
  columns: { thing: 'TEXT', side: 'TEXT', colour: 'TEXT', seal: 'BLOB' },
  scope: ['thing'],
  indexes: [['colour', 'recorded_to']],
};

let folder: string;
let made = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sillage-read-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const newStore = () => ReadStore.open(join(folder, `store-${made++}.db`), [COLOUR]);

/** "From then on the thing has these colours, one a side." */
function painted(thing: string, recordedMs: number, ...colours: readonly string[]): ResolvedChange {
  const rows = colours.map((colour, side) => ({ thing, side: String(side), colour, seal: null }));
  return { table: COLOUR, scope: { thing }, rows, recordedMs };
}

function believed(store: ReadStore, thing: string, known: number): readonly unknown[] {
  const sql = `SELECT colour FROM colour WHERE thing = :thing AND ${AS_KNOWN} ORDER BY side`;
  return store.all(sql, { thing, known }).map((row) => row['colour']);
}

const lines = (store: ReadStore) =>
  store
    .all('SELECT side, colour, recorded_from, recorded_to FROM colour ORDER BY recorded_from, side')
    .map((row) => Object.values(row));

describe('rows of one scope', () => {
  test('are closed when others take their place, and stay to be asked for', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red')], 1);
    store.apply([painted('door', 200, 'blue')], 2);
    expect(lines(store)).toEqual([
      ['0', 'red', 100, 200],
      ['0', 'blue', 200, OPEN_END],
    ]);
    expect([99, 100, 199, 200].map((at) => believed(store, 'door', at))).toEqual([
      [],
      ['red'],
      ['red'],
      ['blue'],
    ]);
  });

  test('that are as they were are left alone', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red', 'green')], 1);
    store.apply([painted('door', 200, 'red', 'blue')], 2);
    expect(lines(store)).toEqual([
      ['0', 'red', 100, OPEN_END],
      ['1', 'green', 100, 200],
      ['1', 'blue', 200, OPEN_END],
    ]);
  });

  test('end where nothing takes their place', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red')], 1);
    store.apply([painted('door', 200)], 2);
    expect(lines(store)).toEqual([['0', 'red', 100, 200]]);
    expect(believed(store, 'door', 200)).toEqual([]);
  });

  test('that were believed for no time at all leave nothing behind', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red'), painted('door', 100, 'blue'), painted('door', 100)], 1);
    expect(lines(store)).toEqual([]);
    store.apply([painted('door', 100, 'red')], 2);
    store.apply([painted('door', 100, 'blue')], 3);
    expect(lines(store)).toEqual([['0', 'blue', 100, OPEN_END]]);
  });

  test('of another scope are not touched', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red'), painted('wall', 100, 'red')], 1);
    store.apply([painted('door', 200, 'blue')], 2);
    expect(believed(store, 'wall', 300)).toEqual(['red']);
  });

  test('say at every moment what the last change before it said', () => {
    const colour = fc.constantFrom('red', 'blue', 'green');
    const change = fc.record({
      thing: fc.constantFrom('door', 'wall'),
      colours: fc.array(colour, { maxLength: 3 }),
      wait: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }), (batches) => {
        const store = newStore();
        const said: ResolvedChange[] = [];
        let ms = 0;
        for (const [i, batch] of batches.entries()) {
          const changes = batch.map(({ thing, colours, wait }) => painted(thing, (ms += wait), ...colours));
          said.push(...changes);
          store.apply(changes, i);
        }
        for (let at = -1; at <= ms + 1; at++)
          for (const thing of ['door', 'wall']) {
            const last = said.findLast((one) => one.scope['thing'] === thing && one.recordedMs <= at);
            expect(believed(store, thing, at)).toEqual(last ? last.rows.map((row) => row['colour']) : []);
          }
        store.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('a read store', () => {
  test('changes rows and checkpoint together or not at all', () => {
    const store = newStore();
    store.apply([painted('door', 100, 'red')], 7);
    const broken: ResolvedChange = { ...painted('door', 200, 'blue'), table: { ...COLOUR, name: 'nothing' } };
    expect(() => store.apply([painted('wall', 200, 'blue'), broken], 8)).toThrow('nothing');
    expect(store.checkpoint).toBe(7);
    expect(believed(store, 'wall', 300)).toEqual([]);
    expect(store.newestRecordedMs).toBe(100);
    store.apply([painted('wall', 200, 'blue')], 8);
    expect(store.checkpoint).toBe(8);
  });

  test('remembers checkpoint, shape and the newest fact when it is opened again', () => {
    const store = newStore();
    store.apply([painted('door', 500, 'red')], 3);
    store.apply([painted('wall', 400, 'red')], 4);
    store.close();
    const again = ReadStore.open(store.path, [COLOUR]);
    expect([again.checkpoint, again.newestRecordedMs]).toEqual([4, 500]);
    expect(again.meta('shape')).toBe(shapeOf([COLOUR]));
  });

  test('that is new knows nothing', () => {
    const store = newStore();
    expect([store.checkpoint, store.newestRecordedMs < 0, store.meta('complete')]).toEqual([
      0,
      true,
      undefined,
    ]);
  });

  test('keeps bytes and empty cells as they are', () => {
    const store = newStore();
    const seal = new Uint8Array([0, 255, 1]);
    const change = painted('door', 1, 'red');
    store.apply([{ ...change, rows: [{ thing: 'door', side: '0', seal }] }], 1);
    const [row] = store.all('SELECT colour, seal FROM colour');
    expect([row!['colour'], [...(row!['seal'] as Uint8Array)]]).toEqual([null, [...seal]]);
  });
});

describe('the shape of tables', () => {
  test.each<[string, Table]>([
    ['a column', { ...COLOUR, columns: { ...COLOUR.columns, gloss: 'TEXT' } }],
    ['the type of a column', { ...COLOUR, columns: { ...COLOUR.columns, seal: 'TEXT' } }],
    ['the scope', { ...COLOUR, scope: ['thing', 'side'] }],
    ['an index', { ...COLOUR, indexes: [] }],
  ])('differs with %s', (_, other) => {
    expect(shapeOf([other])).not.toBe(shapeOf([COLOUR]));
  });
});

describe('generations', () => {
  test('are found newest first, by number, and removed with all that belongs to them', () => {
    const inside = mkdtempSync(join(folder, 'generations-'));
    for (const n of [2, 10, 9]) ReadStore.open(join(inside, `read-${n}.db`), [COLOUR]).close();
    expect(generations(inside).map(({ n }) => n)).toEqual([10, 9, 2]);
    removeGeneration(join(inside, 'read-10.db'));
    removeGeneration(join(inside, 'read-99.db'));
    expect(generations(inside).map(({ n }) => n)).toEqual([9, 2]);
  });
});
