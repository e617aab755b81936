import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { streamName } from '#decider';
import { base64, base64url, concat, uint64be, utf8 } from '../bytes.js';
import { sha256, type Hash } from '../crypto.js';
import { labelBytes, labelOf, parseLabel, type Label, type LabelHead } from '../log/label.js';
import { leafHash } from '../merkle/hashes.js';
import { contentsOf, EMPTY_MAP, mapOf } from '../testing.js';
import { bucketContents, bucketOf, MAP_DEPTH, readBucket, stateHash } from './bucket.js';
import { BUCKETS, changedMapNodes, EMPTY_SUBTREES, mapRoot, proveBucket, verifyBucket } from './map.js';

/** A label in a chosen bucket. */
function labelIn(bucket: number, salt: number): Label {
  const rest = sha256(utf8(`${salt}`)).subarray(3);
  return parseLabel(base64url(concat(uint64be(bucket).subarray(5), rest)))!;
}

const headOf = (count: number): LabelHead => ({ count, last: sha256(utf8(`last ${count}`)) });

/** The root read literally: recursive, over sorted leaves, empty halves by their known hash. */
function naiveRoot(leaves: ReadonlyMap<number, Hash>, level = MAP_DEPTH, index = 0): Hash {
  const [from, to] = [index * 2 ** level, (index + 1) * 2 ** level];
  if (![...leaves.keys()].some((bucket) => bucket >= from && bucket < to)) return EMPTY_SUBTREES[level]!;
  if (level === 0) return leaves.get(index)!;
  const children = [naiveRoot(leaves, level - 1, 2 * index), naiveRoot(leaves, level - 1, 2 * index + 1)];
  return sha256(concat(Uint8Array.of(1), ...children));
}

describe('labels', () => {
  test('are the hash of the stream name behind its domain, and lie in the bucket of their first 24 bits', () => {
    const stream = streamName('person', 'x');
    const label = labelOf(stream);
    expect(label).toBe(base64url(sha256(utf8('sillage/label/1person-x'))));
    const [a, b, c] = labelBytes(label);
    expect(bucketOf(label)).toBe((a! << 16) | (b! << 8) | c!);
    expect(bucketOf(labelIn(BUCKETS - 1, 0))).toBe(BUCKETS - 1);
  });

  test.each(['', 'AAAA', `${'A'.repeat(43)}=`, `${'A'.repeat(42)}B`, `${'A'.repeat(42)}+`, 7, null])(
    'are not %j',
    (text) => expect(parseLabel(text)).toBeUndefined(),
  );
});

describe('bucket contents', () => {
  const [a, b] = [labelIn(5, 1), labelIn(5, 2)];
  const contents = bucketContents([
    { label: a, ...headOf(3) },
    { label: b, ...headOf(1) },
  ]);

  test('are sorted records of label hash and state hash, in whatever order the labels come', () => {
    const record = (label: Label, { count, last }: LabelHead) =>
      concat(sha256(labelBytes(label)), sha256(concat(labelBytes(label), uint64be(count), last)));
    const records = [record(a, headOf(3)), record(b, headOf(1))].sort(Buffer.compare);
    expect(base64(contents)).toBe(base64(concat(...records)));
    expect(
      base64(
        bucketContents([
          { label: b, ...headOf(1) },
          { label: a, ...headOf(3) },
        ]),
      ),
    ).toBe(base64(contents));
    expect(bucketContents([])).toHaveLength(0);
  });

  test('say which labels are there, how far, and which are not', () => {
    const answer = readBucket(contents, a);
    expect(answer.kind === 'present' && base64(answer.stateHash)).toBe(base64(stateHash(a, headOf(3))));
    expect(readBucket(contents, b).kind).toBe('present');
    expect(readBucket(contents, labelIn(5, 3)).kind).toBe('absent');
    expect(readBucket(new Uint8Array(0), a).kind).toBe('absent');
  });

  test('are malformed when cut, unsorted or with a label twice, so that nothing can be read into them', () => {
    const [first, second] = [contents.subarray(0, 64), contents.subarray(64)];
    const twice = concat(first.subarray(0, 32), second.subarray(32), first);
    for (const bad of [
      contents.subarray(1),
      contents.subarray(0, 96),
      concat(second, first),
      concat(first, first),
      twice,
    ])
      expect(readBucket(bad, a).kind).toBe('malformed');
  });
});

