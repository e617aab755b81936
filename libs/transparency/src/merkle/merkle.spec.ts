import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64, concat, utf8 } from '../bytes.js';
import { sha256, type Hash } from '../crypto.js';
import { EMPTY_ROOT, leafHash, nodeHash } from './hashes.js';
import { proveConsistency, proveInclusion } from './prove.js';
import { appendLeaves, EMPTY_RANGE, rangeAt, rootOf, type NodeReader } from './tree.js';
import { verifyConsistency, verifyInclusion } from './verify.js';

// RFC 6962 section 2.1 read literally: slow, recursive, over the entries themselves.
const naive = {
  root(entries: readonly Uint8Array[]): Hash {
    if (entries.length === 0) return sha256(new Uint8Array(0));
    if (entries.length === 1) return sha256(concat(Uint8Array.of(0), entries[0]!));
    const k = naive.split(entries.length);
    return sha256(concat(Uint8Array.of(1), naive.root(entries.slice(0, k)), naive.root(entries.slice(k))));
  },
  path(m: number, entries: readonly Uint8Array[]): Hash[] {
    if (entries.length === 1) return [];
    const k = naive.split(entries.length);
    const [left, right] = [entries.slice(0, k), entries.slice(k)];
    return m < k
      ? [...naive.path(m, left), naive.root(right)]
      : [...naive.path(m - k, right), naive.root(left)];
  },
  subproof(m: number, entries: readonly Uint8Array[], whole: boolean): Hash[] {
    if (m === entries.length) return whole ? [] : [naive.root(entries)];
    const k = naive.split(entries.length);
    const [left, right] = [entries.slice(0, k), entries.slice(k)];
    return m <= k
      ? [...naive.subproof(m, left, whole), naive.root(right)]
      : [...naive.subproof(m - k, right, false), naive.root(left)];
  },
  split(count: number): number {
    let k = 1;
    while (k * 2 < count) k *= 2;
    return k;
  },
};

function treeOf(entries: readonly Uint8Array[]) {
  const { range, nodes } = appendLeaves(EMPTY_RANGE, entries.map(leafHash));
  const stored = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  const reader: NodeReader = {
    node(level, index) {
      const hash = stored.get(`${level}/${index}`);
      if (hash === undefined) throw new RangeError(`no node ${level}/${index}`);
      return hash;
    },
  };
  return { range, root: rootOf(range), reader };
}

const entriesOf = (size: number) => Array.from({ length: size }, (_, i) => utf8(`entry ${i}`));
const text = (hashes: readonly Hash[]) => hashes.map(base64);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The reference inputs of the Certificate Transparency test suite and the heads they give. */
const KNOWN_INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const KNOWN_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('tree head', () => {
  test('has the known values for 0 to 8 leaves', () => {
    const entries = KNOWN_INPUTS.map((input) => new Uint8Array(Buffer.from(input, 'hex')));
    expect(KNOWN_ROOTS.map((_, size) => hex(treeOf(entries.slice(0, size)).root))).toEqual(KNOWN_ROOTS);
    expect(hex(EMPTY_ROOT)).toBe(KNOWN_ROOTS[0]);
  });

  test('is the same whether leaves come one by one or in batches, and as the literal reading of the RFC', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 9 }), { maxLength: 70 }),
        fc.nat(70),
        (entries, cut) => {
          const leaves = entries.map(leafHash);
          const first = appendLeaves(EMPTY_RANGE, leaves.slice(0, cut)).range;
          const { range } = appendLeaves(first, leaves.slice(cut));
          expect(base64(rootOf(range))).toBe(base64(naive.root(entries)));
        },
      ),
    );
  });

  test('can be had again for every earlier size from the stored subtrees', () => {
    const entries = entriesOf(70);
    const { reader } = treeOf(entries);
    for (let size = 0; size <= 70; size++)
      expect(base64(rootOf(rangeAt(size, reader)))).toBe(base64(naive.root(entries.slice(0, size))));
    expect(() => rangeAt(71, reader)).toThrow(RangeError);
    expect(() => rangeAt(-1, reader)).toThrow(RangeError);
  });
});

