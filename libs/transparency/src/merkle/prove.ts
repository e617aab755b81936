import { isCount } from '../bytes.js';
import type { Hash } from '../crypto.js';
import { largestPower, subtreeRoot, type NodeReader } from './tree.js';

/**
 * RFC 6962 section 2.1.1: that leaf `index` is in the tree of `size` leaves; from the leaf's sibling up.
 * Throws RangeError unless 0 ≤ index < size.
 */
export function proveInclusion(index: number, size: number, nodes: NodeReader): readonly Hash[] {
  if (!isCount(index) || !isCount(size) || index >= size)
    throw new RangeError(`no leaf ${index} in a tree of ${size}`);
  const proof: Hash[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + splitOf(end - begin);
    if (index < middle) {
      proof.push(subtreeRoot(middle, end, nodes));
      end = middle;
    } else {
      proof.push(subtreeRoot(begin, middle, nodes));
      begin = middle;
    }
  }
  return proof.reverse();
}

/**
 * RFC 6962 section 2.1.2: that the tree of `newSize` leaves begins with the tree of `oldSize`.
 * Throws RangeError unless 0 < oldSize ≤ newSize: nothing can be proved about the empty tree.
 */
export function proveConsistency(oldSize: number, newSize: number, nodes: NodeReader): readonly Hash[] {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize < 1 || oldSize > newSize)
    throw new RangeError(`no consistency from ${oldSize} to ${newSize} leaves`);
  const proof: Hash[] = [];
  let [begin, end] = [0, newSize];
  while (oldSize < end) {
    const middle = begin + splitOf(end - begin);
    if (oldSize <= middle) {
      proof.push(subtreeRoot(middle, end, nodes));
      end = middle;
    } else {
      proof.push(subtreeRoot(begin, middle, nodes));
      begin = middle;
    }
  }
  // The old tree as a whole is known to whoever checks; a part of it is not.
  if (begin > 0) proof.push(subtreeRoot(begin, end, nodes));
  return proof.reverse();
}

/** The largest power of two below `count`: where RFC 6962 splits a tree. */
function splitOf(count: number): number {
  const { width } = largestPower(count);
  return width === count ? width / 2 : width;
}
