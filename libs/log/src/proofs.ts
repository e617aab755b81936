import type { EventId, StreamName } from '#decider';
import { disclose, pagesOf, type EventStore, type Sealer, type StoredEvent } from '#event-store';
import {
  bucketContents,
  bucketOf,
  deferralRevealedBy,
  formatKeysFile,
  formatProof,
  formatProofFile,
  formatReceipt,
  labelOf,
  proveBucket,
  proveConsistency,
  proveInclusion,
  type CommittedEvent,
  type History,
  type Opening,
  type ProofBundle,
  type ProvedEntry,
  type StreamProof,
} from '#transparency';
import type { LogStore } from './log-store.js';
import type { Published, Publisher } from './publisher.js';

/** An event with what opens its commitment. */
export interface OpenedEvent {
  readonly event: CommittedEvent;
  readonly opening: Opening;
}

/** The stream's events, opened; undefined where its key was destroyed. */
export async function openStream(
  store: EventStore,
  sealer: Sealer,
  stream: StreamName,
  from = 0,
): Promise<OpenedEvent[] | undefined> {
  const cipher = await sealer.cipherOf(stream);
  const opened: OpenedEvent[] = [];
  for await (const page of pagesOf(store, stream, from)) {
    if (!cipher) return undefined;
    for (const event of page) opened.push(openedEvent(event, disclose(event, cipher)));
  }
  return opened;
}

function openedEvent(stored: StoredEvent, { opening, payload }: ReturnType<typeof disclose>): OpenedEvent {
  const { revision: n, ...columns } = stored;
  return { event: { ...columns, n, payload }, opening };
}

/** Proofs as of the checkpoint that is served: each is made in one go, so it shows one moment of the log. */
export class Proofs {
  constructor(
    private readonly log: LogStore,
    private readonly publisher: Pick<Publisher, 'published'>,
  ) {}

  get published(): Published | undefined {
    return this.publisher.published;
  }

  /**
   * Streams of which the served checkpoint covers more than was opened; deferrals that the person's stream, the first,
   * hands over within it are theirs too.
   */
  behind(opened: ReadonlyMap<StreamName, readonly OpenedEvent[]>): readonly StreamName[] {
    const [[own, events]] = opened as unknown as [[StreamName, readonly OpenedEvent[]]];
    const revealed = events.slice(0, this.covered(own)).map(({ event }) => deferralRevealedBy(event));
    const streams = new Set([...opened.keys(), ...revealed.filter((stream) => stream !== undefined)]);
    return [...streams].filter((stream) => (opened.get(stream)?.length ?? 0) < this.covered(stream));
  }

  /** How many of the stream's events are in the checkpoint that is served. */
  private covered(stream: StreamName): number {
    const size = this.published?.size ?? 0;
    return this.log.entriesOf(labelOf(stream), size).length;
  }

  /** The text of a receipt; undefined while no checkpoint has the event. */
  receipt({ event, opening }: OpenedEvent): string | undefined {
    const index = this.log.indexOf(labelOf(event.stream), event.n);
    const { published } = this;
    if (index === undefined || !published || index >= published.size) return undefined;
    const { entry, proof } = this.prove(index, published);
    const text = formatProof({ index, proof, checkpoint: published.note });
    return formatReceipt({ proof: text, entry, event, opening, ...this.history(published) });
  }

  /** The checkpoint that is served with all changes of keys and losses that it covers; undefined while there is none. */
  keys(): string | undefined {
    const { published } = this;
    if (!published) return undefined;
    return formatKeysFile({ checkpoint: published.note, keys: [], ...this.history(published) });
  }

  /**
   * The text of a proof file about these streams: `opened` holds at least the events that the checkpoint has.
   * `since`: size of a checkpoint that the person kept. Undefined while there is no checkpoint.
   */
  person(opened: ReadonlyMap<StreamName, readonly OpenedEvent[]>, since?: number): string | undefined {
    const { published } = this;
    if (!published) return undefined;
    const indices = [...opened.keys()].flatMap((stream) =>
      this.log.entriesOf(labelOf(stream), published.size),
    );
    const maps = new Set(indices.flatMap((index) => [this.log.mapBefore(index)!, this.log.mapAfter(index)!]));
    const last = published.size - 1;
    maps.delete(last);
    const bundle: ProofBundle = {
      checkpoint: published.note,
      map: this.prove(last, published),
      neighbours: [...maps].sort((a, b) => a - b).map((index) => this.prove(index, published)),
      streams: [...opened].map(([stream, events]) => this.stream(stream, events, published)),
      ...this.history(published),
      ...(since !== undefined && { consistency: proveConsistency(since, published.size, this.log) }),
    };
    return formatProofFile(bundle);
  }

  private stream(stream: StreamName, opened: readonly OpenedEvent[], published: Published): StreamProof {
    const bucket = bucketOf(labelOf(stream));
    // The map covers what stands before its own entry, which is the checkpoint's last.
    const mapIndex = published.size - 1;
    const map = { mapNode: (level: number, index: number) => this.log.mapNode(level, index, mapIndex) };
    const contents = bucketContents(this.log.labelsBefore(bucket, mapIndex));
    const events = this.log
      .entriesOf(labelOf(stream), published.size)
      .map((index, n) => ({ ...this.prove(index, published), ...opened[n]! }));
    return { stream, bucket: { contents, proof: proveBucket(bucket, map) }, events };
  }

  /** How the log came to its key and its name. */
  private history(published: Published): History {
    const covered = (entries: readonly { readonly size: number }[]) =>
      entries.filter(({ size }) => size < published.size).map(({ size }) => this.prove(size, published));
    const [keys, losses] = [covered(this.log.rotations), covered(this.log.losses)];
    return { ...(keys.length > 0 && { keys }), ...(losses.length > 0 && { losses }) };
  }

  private prove(index: number, { size }: Published): ProvedEntry {
    return { index, entry: this.log.entry(index), proof: proveInclusion(index, size, this.log) };
  }
}

/** The event of this id in the stream, opened; undefined where there is none. */
export async function findEvent(
  store: EventStore,
  sealer: Sealer,
  stream: StreamName,
  id: EventId,
): Promise<OpenedEvent | undefined> {
  for await (const page of pagesOf(store, stream)) {
    const stored = page.find((event) => event.id === id);
    if (stored) {
      const cipher = await sealer.cipherOf(stream);
      return cipher && openedEvent(stored, disclose(stored, cipher));
    }
  }
  return undefined;
}