describe('inclusion', () => {
  test('is proved as the RFC says, for each leaf of each tree up to 40, and verifies', () => {
    const entries = entriesOf(40);
    const { reader } = treeOf(entries);
    for (let size = 1; size <= 40; size++)
      for (let index = 0; index < size; index++) {
        const proof = proveInclusion(index, size, reader);
        const root = naive.root(entries.slice(0, size));
        expect(text(proof)).toEqual(text(naive.path(index, entries.slice(0, size))));
        expect(verifyInclusion({ index, size, leaf: leafHash(entries[index]!), proof, root })).toBe(true);
      }
  });

  test('refuses every malformed proof', () => {
    const entries = entriesOf(60);
    const { reader } = treeOf(entries);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.nat(), (size, at, bit) => {
        const index = at % size;
        const [leaf, proof] = [leafHash(entries[index]!), proveInclusion(index, size, reader)];
        const root = naive.root(entries.slice(0, size));
        const good = { index, size, leaf, proof, root };
        expect(verifyInclusion(good)).toBe(true);
        const places = [index - 1, index + 1, index ^ 2, index + size, size, -1, 0.5, Number.NaN, 2 ** 53];
        const sizes = [0, -1, size * 2, Math.floor(size / 2), 0.5, Infinity];
        const bad = [
          ...malformed(proof, root, bit).map((changed) => ({ ...good, proof: changed })),
          ...places.map((place) => ({ ...good, index: place })),
          ...sizes.map((other) => ({ ...good, size: other })),
          { ...good, leaf: flip(leaf, bit) },
          { ...good, leaf: new Uint8Array(0) },
          { ...good, root: flip(root, bit) },
          { ...good, root: root.subarray(1) },
          { ...good, root: new Uint8Array(0) },
          { ...good, root: EMPTY_ROOT },
        ];
        expect(bad.filter(verifyInclusion)).toEqual([]);
      }),
    );
  });

  test('refuses a proof that leads to the root but past the top of a tree of that size', () => {
    const [left, leaf] = ['a', 'b'].map((name) => leafHash(utf8(name))) as [Hash, Hash];
    const root = nodeHash(left, leaf);
    expect(verifyInclusion({ index: 1, size: 2, leaf, proof: [left], root })).toBe(true);
    expect(verifyInclusion({ index: 0, size: 1, leaf, proof: [left], root })).toBe(false);
  });

  test('cannot be asked for a leaf outside the tree', () => {
    const { reader } = treeOf(entriesOf(3));
    for (const [index, size] of [
      [3, 3],
      [-1, 3],
      [0, 0],
      [0.5, 3],
    ] as const)
      expect(() => proveInclusion(index, size, reader)).toThrow(RangeError);
  });
});

