import type { Hash } from '../crypto.js';
import { leafHash, nodeHash } from '../merkle/hashes.js';
import type { TreeNode } from '../merkle/tree.js';
import { verifyInclusion } from '../merkle/verify.js';
import { MAP_DEPTH } from './bucket.js';

export const BUCKETS = 2 ** MAP_DEPTH;

/** Head of the subtree of 2^level empty buckets, for each level from 0 to 24. */
export const EMPTY_SUBTREES: readonly Hash[] = emptySubtrees();

/** The map as of one checkpoint. Undefined: every bucket below that node is empty. MUST NOT mix two checkpoints. */
export interface MapReader {
  mapNode(level: number, index: number): Hash | undefined;
}

/** Levels below this one are gone through region by region: 256 buckets that a store may hold side by side. */
const REGION_DEPTH = 8;

/** Nodes of one level, from left to right. */
interface Row {
  readonly indices: readonly number[];
  readonly hashes: readonly Hash[];
}

/**
 * Sets the contents of some buckets and yields every node that changes, children before parents, the root (level 24)
 * last; below level 8 region by region. Hashes only paths that change, each node once. A store may write each node
 * as it comes: no node that was yielded is read again.
 */
export function* changedMapNodes(
  changes: ReadonlyMap<number, Uint8Array>,
  before: MapReader,
): Generator<TreeNode> {
  const buckets = [...changes.keys()].sort((a, b) => a - b);
  const regions: { indices: number[]; hashes: Hash[] } = { indices: [], hashes: [] };
  for (let start = 0, end = 0; start < buckets.length; start = end) {
    const region = regionOf(buckets[start]!);
    while (end < buckets.length && regionOf(buckets[end]!) === region) end++;
    const indices = buckets.slice(start, end);
    const hashes = indices.map((bucket) => leafHash(changes.get(bucket)!));
    yield* indices.map((index, i) => ({ level: 0, index, hash: hashes[i]! }));
    const top = yield* climb({ indices, hashes }, 0, REGION_DEPTH, before);
    regions.indices.push(...top.indices);
    regions.hashes.push(...top.hashes);
  }
  yield* climb(regions, REGION_DEPTH, MAP_DEPTH, before);
}

function regionOf(bucket: number): number {
  return Math.floor(bucket / 2 ** REGION_DEPTH);
}

/** Yields the parents of a level's nodes, theirs, and so on up to a level; returns that level's. */
function* climb(row: Row, from: number, to: number, before: MapReader): Generator<TreeNode, Row> {
  let { indices, hashes } = row;
  for (let level = from + 1; level <= to; level++) {
    const parents: number[] = [];
    const parentHashes: Hash[] = [];
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i]!;
      const parent = Math.floor(index / 2);
      const isLeft = index % 2 === 0;
      const pair = isLeft && indices[i + 1] === index + 1;
      const sibling = pair ? hashes[++i]! : mapNode(before, level - 1, isLeft ? index + 1 : index - 1);
      const own = hashes[pair ? i - 1 : i]!;
      const hash = isLeft ? nodeHash(own, sibling) : nodeHash(sibling, own);
      parents.push(parent);
      parentHashes.push(hash);
      yield { level, index: parent, hash };
    }
    [indices, hashes] = [parents, parentHashes];
  }
  return { indices, hashes };
}

/** RFC 6962 root over all 2^24 buckets. */
export function mapRoot(map: MapReader): Hash {
  return mapNode(map, MAP_DEPTH, 0);
}

/** The 24 siblings from the bucket up. They prove presence and absence alike: the contents say which. */
export function proveBucket(bucket: number, map: MapReader): readonly Hash[] {
  if (!Number.isInteger(bucket) || bucket < 0 || bucket >= BUCKETS)
    throw new RangeError(`no bucket ${bucket}`);
  return Array.from({ length: MAP_DEPTH }, (_, level) => {
    const index = Math.floor(bucket / 2 ** level);
    return mapNode(map, level, index % 2 === 0 ? index + 1 : index - 1);
  });
}

/** RFC 6962 inclusion of SHA-256(0x00 ‖ contents) as leaf `bucket` of 2^24. */
export function verifyBucket(
  bucket: number,
  contents: Uint8Array,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  return verifyInclusion({ index: bucket, size: BUCKETS, leaf: leafHash(contents), proof, root });
}

function mapNode(map: MapReader, level: number, index: number): Hash {
  return map.mapNode(level, index) ?? EMPTY_SUBTREES[level]!;
}

function emptySubtrees(): readonly Hash[] {
  const hashes = [leafHash(new Uint8Array(0))];
  for (let level = 1; level <= MAP_DEPTH; level++) hashes.push(nodeHash(hashes.at(-1)!, hashes.at(-1)!));
  return hashes;
}
