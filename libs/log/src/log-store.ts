import { rmSync } from 'node:fs';
import type { Instant } from '#decider';
import { openDatabase } from '#event-store';
import {
  bucketOf,
  EMPTY_RANGE,
  labelBytes,
  parseEntry,
  pendingMap,
  rangeAt,
  type CompactRange,
  type Hash,
  type KeysEntry,
  type Label,
  type LabelHead,
  type LabelState,
  type LogChanges,
  type LogState,
  type LossEntry,
  type MapEntry,
  type NodeReader,
  type PendingMap,
} from '#transparency';
import { idOf, isStored, MapRows } from './map-rows.js';
import { boundsOf, SCHEMA, SQL, toState, type Source } from './schema.js';
import { SqlFile } from './sql-file.js';

/** How a log's file survives a power cut: a node can make its own again, a witness must remember. */
type Durability = 'NORMAL' | 'FULL';

/**
 * A log as nodes, labels and map in one SQLite file, each step in one transaction. A server's is disposable; a
 * replaying witness keeps what it knows in one. The map can be read as of `keepMap` and as of the newest.
 */
export class LogStore implements LogState, NodeReader {
  range: CompactRange = EMPTY_RANGE;
  deferrals: ReadonlyMap<Label, Instant> = new Map();
  lastMap: MapEntry | undefined;
  rotations: readonly KeysEntry[] = [];
  losses: readonly LossEntry[] = [];
  source: Source = { revision: -1, upTo: 0 };
  /** The map that is read beside the newest; undefined: only the newest is. */
  keepMap: number | undefined;
  private readonly changed = new Set<number>();
  private readonly mapNodes: MapRows;
  private memo: PendingMap | undefined;

  private constructor(private readonly db: SqlFile) {
    this.mapNodes = new MapRows(db);
    db.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT');
    if (this.meta('shape') !== undefined) this.load();
    else this.create();
  }

