import { asId, streamName, type Instant, type StreamName } from '#decider';
import { sha256, type Hash } from './crypto.js';
import { utf8 } from './bytes.js';
import type { ProofBundle, ProvedEntry, ProvedEvent, StreamProof } from './check/bundle.js';
import { commitmentOf, storedBody, type CommittedEvent } from './log/commitment.js';
import { encodeEntry, keysEntry, lossEntry } from './log/encode-entry.js';
import type { MapEntry } from './log/entry.js';
import { integrate, type StoredEvent } from './log/integrate.js';
import { labelOf, type Label, type LabelHead } from './log/label.js';
import { bucketContents, bucketOf } from './map/bucket.js';
import { changedMapNodes, mapRoot, proveBucket, type MapReader } from './map/map.js';
import { leafHash } from './merkle/hashes.js';
import { proveConsistency, proveInclusion } from './merkle/prove.js';
import { appendLeaves, EMPTY_RANGE, rangeAt, rootOf, type NodeReader } from './merkle/tree.js';
import { formatCheckpoint, type Checkpoint, type LogPolicy } from './notes/checkpoint.js';
import { COSIGNATURE_V1, ED25519, signerOf, verifierKey, type Signer } from './notes/keys.js';
import { cosignatureLine, formatNote, signatureLine } from './notes/note.js';

export const ORIGIN = 'ledger.example/log';
export const seedOf = (name: string) => sha256(utf8(`seed of ${name}`));
export const logSigner = signerOf(ORIGIN, ED25519, seedOf('log'));
export const witnessSigners: readonly Signer[] = ['w1', 'w2', 'replay'].map((name) =>
  signerOf(`${name}.example`, COSIGNATURE_V1, seedOf(name)),
);
export const policy: LogPolicy = {
  origin: ORIGIN,
  logKeys: [logSigner.key],
  witnesses: witnessSigners.map(({ key }) => ({ key, replays: key.name.startsWith('replay') })),
  quorum: 2,
};

export const ALICE = streamName('person', '11111111-1111-4111-8111-111111111111');
export const BRUNO = streamName('person', '22222222-2222-4222-8222-222222222222');
export const ALICE_ACCESS = streamName('access', '11111111-1111-4111-8111-111111111111');

/** `10:01` on a fixed day, as an instant. */
export const at = (time: string) => `2026-03-02T${time}:00.000Z` as Instant;

/** For tests: an operator who can do everything an operator can, honest or not. */
export class TestLedger {
  readonly entries: Uint8Array[] = [];
  readonly heads = new Map<Label, LabelHead>();
  recorded: (Omit<ProvedEvent, 'proof' | 'entry'> & { readonly stream: StreamName })[] = [];
  /** Who signs checkpoints. */
  signers: readonly Signer[] = [logSigner];
  /** Its name, which a declared loss changes. */
  origin = ORIGIN;
  private changes: number[] = [];
  private losses: number[] = [];
  private maps: { readonly index: number; readonly heads: ReadonlyMap<Label, LabelHead> }[] = [];

  /** Stores an event and logs it. `changes` replace parts of the stored event, `event` parts of the envelope. */
  record(
    stream: StreamName,
    recordedAt: Instant,
    event: Partial<CommittedEvent> = {},
    changes: Partial<StoredEvent> = {},
  ): number {
    const made = madeEvent(stream, this.heads.get(labelOf(stream))?.count ?? 0, recordedAt, event);
    const opening = seedOf(`opening ${this.entries.length}`);
    const stored = storedBody(opening, made.payload);
    const commitment = commitmentOf(opening, made);
    const result = integrate([{ stream, revision: made.n, commitment, stored, ...changes }], (label) =>
      this.heads.get(label),
    );
    if (!result.ok) throw new Error(result.reason);
    const index = this.entries.length;
    this.recorded.push({ stream, index, event: made, opening, stored });
    this.entries.push(...result.value.entries);
    for (const [label, head] of result.value.heads) this.heads.set(label, head);
    return index;
  }

  /** Appends a map entry over `heads`, the true ones unless the operator lies. */
  closeMap(
    time: Instant,
    heads: ReadonlyMap<Label, LabelHead> = this.heads,
    changes: Partial<MapEntry> = {},
  ): void {
    const index = this.entries.length;
    const root = mapRoot(mapOf(heads));
    const last = this.maps.findLast((map) => map.index < index);
    this.maps.push({ index, heads: new Map(heads) });
    const prev = last && { prev: last.index };
    const loss = this.losses.length > 0 && { loss: this.losses.at(-1)! };
    this.entries.push(
      encodeEntry({ kind: 'map', root, size: index, ...prev, ...loss, at: time, ...changes }),
    );
  }

  /** Loses every entry from `size` on. */
  cut(size: number): void {
    this.entries.length = size;
    this.recorded = this.recorded.filter(({ index }) => index < size);
    [this.changes, this.losses] = [this.changes, this.losses].map((places) =>
      places.filter((at) => at < size),
    ) as [number[], number[]];
    this.maps = this.maps.filter(({ index }) => index < size);
    this.heads.clear();
    for (const { stream, index, event } of this.recorded)
      this.heads.set(labelOf(stream), { count: event.n + 1, last: leafHash(this.entries[index]!) });
  }