describe('consistency', () => {
  test('is proved as the RFC says, for each two sizes up to 40, and verifies', () => {
    const entries = entriesOf(40);
    const { reader } = treeOf(entries);
    for (let newSize = 1; newSize <= 40; newSize++)
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = proveConsistency(oldSize, newSize, reader);
        const [oldRoot, newRoot] = [
          naive.root(entries.slice(0, oldSize)),
          naive.root(entries.slice(0, newSize)),
        ];
        expect(text(proof)).toEqual(text(naive.subproof(oldSize, entries.slice(0, newSize), true)));
        expect(verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof })).toBe(true);
      }
  });

  test('refuses every malformed proof', () => {
    const entries = entriesOf(60);
    const { reader } = treeOf(entries);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(), fc.nat(), (newSize, at, bit) => {
        const oldSize = 1 + (at % (newSize - 1));
        const [oldRoot, newRoot] = [
          naive.root(entries.slice(0, oldSize)),
          naive.root(entries.slice(0, newSize)),
        ];
        const good = {
          oldSize,
          oldRoot,
          newSize,
          newRoot,
          proof: proveConsistency(oldSize, newSize, reader),
        };
        expect(verifyConsistency(good)).toBe(true);
        const bad = [
          ...malformed(good.proof, oldRoot, bit).map((proof) => ({ ...good, proof })),
          ...malformed(good.proof, newRoot, bit).map((proof) => ({ ...good, proof })),
          ...[oldSize - 1, oldSize + 1, oldSize ^ 2, 0, -1, newSize, newSize + 1, 0.5].map((other) => ({
            ...good,
            oldSize: other,
          })),
          ...[newSize * 2, Math.floor(newSize / 2), oldSize, oldSize - 1, 0, Infinity].map((other) => ({
            ...good,
            newSize: other,
          })),
          { ...good, oldRoot: flip(oldRoot, bit) },
          { ...good, newRoot: flip(newRoot, bit) },
          { ...good, oldRoot: newRoot, newRoot: oldRoot },
          { ...good, oldRoot: EMPTY_ROOT },
          { ...good, newRoot: new Uint8Array(0) },
          { ...good, proof: [] },
        ];
        expect(bad.filter(verifyConsistency)).toEqual([]);
      }),
    );
  });

  test('refuses a proof that leads to both roots but past the top of trees of those sizes', () => {
    const entries = entriesOf(4);
    const [three, four] = [naive.root(entries.slice(0, 3)), naive.root(entries)];
    const proof = proveConsistency(3, 4, treeOf(entries).reader);
    const sizes = { oldSize: 3, newSize: 4 };
    expect(verifyConsistency({ ...sizes, oldRoot: three, newRoot: four, proof })).toBe(true);
    const [oldRoot, newRoot] = [nodeHash(EMPTY_ROOT, three), nodeHash(EMPTY_ROOT, four)];
    expect(verifyConsistency({ ...sizes, oldRoot, newRoot, proof: [...proof, EMPTY_ROOT] })).toBe(false);
  });

  test('of a tree with itself needs equal heads and no proof', () => {
    const [a, b] = [leafHash(utf8('a')), leafHash(utf8('b'))];
    const same = { oldSize: 1, newSize: 1, oldRoot: a, newRoot: a, proof: [] };
    expect(verifyConsistency(same)).toBe(true);
    expect(verifyConsistency({ ...same, newRoot: b })).toBe(false);
    expect(verifyConsistency({ ...same, proof: [a] })).toBe(false);
  });

  test('says nothing about the empty tree', () => {
    const { reader, root } = treeOf(entriesOf(3));
    expect(() => proveConsistency(0, 3, reader)).toThrow(RangeError);
    expect(() => proveConsistency(4, 3, reader)).toThrow(RangeError);
    expect(verifyConsistency({ oldSize: 0, oldRoot: EMPTY_ROOT, newSize: 3, newRoot: root, proof: [] })).toBe(
      false,
    );
    expect(
      verifyConsistency({ oldSize: 0, oldRoot: EMPTY_ROOT, newSize: 0, newRoot: EMPTY_ROOT, proof: [] }),
    ).toBe(false);
  });
});

/** Proofs of the right thing in the wrong shape: longer, shorter, reordered, a bit flipped, a hash cut. */
function malformed(proof: readonly Hash[], root: Hash, bit: number): Hash[][] {
  const changed = [
    [root, ...proof],
    [...proof, root],
    [...proof, new Uint8Array(0)],
    [new Uint8Array(32), ...proof],
    [...proof, new Uint8Array(32)],
  ];
  const at = bit % Math.max(1, proof.length);
  if (proof.length > 0)
    changed.push(
      proof.slice(0, -1),
      proof.slice(1),
      proof.with(at, flip(proof[at]!, bit)),
      proof.with(at, proof[at]!.subarray(1)),
      proof.with(at, concat(proof[at]!, Uint8Array.of(0))),
      [proof[0]!, ...proof],
    );
  if (proof.length > 1) changed.push(proof.toReversed());
  return changed;
}

function flip(hash: Hash, bit: number): Hash {
  return hash.with(bit % 32, hash[bit % 32]! ^ (1 << (bit % 8)));
}