  /** @throws when it is damaged, or was made by another version */
  static open(path: string, synchronous: Durability = 'NORMAL'): LogStore {
    const db = new SqlFile(openDatabase(path, { synchronous }));
    try {
      return new LogStore(db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  static remove(path: string): void {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
  }

  /** Writes what `extendLog` or `replayCheckpoint` found in these entries. MUST follow the state. */
  commit(changes: LogChanges, bytes: readonly Uint8Array[], source: Source = this.source): void {
    if (changes.range.size !== this.range.size + bytes.length)
      throw new RangeError('these changes do not follow the state');
    this.db.inTransaction(() => this.write(changes, bytes, source));
    this.memo = undefined;
    this.mapNodes.forget();
    if (changes.mapClosed) this.changed.clear();
    for (const bucket of changes.touched) this.changed.add(bucket);
    this.range = changes.range;
    this.deferrals = changes.deferrals;
    this.lastMap = changes.lastMap;
    this.rotations = changes.rotations;
    this.losses = changes.losses;
    this.source = source;
  }

  /** What is in the log is told by its labels alone, until the next batch tells a position. */
  forgetPosition(): void {
    this.source = { ...this.source, upTo: 0 };
    this.setMeta('source', JSON.stringify(this.source));
  }

  node(level: number, index: number): Hash {
    const hash = this.db.get(SQL.node, level, index)?.['hash'];
    if (hash === undefined) throw new RangeError(`no node ${level}/${index}`);
    return hash as Hash;
  }

  /** How many the next map changes. */
  get changedBuckets(): number {
    return this.changed.size;
  }

  dirty(): Iterable<number> {
    return this.changed;
  }

  mapNode(level: number, index: number, asOf: number = Number.MAX_SAFE_INTEGER): Hash | undefined {
    return this.mapNodes.node(level, index, asOf);
  }

  pending(): PendingMap {
    return (this.memo ??= pendingMap(this));
  }

  head(label: Label): LabelHead | undefined {
    return this.db.get(SQL.label, labelBytes(label)) as unknown as LabelHead | undefined;
  }

  labelsIn(bucket: number): Iterable<LabelState> {
    return this.db.all(SQL.bucket, boundsOf(bucket)).map(toState);
  }

  /** The labels of a bucket as the first `size` entries leave them. */
  labelsBefore(bucket: number, size: number): Iterable<LabelState> {
    return this.db.all(SQL.bucketBefore, { ...boundsOf(bucket), size }).map(toState);
  }

  /** Indices of the label's entries among the first `size`, in order. */
  entriesOf(label: Label, size: number): readonly number[] {
    return this.db.all(SQL.labelEntries, labelBytes(label), size).map((row) => row['idx'] as number);
  }

  indexOf(label: Label, n: number): number | undefined {
    return this.db.get(SQL.labelEntry, labelBytes(label), n)?.['idx'] as number | undefined;
  }

  /** @throws RangeError when there is none */
  entry(index: number): Uint8Array {
    const bytes = this.db.get(SQL.entry, index)?.['bytes'];
    if (bytes === undefined) throw new RangeError(`no entry ${index}`);
    return bytes as Uint8Array;
  }

  entries(from: number, to: number): readonly Uint8Array[] {
    return this.db.all(SQL.entries, from, to).map((row) => row['bytes'] as Uint8Array);
  }

  /** Index of the last map entry before the entry. */
  mapBefore(index: number): number | undefined {
    return this.db.get(SQL.mapBefore, index)?.['idx'] as number | undefined;
  }

  mapAfter(index: number): number | undefined {
    return this.db.get(SQL.mapAfter, index)?.['idx'] as number | undefined;
  }

  erased(): readonly Label[] {
    return this.db.all(SQL.erased).map((row) => row['label'] as Label);
  }

  meta(key: string): string | undefined {
    return this.db.get(SQL.meta, key)?.['value'] as string | undefined;
  }

  setMeta(key: string, value: string): void {
    this.db.prepare(SQL.setMeta).run(key, value);
  }

  close(): void {
    this.db.close();
  }

  private write(changes: LogChanges, bytes: readonly Uint8Array[], source: Source): void {
    const first = this.range.size;
    const [addEntry, addNode] = [this.db.prepare(SQL.addEntry), this.db.prepare(SQL.addNode)];
    bytes.forEach((entry, i) => addEntry.run(first + i, entry));
    for (const { level, index, hash } of changes.nodes) addNode.run(level, index, hash);
    this.writeLabels(changes, first);
    this.writeMap(changes, first);
    this.writeDeferrals(changes);
    for (const name of ['rotations', 'losses'] as const)
      this.setMeta(name, JSON.stringify(changes[name].map(({ size }) => size)));
    this.setMeta('source', JSON.stringify(source));
  }

  private writeLabels({ entries, heads }: LogChanges, first: number): void {
    const ids = new Map<Label, number>();
    for (const [label, { count, last }] of heads)
      ids.set(label, this.db.get(SQL.addLabel, labelBytes(label), count, last)!['id'] as number);
    const add = this.db.prepare(SQL.addLabelEntry);
    for (const [i, entry] of entries.entries())
      if (entry.kind === 'event') add.run(ids.get(entry.label)!, entry.n, first + i);
  }

  private writeMap({ entries, mapNodes, lastMap }: LogChanges, first: number): void {
    for (const [i, entry] of entries.entries())
      if (entry.kind === 'map')
        this.db.prepare(SQL.addMapEntry).run(first + i, entry.prev ?? null, entry.at, entry.root);
    const set = this.db.prepare(SQL.setMapNode);
    const kept = this.keepMap ?? Number.MAX_SAFE_INTEGER;
    for (const { level, index, hash } of mapNodes)
      if (isStored(level)) set.run(idOf(level, index), hash, lastMap!.size, kept);
  }

  private writeDeferrals({ entries, deferrals, erased }: LogChanges): void {
    for (const label of erased) this.db.prepare(SQL.addErased).run(label);
    if (erased.length === 0 && !entries.some((entry) => entry.kind === 'event' && entry.deferral)) return;
    this.db.prepare(SQL.dropDeferrals).run();
    for (const [label, until] of deferrals) this.db.prepare(SQL.addDeferral).run(label, until);
  }

  private create(): void {
    this.db.inTransaction(() => {
      this.db.exec(SCHEMA.replace('CREATE TABLE meta', 'CREATE TABLE IF NOT EXISTS meta'));
      this.setMeta('shape', SCHEMA);
    });
  }

  private load(): void {
    if (this.meta('shape') !== SCHEMA) throw new Error('The file was made by another version.');
    this.source = JSON.parse(this.meta('source') ?? JSON.stringify(this.source)) as Source;
    const size = this.db.get('SELECT coalesce(max(idx) + 1, 0) AS size FROM entry')!['size'] as number;
    this.range = rangeAt(size, this);
    const pairs = this.db.all(SQL.deferrals).map(({ label, until }) => [label, until] as [Label, Instant]);
    this.deferrals = new Map(pairs);
    this.rotations = this.named('rotations') as KeysEntry[];
    this.losses = this.named('losses') as LossEntry[];
    const last = this.mapBefore(size);
    if (last === undefined) return;
    this.lastMap = this.parsed(last) as MapEntry;
    for (let index = last + 1; index < size; index++) {
      const entry = this.parsed(index);
      if (entry.kind === 'event') this.changed.add(bucketOf(entry.label));
    }
  }

  private named(meta: 'rotations' | 'losses') {
    return (JSON.parse(this.meta(meta) ?? '[]') as number[]).map((index) => this.parsed(index));
  }

  private parsed(index: number) {
    const entry = parseEntry(this.entry(index));
    if (!entry.ok) throw new Error(`Entry ${index} cannot be read: ${entry.reason}.`);
    return entry.value;
  }
}
