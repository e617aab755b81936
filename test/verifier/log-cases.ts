import { streamName, type StreamName } from '#decider';
import {
  base64,
  bucketContents,
  bucketOf,
  changedMapNodes,
  COSIGNATURE_V1,
  cosignatureLine,
  ED25519,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  labelOf,
  mapRoot,
  openCheckpoint,
  parseVerifierKey,
  proveBucket,
  readBucket,
  signatureLine,
  signerOf,
  stateHash,
  verifyBucket,
  type Hash,
  type LabelState,
  type LogPolicy,
} from '#transparency';
import { encode, flip, spoiled, type Case, type Draw } from './cases.js';

const ORIGIN = 'ledger.example/log';

/** Checkpoints by a log and two witnesses, and each of them tampered with. */
export function checkpointCases(draw: Draw): Case[] {
  const log = signerOf(ORIGIN, ED25519, draw.hash());
  const witnesses = ['w1.example', 'w2.example'].map((name) => signerOf(name, COSIGNATURE_V1, draw.hash()));
  const stranger = signerOf(ORIGIN, ED25519, draw.hash());
  const keys = [formatVerifierKey(log.key)];
  const witnessKeys = witnesses.map(({ key }) => formatVerifierKey(key));
  return Array.from({ length: 60 }, () => {
    const [size, root] = [draw.below(1_000_000), draw.hash()];
    const text = formatCheckpoint({ origin: ORIGIN, size, root });
    const own = signatureLine(text, log);
    const cosigned = witnesses.map((signer) => cosignatureLine(text, signer, draw.below(2 ** 31)));
    const foreign = signatureLine(text, stranger);
    const note = formatNote(text, [own, ...cosigned]);
    const spoiltNotes = [
      formatNote(text, [foreign, ...cosigned]),
      formatNote(text, cosigned),
      formatNote(text, [own, cosigned[0]!]),
      formatNote(text, [own, cosignatureLine(text.replace(ORIGIN, 'x'), witnesses[0]!, 1), cosigned[1]!]),
      note.replace(`\n${size}\n`, `\n${size + 1}\n`),
      note.replace(base64(root), base64(flip(root, draw))),
      note.replace(ORIGIN, 'other.example'),
      note.slice(0, -1),
      note.replace('\n\n', '\n'),
      note.replace('— ', '- '),
      note.replace(ORIGIN, `${ORIGIN}\t`),
      alteredText(note, text, draw),
    ];
    return [note, formatNote(text, [foreign, own, ...cosigned]), ...spoiltNotes].map((given, i): Case => ({
      kind: 'checkpoint',
      name: `size ${size}, variant ${i}`,
      expect: accepted(given, { keys, witnesses: witnessKeys, size, root }) ? 'accept' : 'reject',
      note: given,
      keys,
      witnesses: witnessKeys,
      origin: ORIGIN,
      size,
      root: base64(root),
    }));
  }).flat();
}

/** One letter of the text exchanged for another. */
function alteredText(note: string, text: string, draw: Draw): string {
  const at = draw.below(text.length - 1);
  return `${note.slice(0, at)}${note[at] === 'x' ? 'y' : 'x'}${note.slice(at + 1)}`;
}

interface Trust {
  readonly keys: readonly string[];
  readonly witnesses: readonly string[];
  readonly size: number;
  readonly root: Hash;
}

function accepted(note: string, { keys, witnesses, size, root }: Trust): boolean {
  const parsed = (key: string) => {
    const result = parseVerifierKey(key);
    if (!result.ok) throw new Error(result.reason);
    return result.value;
  };
  const policy: LogPolicy = {
    origin: ORIGIN,
    logKeys: keys.map(parsed),
    witnesses: witnesses.map((key) => ({ key: parsed(key), replays: false })),
    quorum: witnesses.length,
  };
  const opened = openCheckpoint(note, policy);
  if (!opened.ok || opened.value.cosignatures.length < policy.quorum) return false;
  const { checkpoint } = opened.value;
  return checkpoint.size === size && base64(checkpoint.root) === base64(root);
}