describe('the map', () => {
  test('has the same root empty as 2^24 hashes of nothing', () => {
    expect(base64(mapRoot(EMPTY_MAP))).toBe(base64(naiveRoot(new Map())));
    expect(base64(EMPTY_SUBTREES[0]!)).toBe(base64(leafHash(new Uint8Array(0))));
    expect([...changedMapNodes(new Map(), EMPTY_MAP)]).toEqual([]);
  });

  test('updated in steps has the root of the literal reading, and hashes each changed node once', () => {
    // Few buckets, some side by side, so that paths meet and labels collide.
    const bucket = fc.oneof(
      fc.nat(7),
      fc.constantFrom(BUCKETS - 1, BUCKETS / 2, BUCKETS / 2 - 1),
      fc.nat(BUCKETS - 1),
    );
    const step = fc.array(fc.tuple(bucket, fc.uint8Array({ maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), (steps) => {
        const [nodes, leaves] = [new Map<string, Hash>(), new Map<number, Hash>()];
        const map = { mapNode: (level: number, index: number) => nodes.get(`${level}/${index}`) };
        for (const changes of steps) {
          const changed = new Set<string>();
          // Written as they come, as a store does.
          for (const { level, index, hash } of changedMapNodes(new Map(changes), map)) {
            expect(changed.has(`${level}/${index}`)).toBe(false);
            changed.add(`${level}/${index}`);
            nodes.set(`${level}/${index}`, hash);
          }
          for (const [index, contents] of changes) leaves.set(index, leafHash(contents));
          expect(base64(mapRoot(map))).toBe(base64(naiveRoot(leaves)));
        }
      }),
    );
  });

  test('proves presence, absence in an empty bucket, and absence beside others in the same bucket', () => {
    const [a, b, neighbour] = [labelIn(9, 1), labelIn(9, 2), labelIn(8, 1)];
    const heads = new Map([a, b, neighbour].map((label, i) => [label, headOf(i + 1)]));
    const map = mapOf(heads);
    const root = mapRoot(map);
    for (const [label, kind] of [
      [a, 'present'],
      [b, 'present'],
      [labelIn(9, 3), 'absent'],
      [labelIn(10, 1), 'absent'],
    ] as const) {
      const bucket = bucketOf(label);
      const contents = contentsOf(heads, bucket);
      expect(verifyBucket(bucket, contents, proveBucket(bucket, map), root)).toBe(true);
      expect(readBucket(contents, label).kind).toBe(kind);
    }
  });

  test('refuses a bucket emptied, cut, padded or moved, and any changed proof', () => {
    const [a, b] = [labelIn(9, 1), labelIn(9, 2)];
    const heads = new Map([a, b].map((label, i) => [label, headOf(i + 1)]));
    const map = mapOf(heads);
    const [root, contents, proof] = [mapRoot(map), contentsOf(heads, 9), proveBucket(9, map)];
    const forged = [
      new Uint8Array(0),
      contents.subarray(0, 64),
      concat(contents, contents.subarray(0, 64)),
      contents.with(40, contents[40]! ^ 1),
    ];
    expect(forged.filter((other) => verifyBucket(9, other, proof, root))).toEqual([]);
    expect(
      [8, 10, -1, BUCKETS, 9 + BUCKETS].filter((bucket) => verifyBucket(bucket, contents, proof, root)),
    ).toEqual([]);
    const proofs = [proof.slice(1), proof.slice(0, -1), [...proof, root], proof.with(3, root), []];
    expect(proofs.filter((other) => verifyBucket(9, contents, other, root))).toEqual([]);
    expect(verifyBucket(9, contents, proof, mapRoot(EMPTY_MAP))).toBe(false);
    for (const bucket of [-1, BUCKETS, 0.5]) expect(() => proveBucket(bucket, map)).toThrow(RangeError);
  });
});