  /** Says that what was shown is lost from `kept` on, and takes another name. */
  declareLoss(shown: Checkpoint, newOrigin: string, kept = this.entries.length): void {
    const size = this.entries.length;
    const prev = this.losses.length > 0 && { prev: this.losses.at(-1)! };
    const { origin: oldOrigin, size: oldSize, root: oldRoot } = shown;
    const loss = { size, kept, oldOrigin, oldSize, oldRoot, newOrigin, ...prev };
    this.losses.push(size);
    this.entries.push(encodeEntry(lossEntry(this.signers[0]!, loss)));
    this.origin = newOrigin;
    this.signers = this.signers.map((signer) => ({
      ...signer,
      key: verifierKey(newOrigin, ED25519, signer.key.publicKey),
    }));
  }

  /** What is shown of it now. */
  head(): Checkpoint {
    return { origin: this.origin, size: this.entries.length, root: this.root() };
  }

  /** The log changes its key; both sign from then on, the new one first. */
  changeKey(next: Signer, inUse = this.signers[0]!): void {
    this.changes.push(this.entries.length);
    this.entries.push(encodeEntry(keysEntry(inUse, next, this.entries.length)));
    this.signers = [next, inUse];
  }

  root(size = this.entries.length): Hash {
    return rootOf(rangeAt(size, this.nodes()));
  }

  consistency(oldSize: number): readonly Hash[] {
    return proveConsistency(oldSize, this.entries.length, this.nodes());
  }

  checkpoint(signedAt: Instant, witnesses: readonly Signer[] = witnessSigners): string {
    const text = formatCheckpoint(this.head());
    const timestampS = Date.parse(signedAt) / 1000;
    return formatNote(text, [
      ...this.signers.map((signer) => signatureLine(text, signer)),
      ...witnesses.map((signer) => cosignatureLine(text, signer, timestampS)),
    ]);
  }

  prove(index: number): ProvedEntry {
    const proof = proveInclusion(index, this.entries.length, this.nodes());
    return { index, entry: this.entries[index]!, proof };
  }

  /** What an honest operator hands out: the neighbours of each event, every event, the bucket. */
  bundle(streams: readonly StreamName[], signedAt: Instant, savedSize?: number): ProofBundle {
    const indices = this.recorded.filter(({ stream }) => streams.includes(stream)).map(({ index }) => index);
    const maps = this.maps.map(({ index }) => index);
    const neighbours = new Set(
      indices.flatMap((index) => [maps.findLast((m) => m < index), maps.find((m) => m > index)]),
    );
    return {
      checkpoint: this.checkpoint(signedAt),
      map: this.prove(this.entries.length - 1),
      neighbours: [...neighbours].filter((m) => m !== undefined).map((m) => this.prove(m)),
      streams: streams.map((stream) => this.streamProof(stream)),
      ...(this.changes.length > 0 && { keys: this.changes.map((index) => this.prove(index)) }),
      ...(this.losses.length > 0 && { losses: this.losses.map((index) => this.prove(index)) }),
      ...(savedSize && { consistency: this.consistency(savedSize) }),
    };
  }

  streamProof(stream: StreamName): StreamProof {
    const { heads } = this.maps.at(-1)!;
    const bucket = bucketOf(labelOf(stream));
    const contents = contentsOf(heads, bucket);
    const events = this.recorded
      .filter((event) => event.stream === stream)
      .map((event) => ({ ...event, ...this.prove(event.index) }));
    return { stream, bucket: { contents, proof: proveBucket(bucket, mapOf(heads)) }, events };
  }

  private nodes(): NodeReader {
    const { nodes } = appendLeaves(EMPTY_RANGE, this.entries.map(leafHash));
    const stored = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
    return { node: (level, index) => stored.get(`${level}/${index}`)! };
  }
}

export const contentsOf = (heads: ReadonlyMap<Label, LabelHead>, bucket: number) =>
  bucketContents(
    [...heads].filter(([label]) => bucketOf(label) === bucket).map(([label, head]) => ({ label, ...head })),
  );

export const EMPTY_MAP: MapReader = { mapNode: () => undefined };

/** The whole map, built from nothing. */
export function mapOf(heads: ReadonlyMap<Label, LabelHead>): MapReader {
  const buckets = new Set([...heads.keys()].map(bucketOf));
  const changes = new Map([...buckets].map((bucket) => [bucket, contentsOf(heads, bucket)]));
  const nodes = new Map<string, Hash>();
  for (const { level, index, hash } of changedMapNodes(changes, EMPTY_MAP))
    nodes.set(`${level}/${index}`, hash);
  return { mapNode: (level, index) => nodes.get(`${level}/${index}`) };
}

function madeEvent(
  stream: StreamName,
  n: number,
  recordedAt: Instant,
  event: Partial<CommittedEvent>,
): CommittedEvent {
  return {
    id: asId<'Event'>(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`),
    type: 'DisclosureRecorded',
    schema: 1,
    stream,
    n,
    recordedAt,
    effectiveAt: recordedAt,
    actor: { kind: 'mandate', id: 'm' },
    commandId: asId<'Command'>('00000000-0000-8000-8000-000000000000'),
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000000'),
    causationId: null,
    payload: { said: `event ${n}` },
    ...event,
  };
}
