import {
  base64,
  bucketOf,
  labelOf,
  leafHash,
  nodesFromTiles,
  openCheckpoint,
  parseEntry,
  parseEntryBundle,
  parsePolicy,
  parseProofFile,
  proveConsistency,
  proveInclusion,
  rangeAt,
  readBucket,
  rootOf,
  sameBytes,
  stateHash,
  tilePath,
  tileWidth,
  verifyBucket,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type NodeReader,
  type Tile,
} from '#transparency';
import type { World } from '../journeys/harness.js';
import { encode, flip, spoiled, type Case, type Draw } from './cases.js';

/** What a server gave out over HTTP, to whoever asked. */
export interface Live {
  readonly key: string;
  readonly origin: string;
  /** Each checkpoint that was served, oldest first. */
  readonly notes: readonly string[];
  readonly entries: readonly Uint8Array[];
  readonly nodes: NodeReader;
  /** Proof files of persons, as text. */
  readonly files: readonly string[];
}

export async function download(
  world: World,
  notes: readonly string[],
  persons: readonly string[],
): Promise<Live> {
  const { url } = world.client;
  const key = (await world.client.get('/v1/log/key')).text.trim();
  const bytes = async (path: string) => {
    const response = await fetch(`${url}/${path}`, { headers: { 'sillage-caller': 'client:auditor' } });
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const origin = key.split('+')[0]!;
  const size = Number(notes.at(-1)!.split('\n')[1]);
  const tiles = new Map<string, Uint8Array>();
  const entries: Uint8Array[] = [];
  for (let level = 0, span = 1; span <= size; level++, span *= 256)
    for (let index = 0; tileWidth(level, index, size) > 0; index++) {
      const path = tilePath({ level, index, width: tileWidth(level, index, size) });
      tiles.set(path, await bytes(path));
    }
  for (let index = 0; tileWidth('entries', index, size) > 0; index++) {
    const path = tilePath({ level: 'entries', index, width: tileWidth('entries', index, size) });
    entries.push(...parseEntryBundle(await bytes(path))!);
  }
  const files = await Promise.all(
    persons.map(async (person) => (await world.client.get(`/v1/persons/${person}/proof`)).text),
  );
  return {
    key,
    origin,
    notes,
    entries,
    nodes: nodesFromTiles(size, (tile: Tile) => tiles.get(tilePath(tile))!),
    files,
  };
}

interface Head {
  readonly note: string;
  readonly size: number;
  readonly root: Hash;
}

function headsOf({ key, notes }: Live): readonly Head[] {
  const policy = parsePolicy(`log ${key}\nquorum none\n`);
  if (!policy.ok) throw new Error(policy.reason);
  return notes.map((note) => {
    const opened = openCheckpoint(note, policy.value);
    if (!opened.ok) throw new Error(opened.reason);
    const { size, root } = opened.value.checkpoint;
    return { note, size, root };
  });
}

export function liveCheckpoints(live: Live, draw: Draw): Case[] {
  const head = { keys: [live.key], witnesses: [], origin: live.origin };
  return headsOf(live).flatMap(({ note, size, root }) => {
    const common = { kind: 'checkpoint', ...head, size, root: base64(root) } as const;
    const other = note.replace(`\n${size}\n`, `\n${size + 1}\n`);
    return [
      { ...common, name: `live ${size}: good`, expect: 'accept', note },
      { ...common, name: `live ${size}: size`, expect: 'reject', note: other, size: size + 1 },
      { ...common, name: `live ${size}: root`, expect: 'reject', note, root: base64(flip(root, draw)) },
    ] satisfies Case[];
  });
}

/** `count` entries of trees that were served, each proved with tiles, then each proof spoiled. */
export function liveInclusions(live: Live, draw: Draw, count: number): Case[] {
  const heads = headsOf(live);
  return Array.from({ length: count }, () => {
    const { size, root } = heads[draw.below(heads.length)]!;
    const index = draw.below(size);
    const entry = live.entries[index]!;
    const proof = proveInclusion(index, size, live.nodes);
    const made = (
      name: string,
      given: Partial<Record<'entry' | 'root', Uint8Array>>,
      other = proof as readonly Uint8Array[],
    ): Case => {
      const [leaf, head] = [leafHash(given.entry ?? entry), given.root ?? root];
      const good = verifyInclusion({ index, size, leaf, proof: other, root: head });
      return {
        kind: 'inclusion',
        name: `live ${index} of ${size}: ${name}`,
        expect: good ? 'accept' : 'reject',
        index,
        size,
        entry: base64(given.entry ?? entry),
        root: base64(head),
        proof: encode(other),
      };
    };
    return [
      made('good', {}),
      made('another entry', { entry: flip(entry, draw) }),
      made('another root', { root: flip(root, draw) }),
      ...spoiled(proof, draw).map(([name, other]) => made(name, {}, other)),
    ];
  }).flat();
}

/** `count` pairs of trees, the older at any size, the newer as served. */
export function liveConsistencies(live: Live, draw: Draw, count: number): Case[] {
  const heads = headsOf(live);
  return Array.from({ length: count }, () => {
    const { size, root } = heads[draw.below(heads.length)]!;
    const oldSize = 1 + draw.below(size);
    const oldRoot = rootOf(rangeAt(oldSize, live.nodes));
    const proof = proveConsistency(oldSize, size, live.nodes);
    const made = (name: string, from: Uint8Array, other: readonly Uint8Array[]): Case => ({
      kind: 'consistency',
      name: `live ${oldSize} to ${size}: ${name}`,
      expect: verifyConsistency({ oldSize, oldRoot: from, newSize: size, newRoot: root, proof: other })
        ? 'accept'
        : 'reject',
      oldSize,
      size,
      oldRoot: base64(from),
      root: base64(root),
      proof: encode(other),
    });
    return [
      made('good', oldRoot, proof),
      made('another old root', flip(oldRoot, draw), proof),
      ...spoiled(proof, draw).map(([name, other]) => made(name, oldRoot, other)),
    ];
  }).flat();
}

/** What proof files say about the map: a person's stream is there with all its events, consultations are not. */
export function liveBuckets(live: Live, draw: Draw): Case[] {
  return live.files.flatMap((text) => {
    const bundle = parseProofFile(text);
    const map = bundle.ok ? parseEntry(bundle.value.map.entry) : bundle;
    if (!bundle.ok || !map.ok || map.value.kind !== 'map') throw new Error('no proof was served');
    const { root } = map.value;
    return bundle.value.streams.flatMap(({ stream, bucket: { contents, proof }, events }) => {
      const last = events.length > 0 ? leafHash(events.at(-1)!.entry) : draw.hash();
      const made = (name: string, count: number, given: readonly Uint8Array[], bytes: Uint8Array): Case => {
        const answer = readBucket(bytes, labelOf(stream));
        const stands =
          count === 0
            ? answer.kind === 'absent'
            : answer.kind === 'present' &&
              sameBytes(answer.stateHash, stateHash(labelOf(stream), { count, last }));
        const good = stands && verifyBucket(bucketOf(labelOf(stream)), bytes, given, root);
        const fields = {
          contents: base64(bytes),
          proof: encode(given),
          root: base64(root),
          last: base64(last),
        };
        return {
          kind: 'bucket',
          name: `live ${stream}: ${name}`,
          expect: good ? 'accept' : 'reject',
          stream,
          count,
          ...fields,
        };
      };
      return [
        made('good', events.length, proof, contents),
        made('an event more', events.length + 1, proof, contents),
        made('more contents', events.length, proof, Buffer.concat([contents, draw.hash(), draw.hash()])),
        ...spoiled(proof, draw).map(([name, other]) => made(name, events.length, other, contents)),
      ];
    });
  });
}
