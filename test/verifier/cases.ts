import {
  appendLeaves,
  base64,
  EMPTY_RANGE,
  leafHash,
  proveInclusion,
  rootOf,
  sha256,
  type Hash,
} from '#transparency';

/** A line of the file that the Go program judges; field names are its own. Binaries are base64. */
export interface Case {
  readonly kind: 'checkpoint' | 'rotation' | 'loss' | 'inclusion' | 'consistency' | 'bucket' | 'tile';
  readonly name: string;
  readonly expect: 'accept' | 'reject';
  readonly [field: string]: unknown;
}

/** The same numbers in every run: byte streams drawn from a counter. */
export class Draw {
  private counter = 0;

  hash(): Hash {
    return sha256(Buffer.from(`verifier case ${this.counter++}`));
  }

  /** 0 to below - 1. */
  below(below: number): number {
    return Buffer.from(this.hash()).readUInt32BE(0) % below;
  }
}

export const encode = (hashes: readonly Uint8Array[]) => hashes.map(base64);

/** One bit of one byte changed. */
export function flip(bytes: Uint8Array, draw: Draw): Uint8Array {
  const at = draw.below(bytes.length);
  return bytes.with(at, bytes[at]! ^ (1 << draw.below(8)));
}

/** Ways to spoil a list of hashes, each of which must make any proof fail. */
export function spoiled(
  proof: readonly Hash[],
  draw: Draw,
): readonly (readonly [string, readonly Uint8Array[]])[] {
  const at = draw.below(Math.max(1, proof.length));
  const always = [
    ['a hash too many', [...proof, draw.hash()]],
    ['a hash in front', [draw.hash(), ...proof]],
  ] as const;
  if (proof.length === 0) return always;
  return [
    ...always,
    ['the last hash gone', proof.slice(0, -1)],
    ['the first hash gone', proof.slice(1)],
    ['a bit changed', proof.with(at, flip(proof[at]!, draw))],
    ['a hash cut', proof.with(at, proof[at]!.subarray(1))],
  ];
}

/** A tree of random leaves around an entry. */
export function treeAround(entry: Uint8Array, index: number, size: number, draw: Draw) {
  const leaves = Array.from({ length: size }, (_, i) => (i === index ? leafHash(entry) : draw.hash()));
  const { range, nodes } = appendLeaves(EMPTY_RANGE, leaves);
  const places = new Map(nodes.map((node) => [`${node.level}/${node.index}`, node.hash]));
  const proof = proveInclusion(index, size, { node: (level, at) => places.get(`${level}/${at}`)! });
  return { root: rootOf(range), proof };
}
