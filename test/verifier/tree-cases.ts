import {
  appendLeaves,
  base64,
  EMPTY_RANGE,
  leafHash,
  proveConsistency,
  proveInclusion,
  rangeAt,
  rootOf,
  tilePath,
  verifyConsistency,
  verifyInclusion,
  type NodeReader,
} from '#transparency';
import { encode, flip, spoiled, type Case, type Draw } from './cases.js';

const LEAVES = 3000;

/** Random trees, proofs of them, and each proof spoiled. Our own verifier must agree before Go is asked. */
export function treeCases(draw: Draw): Case[] {
  const leaves = Array.from({ length: LEAVES }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));
  const stored = new Map<string, Uint8Array>();
  for (const { level, index, hash } of appendLeaves(EMPTY_RANGE, leaves).nodes)
    stored.set(`${level}/${index}`, hash);
  const nodes: NodeReader = { node: (level, index) => stored.get(`${level}/${index}`)! };
  return Array.from({ length: 110 }, (_, i) => {
    // Small trees have the odd shapes, large ones the long proofs.
    const size = 1 + draw.below(i % 2 === 0 ? 40 : LEAVES);
    return [...inclusionCases(leaves, nodes, size, draw), ...consistencyCases(nodes, size, draw)];
  }).flat();
}

function inclusionCases(leaves: readonly Uint8Array[], nodes: NodeReader, size: number, draw: Draw): Case[] {
  const index = draw.below(size);
  const [leaf, root] = [leaves[index]!, rootOf(rangeAt(size, nodes))];
  const good = { index, size, leaf, root, proof: proveInclusion(index, size, nodes) };
  const bad = [
    ...spoiled(good.proof, draw).map(([name, proof]) => [name, { ...good, proof }] as const),
    ['another leaf', { ...good, leaf: flip(leaf, draw) }],
    ['another root', { ...good, root: flip(root, draw) }],
    ['an index beyond', { ...good, index: size }],
    ['a negative index', { ...good, index: -1 }],
    ['the next index', { ...good, index: index + 1 }],
    ['no tree', { ...good, size: 0 }],
  ] as const;
  return [['good', good] as const, ...bad].map(([name, given]) => ({
    kind: 'inclusion',
    name: `${index} of ${size}: ${name}`,
    expect: verifyInclusion(given) ? 'accept' : 'reject',
    index: given.index,
    size: given.size,
    leaf: base64(given.leaf),
    root: base64(given.root),
    proof: encode(given.proof),
  }));
}

function consistencyCases(nodes: NodeReader, newSize: number, draw: Draw): Case[] {
  const oldSize = 1 + draw.below(newSize);
  const [oldRoot, newRoot] = [rootOf(rangeAt(oldSize, nodes)), rootOf(rangeAt(newSize, nodes))];
  const good = { oldSize, oldRoot, newSize, newRoot, proof: proveConsistency(oldSize, newSize, nodes) };
  const bad = [
    ...spoiled(good.proof, draw).map(([name, proof]) => [name, { ...good, proof }] as const),
    ['another old root', { ...good, oldRoot: flip(oldRoot, draw) }],
    ['another new root', { ...good, newRoot: flip(newRoot, draw) }],
    ...(oldSize < newSize
      ? ([['roots exchanged', { ...good, oldRoot: newRoot, newRoot: oldRoot }]] as const)
      : []),
    ['from nothing', { ...good, oldSize: 0 }],
    ['shrinking', { ...good, oldSize: newSize + 1 }],
  ] as const;
  return [['good', good] as const, ...bad].map(([name, given]) => ({
    kind: 'consistency',
    name: `${oldSize} to ${newSize}: ${name}`,
    expect: verifyConsistency(given) ? 'accept' : 'reject',
    oldSize: given.oldSize,
    oldRoot: base64(given.oldRoot),
    size: given.newSize,
    root: base64(given.newRoot),
    proof: encode(given.proof),
  }));
}

export function tileCases(draw: Draw): Case[] {
  return Array.from({ length: 40 }, (_, i) => {
    const level = draw.below(8);
    const index = draw.below(10 ** (1 + (i % 9)));
    const width = i % 3 === 0 ? 256 : 1 + draw.below(255);
    const entries = i % 4 === 0;
    const path = tilePath({ level: entries ? 'entries' : level, index, width });
    const tile = { kind: 'tile', level: entries ? -1 : level, index, width } as const;
    const other = path.replace(/^tile\/(.*?)\//, 'tile/$1/x000/');
    return [
      { ...tile, name: path, expect: 'accept', path } as const,
      { ...tile, name: `not ${path}`, expect: 'reject', path: other } as const,
    ];
  }).flat();
}
