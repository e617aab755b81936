import { unreachable, type Instant } from '#decider';
import { sameBytes } from '../bytes.js';
import type { Hash } from '../crypto.js';
import { bucketOf } from '../map/bucket.js';
import { BUCKETS, type MapReader } from '../map/map.js';
import { leafHash } from '../merkle/hashes.js';
import { appendLeaves, type TreeNode } from '../merkle/tree.js';
import { fail, ok, type Result } from '../result.js';
import { verifyKeysEntry, verifyLossEntry } from './encode-entry.js';
import {
  NO_PREVIOUS,
  type EventEntry,
  type KeysEntry,
  type LogEntry,
  type LossEntry,
  type MapEntry,
} from './entry.js';
import type { Label, LabelHead, LabelState } from './label.js';
import { parseEntry } from './parse-entry.js';
import { pendingMap, type LogChanges, type LogState, type PendingMap } from './state.js';

/**
 * Reads further entries of the log, in order, trusting none of them: every sequence number is its label's count,
 * every `p` the label's last leaf, every map root recomputed, every `size` the entry's own index, both keys of a
 * rotation signed, by the key that was in use to one that never was. The one reading of the log, for the server's projection, for witnesses and for auditors.
 */
export function extendLog(state: LogState, entries: readonly Uint8Array[]): Result<LogChanges> {
  const extension = new Extension(state);
  const parsed: LogEntry[] = [];
  const leaves: Hash[] = [];
  for (const bytes of entries) {
    const index = state.range.size + parsed.length;
    const entry = parseEntry(bytes);
    if (!entry.ok) return fail(`entry ${index}: ${entry.reason}`);
    const leaf = leafHash(bytes);
    const problem = extension.read(entry.value, leaf, index);
    if (problem !== undefined) return fail(`entry ${index}: ${problem}`);
    parsed.push(entry.value);
    leaves.push(leaf);
  }
  return ok({ ...extension.changes(), entries: parsed, ...appendLeaves(state.range, leaves) });
}

/** The state behind it, overlaid with what the entries read so far changed. */
class Extension implements MapReader {
  private touched = new Set<number>();
  private mapClosed = false;
  private readonly deferrals: Map<Label, Instant>;
  private readonly heads = new Map<Label, LabelHead>();
  private readonly inBucket = new Map<number, Set<Label>>();
  /** Nodes of the map entries read here. */
  private closed: readonly TreeNode[] = [];
  /** The same by their place, once one is asked for. */
  private closedAt: Map<number, TreeNode> | undefined;
  private readonly erased: Label[] = [];
  private lastMap: MapEntry | undefined;
  private rotations: readonly KeysEntry[];
  private losses: readonly LossEntry[];

  constructor(private readonly state: LogState) {
    this.deferrals = new Map(state.deferrals);
    this.lastMap = state.lastMap;
    this.rotations = state.rotations;
    this.losses = state.losses;
  }

  /** What is wrong with the entry, if anything. */
  read(entry: LogEntry, leaf: Hash, index: number): string | undefined {
    if (index === 0 && entry.kind !== 'map') return 'a log starts with a map entry';
    switch (entry.kind) {
      case 'event':
        return this.readEvent(entry, leaf);
      case 'map':
        return this.readMap(entry, index);
      case 'keys':
        return this.readKeys(entry, index);
      case 'loss':
        return this.readLoss(entry, index);
      case 'erasure':
        this.deferrals.delete(entry.label);
        this.erased.push(entry.label);
        return undefined;
      default:
        return unreachable(entry);
    }
  }

  changes(): Omit<LogChanges, 'entries' | 'range' | 'nodes'> {
    const { touched, mapClosed, deferrals, lastMap, rotations, losses, heads, erased } = this;
    return {
      touched,
      mapClosed,
      deferrals,
      lastMap,
      rotations,
      losses,
      heads,
      erased,
      mapNodes: this.closed,
    };
  }

  *dirty(): Iterable<number> {
    if (!this.mapClosed) yield* this.state.dirty();
    yield* this.touched;
  }

  mapNode(level: number, index: number): Hash | undefined {
    this.closedAt ??= byPlace(this.closed);
    return this.closedAt.get(level * BUCKETS + index)?.hash ?? this.state.mapNode(level, index);
  }

