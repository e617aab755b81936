import { isCount } from '../bytes.js';
import type { Hash } from '../crypto.js';
import { EMPTY_ROOT, nodeHash } from './hashes.js';

/** The complete subtree over the leaves [index · 2^level, (index + 1) · 2^level). Once known it never changes. */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Hash;
}

/** What a store of complete subtrees offers. MUST throw for a node it does not hold; MUST NOT guess. */
export interface NodeReader {
  node(level: number, index: number): Hash;
}

/** A tree's right edge: the complete subtrees its leaves fall into, largest first. All that appending needs. */
export interface CompactRange {
  readonly size: number;
  readonly hashes: readonly Hash[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/**
 * Appends leaf hashes. `nodes` are the complete subtrees that came into being, children before parents; a store
 * keeps them all, or only levels 0, 8, 16, … (tiles). Costs two hashes a leaf at most, whatever the tree's size.
 */
export function appendLeaves(
  range: CompactRange,
  leaves: readonly Hash[],
): { readonly range: CompactRange; readonly nodes: readonly TreeNode[] } {
  const hashes = [...range.hashes];
  const nodes: TreeNode[] = [];
  let size = range.size;
  for (const leaf of leaves) {
    let hash = leaf;
    let index = size;
    nodes.push({ level: 0, index, hash });
    for (let level = 1; index % 2 === 1; level++) {
      hash = nodeHash(hashes.pop()!, hash);
      index = (index - 1) / 2;
      nodes.push({ level, index, hash });
    }
    hashes.push(hash);
    size++;
  }
  return { range: { size, hashes }, nodes };
}

/** RFC 6962 section 2.1: the head of the tree with this right edge. */
export function rootOf(range: CompactRange): Hash {
  if (range.size === 0) return EMPTY_ROOT;
  return range.hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The right edge that the tree had at `size`, from at most 53 reads. Throws when `size` is no count. */
export function rangeAt(size: number, nodes: NodeReader): CompactRange {
  if (!isCount(size)) throw new RangeError(`not a tree size: ${size}`);
  const hashes: Hash[] = [];
  for (let start = 0; start < size;) {
    const { width, level } = largestPower(size - start);
    hashes.push(nodes.node(level, start / width));
    start += width;
  }
  return { size, hashes };
}

/** Head over the leaves [begin, end), where begin is a multiple of the power of two that holds them. */
export function subtreeRoot(begin: number, end: number, nodes: NodeReader): Hash {
  const { width, level } = largestPower(end - begin);
  if (width === end - begin) return nodes.node(level, begin / width);
  return nodeHash(nodes.node(level, begin / width), subtreeRoot(begin + width, end, nodes));
}

/** The largest power of two that is at most `count`. */
export function largestPower(count: number): { readonly width: number; readonly level: number } {
  let width = 1;
  let level = 0;
  for (; width * 2 <= count; level++) width *= 2;
  return { width, level };
}
