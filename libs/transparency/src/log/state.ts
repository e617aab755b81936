import type { Instant } from '#decider';
import type { Hash } from '../crypto.js';
import { bucketContents } from '../map/bucket.js';
import { changedMapNodes, mapRoot, type MapReader } from '../map/map.js';
import type { CompactRange, TreeNode } from '../merkle/tree.js';
import type { KeysEntry, LogEntry, LossEntry, MapEntry } from './entry.js';
import type { Label, LabelHead, LabelState } from './label.js';

/** What a log's projection holds, as of `range.size` entries. A store implements it; `MemoryLog` does in memory. */
export interface LogState extends MapReader {
  readonly range: CompactRange;
  /** Buckets whose labels have entries since the last map entry; `mapNode` does not show them yet. */
  dirty(): Iterable<number>;
  /** Open deferrals, each with the date by which it must end or be reviewed. */
  readonly deferrals: ReadonlyMap<Label, Instant>;
  readonly lastMap: MapEntry | undefined;
  /** Changes of the signing key, oldest first: the last one's new key is in use. */
  readonly rotations: readonly KeysEntry[];
  /** Declared losses, oldest first: the last one's new origin is the log's name. */
  readonly losses: readonly LossEntry[];
  head(label: Label): LabelHead | undefined;
  labelsIn(bucket: number): Iterable<LabelState>;
  /** `pendingMap` of this state, for a store that keeps it: it is asked for when a map is written and when it is read back. */
  pending?(): PendingMap;
}

/** The map once the dirty buckets are in it: its root, and the nodes that change. */
export interface PendingMap {
  readonly root: Hash;
  readonly nodes: readonly TreeNode[];
}

/** What reading further entries changes, to be written in one transaction. */
export interface LogChanges {
  /** The parsed entries; the first has index `range.size - entries.length`. */
  readonly entries: readonly LogEntry[];
  readonly range: CompactRange;
  /** A map entry was read: what was dirty before is in the map now. */
  readonly mapClosed: boolean;
  /** Buckets whose labels have entries since the last map entry read here, or since the one before. */
  readonly touched: ReadonlySet<number>;
  readonly deferrals: ReadonlyMap<Label, Instant>;
  readonly lastMap: MapEntry | undefined;
  readonly rotations: readonly KeysEntry[];
  readonly losses: readonly LossEntry[];
  readonly nodes: readonly TreeNode[];
  readonly mapNodes: readonly TreeNode[];
  readonly heads: ReadonlyMap<Label, LabelHead>;
  readonly erased: readonly Label[];
}

export function pendingMap(state: Pick<LogState, 'dirty' | 'labelsIn' | 'mapNode'>): PendingMap {
  const changes = new Map<number, Uint8Array>();
  for (const bucket of state.dirty()) changes.set(bucket, bucketContents(state.labelsIn(bucket)));
  const nodes = [...changedMapNodes(changes, state)];
  return { root: nodes.at(-1)?.hash ?? mapRoot(state), nodes };
}

/** The map entry that closes a checkpoint over the log as it stands. `at` MUST NOT be before the last one's. */
export function nextMapEntry(state: LogState, at: Instant): MapEntry {
  const { lastMap, range, losses } = state;
  const prev = lastMap && { prev: lastMap.size };
  const loss = losses.length > 0 && { loss: losses.at(-1)!.size };
  const { root } = state.pending?.() ?? pendingMap(state);
  return { kind: 'map', root, size: range.size, ...prev, ...loss, at };
}
