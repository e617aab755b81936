import { isCount, sameBytes } from '../bytes.js';
import { isHash, type Hash } from '../crypto.js';
import { nodeHash } from './hashes.js';

export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly proof: readonly Hash[];
  readonly root: Hash;
}

export interface Consistency {
  readonly oldSize: number;
  readonly oldRoot: Hash;
  readonly newSize: number;
  readonly newRoot: Hash;
  readonly proof: readonly Hash[];
}

/** RFC 9162 section 2.1.3.2. False for every malformed proof: too short, too long, a hash of another length. */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (!isHash(root) || !isHash(leaf) || !proof.every(isHash)) return false;
  const walk = new Walk(index, size - 1);
  let hash = leaf;
  for (const sibling of proof) {
    if (walk.finished) return false;
    hash = walk.climb() ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return walk.finished && sameBytes(hash, root);
}

/**
 * RFC 9162 section 2.1.4.2. False for every malformed proof, and for an old tree without leaves: any tree
 * continues it, so a proof about it says nothing. Equal sizes need equal roots and an empty proof.
 */
export function verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof }: Consistency): boolean {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize < 1 || oldSize > newSize) return false;
  if (!isHash(oldRoot) || !isHash(newRoot) || !proof.every(isHash)) return false;
  if (oldSize === newSize) return proof.length === 0 && sameBytes(oldRoot, newRoot);
  const walk = new Walk(oldSize - 1, newSize - 1);
  walk.skipRightEdge();
  // Where the old tree is one complete subtree, whoever checks starts from its root and the proof leaves it out.
  const [start, ...siblings] = walk.atRoot ? [oldRoot, ...proof] : proof;
  if (start === undefined) return false;
  let [older, newer] = [start, start];
  for (const sibling of siblings) {
    if (walk.finished) return false;
    if (walk.climb()) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
    } else newer = nodeHash(newer, sibling);
  }
  return walk.finished && sameBytes(older, oldRoot) && sameBytes(newer, newRoot);
}

/** A place in the tree and the last place of its level, climbing together. */
class Walk {
  constructor(
    private place: number,
    private last: number,
  ) {}

  get finished(): boolean {
    return this.last === 0;
  }

  get atRoot(): boolean {
    return this.place === 0;
  }

  /** Goes up while it is a right child: to the largest complete subtree that ends here. */
  skipRightEdge(): void {
    while (this.place % 2 === 1) this.up();
  }

  /** One proof step up. True when the sibling stands on the left. */
  climb(): boolean {
    const left = this.place % 2 === 1 || this.place === this.last;
    // A last place without a right sibling is carried up unhashed until it is a right child.
    if (left) while (this.place % 2 === 0 && this.place !== 0) this.up();
    this.up();
    return left;
  }

  private up(): void {
    this.place = Math.floor(this.place / 2);
    this.last = Math.floor(this.last / 2);
  }
}
