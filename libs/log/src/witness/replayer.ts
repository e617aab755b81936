import type { Clock } from '#time';
import {
  newestKey,
  openCheckpoint,
  parseEntryBundle,
  replayCheckpoint,
  rootOf,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  type Checkpoint,
  type Hash,
  type KeysEntry,
  type Label,
  type LogPolicy,
  type Result,
} from '#transparency';
import type { LogStore } from '../log-store.js';
import type { WitnessState } from './state.file.js';
import type { Replayer } from './witness.js';

/** The bytes of a path of the log, e.g. `tile/entries/000`. @throws when they cannot be had */
export type FetchTile = (path: string) => Promise<Uint8Array>;

/**
 * Reads every entry of a log and recomputes all that follows from them, before it vouches. What it knows is what it
 * cosigned: its projection is its state, written in one transaction before the cosignature is given out.
 */
export class LogReplayer implements Replayer, WitnessState {
  /** `log` on a file with `FULL`. */
  constructor(
    private readonly origin: string,
    private readonly log: LogStore,
    private readonly fetchTile: FetchTile,
    private readonly clock: Clock,
  ) {}

  known(origin: string): { readonly size: number; readonly root: Hash } | undefined {
    const { range } = this.log;
    return origin === this.origin && range.size > 0 ? { size: range.size, root: rootOf(range) } : undefined;
  }

  get rotations(): readonly KeysEntry[] {
    return this.log.rotations;
  }

  /** Labels whose erasure was logged. */
  get erased(): readonly Label[] {
    return this.log.erased();
  }

  /** `replay` has done it. */
  remember(): void {}

  async replay(checkpoint: Checkpoint, note: string, policy: LogPolicy): Promise<Result<undefined>> {
    const entries = await this.entriesUpTo(checkpoint.size);
    if (typeof entries === 'string') return { ok: false, reason: entries };
    const replayed = replayCheckpoint({ state: this.log, entries, checkpoint, now: this.clock.now() });
    if (!replayed.ok) return replayed;
    const signed = signedByNewest(note, policy, replayed.value.rotations);
    if (!signed.ok) return signed;
    if (entries.length > 0) this.log.commit(replayed.value, entries);
    return { ok: true, value: undefined };
  }

  /** The entries that are new to it, or why they cannot be had. */
  private async entriesUpTo(size: number): Promise<readonly Uint8Array[] | string> {
    const first = this.log.range.size;
    const entries: Uint8Array[] = [];
    for (let index = Math.floor(first / TILE_WIDTH); index * TILE_WIDTH < size; index++) {
      const path = tilePath({ level: 'entries', index, width: tileWidth('entries', index, size) });
      const bytes = await this.fetchTile(path).catch(() => undefined);
      const bundle = bytes && parseEntryBundle(bytes);
      if (bundle?.length !== tileWidth('entries', index, size)) return `${path} cannot be read`;
      entries.push(...bundle.slice(Math.max(0, first - index * TILE_WIDTH)));
    }
    return entries;
  }
}

/** A key that the log replaced signs nothing any more, whoever holds it. */
function signedByNewest(note: string, policy: LogPolicy, rotations: readonly KeysEntry[]): Result<unknown> {
  const newest = newestKey(policy, rotations);
  return newest.ok && newest.value ? openCheckpoint(note, { ...policy, logKeys: [newest.value] }) : newest;
}