  *labelsIn(bucket: number): Iterable<LabelState> {
    const changed = this.inBucket.get(bucket) ?? new Set();
    for (const label of changed) yield { label, ...this.heads.get(label)! };
    for (const known of this.state.labelsIn(bucket)) if (!changed.has(known.label)) yield known;
  }

  private readEvent(entry: EventEntry, leaf: Hash): string | undefined {
    const { label, n, previous, deferral } = entry;
    const head = this.heads.get(label) ?? this.state.head(label) ?? { count: 0, last: NO_PREVIOUS };
    if (n !== head.count) return `sequence ${n} where its label has ${head.count} entries`;
    if (!sameBytes(previous, head.last)) return 'it does not name the last entry of its label';
    this.heads.set(label, { count: n + 1, last: leaf });
    this.touch(label);
    if (deferral?.mark === 'deferral-end') this.deferrals.delete(label);
    else if (deferral) this.deferrals.set(label, deferral.until);
    return undefined;
  }

  /** Where nothing was read yet, what the state knows by itself. */
  private pending(): PendingMap {
    const untouched = this.touched.size === 0 && !this.mapClosed;
    return (untouched && this.state.pending?.()) || pendingMap(this);
  }

  private touch(label: Label): void {
    const bucket = bucketOf(label);
    this.touched.add(bucket);
    const labels = this.inBucket.get(bucket);
    if (labels) labels.add(label);
    else this.inBucket.set(bucket, new Set([label]));
  }

  private readMap(entry: MapEntry, index: number): string | undefined {
    if (entry.size !== index) return `a map of ${entry.size} entries`;
    if (entry.prev !== this.lastMap?.size) return 'it does not name the map entry before it';
    if (entry.loss !== this.losses.at(-1)?.size) return 'it does not name the loss that was declared last';
    const { root, nodes } = this.pending();
    if (!sameBytes(root, entry.root)) return 'its map is not the map of the entries before it';
    // One map entry in a batch is the rule, and its nodes, hundreds of thousands, are as they are.
    this.closed = this.closed.length === 0 ? nodes : [...byPlace([...this.closed, ...nodes]).values()];
    this.closedAt = undefined;
    this.touched = new Set();
    this.mapClosed = true;
    this.lastMap = entry;
    return undefined;
  }

  private readKeys(entry: KeysEntry, index: number): string | undefined {
    if (entry.size !== index) return `a change of keys after ${entry.size} entries`;
    if (!verifyKeysEntry(entry)) return 'the two keys did not both sign the change';
    const { rotations } = this;
    const used = [entry.oldKey, ...rotations.flatMap(({ oldKey, newKey }) => [oldKey, newKey])];
    if (!sameBytes(entry.oldKey, this.keyInUse ?? entry.oldKey))
      return 'the change of keys is not by the key in use';
    if (used.some((key) => sameBytes(key, entry.newKey))) return 'the new key was in use before';
    this.rotations = [...rotations, entry];
    return undefined;
  }

  private readLoss(entry: LossEntry, index: number): string | undefined {
    const { losses } = this;
    if (entry.size !== index) return `a loss declared after ${entry.size} entries`;
    if (!verifyLossEntry(entry) || !sameBytes(entry.key, this.keyInUse ?? entry.key))
      return 'the loss is not declared by the key in use';
    if (entry.prev !== losses.at(-1)?.size) return 'it does not name the loss that was declared before it';
    if (losses.length > 0 && entry.oldOrigin !== losses.at(-1)!.newOrigin)
      return 'the loss is of another log';
    const names = [entry.oldOrigin, ...losses.map(({ oldOrigin }) => oldOrigin)];
    if (names.includes(entry.newOrigin)) return 'the new name was in use before';
    this.losses = [...losses, entry];
    return undefined;
  }

  /** As far as the entries tell it: the first key is named when it is replaced, or declares a loss. */
  private get keyInUse(): Uint8Array | undefined {
    return this.rotations.at(-1)?.newKey ?? this.losses.at(-1)?.key;
  }
}

/** Of two at the same place the later one counts. */
function byPlace(nodes: readonly TreeNode[]): Map<number, TreeNode> {
  return new Map(nodes.map((node) => [node.level * BUCKETS + node.index, node]));
}