/** Maps over streams, some of which share a bucket; presence and absence of each, and each proof spoiled. */
export function bucketCases(draw: Draw): Case[] {
  const [streams, absent] = [sharing(), Array.from({ length: 20 }, (_, i) => streamName('absent', `${i}`))];
  const states: LabelState[] = streams.map((stream) => {
    return { label: labelOf(stream), count: 1 + draw.below(1000), last: draw.hash() };
  });
  const byBucket = new Map<number, Uint8Array>();
  for (const { label } of states) byBucket.set(bucketOf(label), contentsAt(states, bucketOf(label)));
  const nodes = new Map<string, Hash>();
  const map = { mapNode: (level: number, index: number) => nodes.get(`${level}/${index}`) };
  for (const { level, index, hash } of changedMapNodes(byBucket, map)) nodes.set(`${level}/${index}`, hash);
  const root = mapRoot(map);
  return [...streams, ...absent].flatMap((stream) => {
    const state = states.find(({ label }) => label === labelOf(stream));
    const bucket = bucketOf(labelOf(stream));
    const [contents, proof] = [contentsAt(states, bucket), proveBucket(bucket, map)];
    const good = {
      stream,
      contents,
      proof,
      root,
      count: state?.count ?? 0,
      last: state?.last ?? draw.hash(),
    };
    const bad = [
      ...spoiled(proof, draw).map(([name, other]) => [name, { ...good, proof: other }] as const),
      ['another count', { ...good, count: good.count + 1 }],
      ['the opposite', { ...good, count: state ? 0 : 1 }],
      ['another root', { ...good, root: flip(root, draw) }],
      ['more contents', { ...good, contents: Buffer.concat([contents, draw.hash(), draw.hash()]) }],
      ['another stream', { ...good, stream: streamName('other', stream) }],
      ...(state
        ? ([
            ['another last entry', { ...good, last: draw.hash() }],
            ['no contents', { ...good, contents: new Uint8Array(0), count: 0 }],
            ['a byte gone', { ...good, contents: contents.subarray(1) }],
          ] as const)
        : []),
    ] as const;
    return [['good', good] as const, ...bad].map(([name, given]) => bucketCase(`${stream}: ${name}`, given));
  });
}

type BucketClaim = Readonly<
  Record<'contents' | 'root' | 'last', Uint8Array> & {
    stream: StreamName;
    count: number;
    proof: readonly Uint8Array[];
  }
>;

function bucketCase(name: string, claim: BucketClaim): Case {
  const { stream, contents, proof, root, count, last } = claim;
  const label = labelOf(stream);
  const answer = readBucket(contents, label);
  const stands =
    count === 0
      ? answer.kind === 'absent'
      : answer.kind === 'present' && base64(answer.stateHash) === base64(stateHash(label, { count, last }));
  return {
    kind: 'bucket',
    name,
    expect: stands && verifyBucket(bucketOf(label), contents, proof, root) ? 'accept' : 'reject',
    stream,
    contents: base64(contents),
    proof: encode(proof),
    root: base64(root),
    count,
    last: base64(last),
  };
}

const contentsAt = (states: readonly LabelState[], bucket: number) =>
  bucketContents(states.filter(({ label }) => bucketOf(label) === bucket));

/** 30 streams and, by search, pairs that share a bucket: about 2^12 names give one by chance. */
function sharing(): StreamName[] {
  const first = new Map<number, StreamName>();
  const pairs: StreamName[] = [];
  for (let i = 0; i < 20_000; i++) {
    const stream = streamName('person', `${i}`);
    const bucket = bucketOf(labelOf(stream));
    const other = first.get(bucket);
    if (other) pairs.push(other, stream);
    else first.set(bucket, stream);
  }
  return [...[...first.values()].slice(0, 30), ...pairs];
}
