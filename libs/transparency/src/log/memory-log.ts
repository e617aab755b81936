import type { Instant } from '#decider';
import type { Hash } from '../crypto.js';
import { bucketOf } from '../map/bucket.js';
import { BUCKETS } from '../map/map.js';
import { EMPTY_RANGE, type CompactRange, type NodeReader } from '../merkle/tree.js';
import type { KeysEntry, LossEntry, MapEntry } from './entry.js';
import type { Label, LabelHead, LabelState } from './label.js';
import type { LogChanges, LogState } from './state.js';

/** A log's projection in memory: for a witness of a small log, for auditors, for tests. About 500 bytes an entry. */
export class MemoryLog implements LogState, NodeReader {
  range: CompactRange = EMPTY_RANGE;
  deferrals: ReadonlyMap<Label, Instant> = new Map();
  lastMap: MapEntry | undefined;
  rotations: readonly KeysEntry[] = [];
  losses: readonly LossEntry[] = [];
  /** Labels whose streams were erased. */
  readonly erased = new Set<Label>();
  private readonly changed = new Set<number>();
  private readonly nodes: Hash[][] = [];
  private readonly mapNodes = new Map<number, Hash>();
  private readonly buckets = new Map<number, Map<Label, LabelHead>>();

  /** Writes what `extendLog` or `replayCheckpoint` found. MUST be given the changes in order, each once. */
  commit(changes: LogChanges): void {
    if (changes.range.size !== this.range.size + changes.entries.length)
      throw new RangeError('these changes do not follow the state');
    for (const { level, index, hash } of changes.nodes) (this.nodes[level] ??= [])[index] = hash;
    for (const { level, index, hash } of changes.mapNodes) this.mapNodes.set(level * BUCKETS + index, hash);
    for (const [label, head] of changes.heads) this.setHead(label, head);
    for (const label of changes.erased) this.erased.add(label);
    this.range = changes.range;
    if (changes.mapClosed) this.changed.clear();
    for (const bucket of changes.touched) this.changed.add(bucket);
    this.deferrals = changes.deferrals;
    this.lastMap = changes.lastMap;
    this.rotations = changes.rotations;
    this.losses = changes.losses;
  }

  node(level: number, index: number): Hash {
    const hash = this.nodes[level]?.[index];
    if (hash === undefined) throw new RangeError(`no node ${level}/${index}`);
    return hash;
  }

  dirty(): Iterable<number> {
    return this.changed;
  }

  mapNode(level: number, index: number): Hash | undefined {
    return this.mapNodes.get(level * BUCKETS + index);
  }

  head(label: Label): LabelHead | undefined {
    return this.buckets.get(bucketOf(label))?.get(label);
  }

  *labelsIn(bucket: number): Iterable<LabelState> {
    for (const [label, head] of this.buckets.get(bucket) ?? []) yield { label, ...head };
  }

  private setHead(label: Label, head: LabelHead): void {
    const bucket = bucketOf(label);
    const labels = this.buckets.get(bucket);
    if (labels) labels.set(label, head);
    else this.buckets.set(bucket, new Map([[label, head]]));
  }
}
