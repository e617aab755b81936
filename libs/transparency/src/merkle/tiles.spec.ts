import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64, concat, utf8 } from '../bytes.js';
import { entryBundle, parseEntryBundle } from './bundle.js';
import { leafHash } from './hashes.js';
import { proveInclusion } from './prove.js';
import {
  newTiles,
  nodesFromTiles,
  parseTile,
  parseTilePath,
  tileBytes,
  tilePath,
  tileWidth,
} from './tiles.js';
import { appendLeaves, EMPTY_RANGE, type NodeReader } from './tree.js';

describe('tile paths', () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 2, index: 1000, width: 1 }, 'tile/2/x001/000.p/1'],
    [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
    [{ level: 'entries', index: 67_001, width: 112 }, 'tile/entries/x067/001.p/112'],
  ] as const)('of %j is %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  test('come back as the tile they were made from', () => {
    const level = fc.oneof(fc.nat(63), fc.constant('entries' as const));
    fc.assert(
      fc.property(level, fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (l, index, width) => {
        const tile = { level: l, index, width };
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  test.each([
    '',
    'tile',
    '/tile/0/000',
    'tile/0/000/',
    'tile/00/000',
    'tile/64/000',
    'tile/-1/000',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000/067',
    'tile/0/001/067',
    'tile/0/x001/x067',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/',
    'tile/0/000.p',
    'tile/data/000',
    'tile/8/0/000',
    'tile/0/000.p/5/1',
    `tile/0/${'x999/'.repeat(6)}999`,
    'tile/0/000\n',
  ])('are nothing else: %j', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  test.each([
    { level: 64, index: 0, width: 1 },
    { level: 0, index: -1, width: 1 },
    { level: 0, index: 0, width: 0 },
    { level: 0, index: 0, width: 257 },
  ])('are refused for %j', (tile) => {
    expect(() => tilePath(tile)).toThrow(RangeError);
  });
});

describe('tiles', () => {
  const leaves = Array.from({ length: 70_000 }, (_, i) => leafHash(utf8(`${i}`)));
  const { nodes } = appendLeaves(EMPTY_RANGE, leaves);
  const stored = new Map(nodes.map(({ level, index, hash }) => [level * 2 ** 40 + index, hash]));
  const reader: NodeReader = {
    node(level, index) {
      const hash = stored.get(level * 2 ** 40 + index);
      if (!hash) throw new RangeError(`no node ${level}/${index}`);
      return hash;
    },
  };

  test('of a tree of 70,000 are 273 full ones and three partial ones beside one full', () => {
    const tiles = newTiles(0, 70_000);
    const partial = tiles.filter(({ width }) => width < 256);
    expect(tiles.length - partial.length).toBe(274);
    expect(partial.map(tilePath)).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
    expect(newTiles(0, 256).map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1']);
    expect(newTiles(0, 0)).toEqual([]);
  });

  test('that are new are those whose width changed', () => {
    fc.assert(
      fc.property(fc.nat(70_000), fc.nat(70_000), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const expected = newTiles(0, to).filter(
          ({ level, index, width }) => tileWidth(level, index, from) < width,
        );
        expect(newTiles(from, to)).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  test('are enough to prove anything, with no other node stored', () => {
    const tiles = new Map(newTiles(0, 70_000).map((tile) => [tilePath(tile), tileBytes(tile, reader)]));
    const fromTiles = nodesFromTiles(70_000, (tile) => tiles.get(tilePath(tile))!);
    fc.assert(
      fc.property(fc.nat(69_999), (index) => {
        const proof = proveInclusion(index, 70_000, fromTiles).map(base64);
        expect(proof).toEqual(proveInclusion(index, 70_000, reader).map(base64));
      }),
      { numRuns: 30 },
    );
    expect(() => fromTiles.node(0, 70_000)).toThrow(RangeError);
    expect(() => fromTiles.node(16, 1)).toThrow(RangeError);
    expect(() => nodesFromTiles(300, () => new Uint8Array(32)).node(0, 0)).toThrow(RangeError);
  });

  test('hold exactly their hashes', () => {
    expect(parseTile(new Uint8Array(64), 2)).toHaveLength(2);
    expect(parseTile(new Uint8Array(65), 2)).toBeUndefined();
    expect(() => tileBytes({ level: 'entries', index: 0, width: 1 }, reader)).toThrow(RangeError);
  });
});

describe('entry bundles', () => {
  test('give back the entries that were put in', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (entries) => {
        expect(parseEntryBundle(entryBundle(entries))?.map(base64)).toEqual(entries.map(base64));
      }),
    );
    expect([...entryBundle([utf8('ab')])]).toEqual([0, 2, 97, 98]);
  });

  test('carry 65,535 bytes an entry and no more', () => {
    expect(parseEntryBundle(entryBundle([new Uint8Array(65_535)]))?.[0]).toHaveLength(65_535);
    expect(() => entryBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });

  test('are refused when cut off', () => {
    const whole = entryBundle([utf8('abc'), utf8('')]);
    for (const length of [1, 2, 3, 4, 6]) expect(parseEntryBundle(whole.subarray(0, length))).toBeUndefined();
    expect(parseEntryBundle(concat(whole, Uint8Array.of(0)))).toBeUndefined();
  });
});
