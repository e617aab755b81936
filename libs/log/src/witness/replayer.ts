import type { Clock } from '#time';
import {
  appendLeaves,
  EMPTY_RANGE,
  leafHash,
  newestKey,
  openCheckpoint,
  parseEntryBundle,
  rangeAt,
  replayCheckpoint,
  rootOf,
  sameBytes,
  TILE_WIDTH,
  tilePath,
  tileWidth,
  type Checkpoint,
  type Hash,
  type KeysEntry,
  type Label,
  type LogPolicy,
  type LossEntry,
  type Result,
} from '#transparency';
import type { LogStore } from '../log-store.js';
import type { WitnessState } from './state.file.js';
import type { Replayer } from './witness.js';

/** The bytes of a path of the log, e.g. `tile/entries/000`. @throws when they cannot be had */
export type FetchTile = (path: string) => Promise<Uint8Array>;

/** What this witness cosigned of the log under the name that it had before it declared a loss. */
export interface Before {
  readonly origin: string;
  readonly log: LogStore;
}

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
    private readonly before?: Before,
  ) {}

  known(origin: string): { readonly size: number; readonly root: Hash } | undefined {
    const { range } = this.log;
    return origin === this.origin && range.size > 0 ? { size: range.size, root: rootOf(range) } : undefined;
  }

  get rotations(): readonly KeysEntry[] {
    return this.log.rotations;
  }

  /** Labels whose erasure was logged, in what was lost since as well. */
  get erased(): readonly Label[] {
    return [...new Set([...(this.before?.log.erased() ?? []), ...this.log.erased()])];
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
    const problem =
      this.log.range.size === 0 ? this.successionProblem(entries, replayed.value.losses) : undefined;
    if (problem !== undefined) return { ok: false, reason: problem };
    if (entries.length > 0) this.log.commit(replayed.value, entries);
    return { ok: true, value: undefined };
  }

  /** A log that was known under another name must declare what it lost, and hold what it says that it kept. */
  private successionProblem(
    entries: readonly Uint8Array[],
    losses: readonly LossEntry[],
  ): string | undefined {
    if (!this.before) return undefined;
    const { origin, log } = this.before;
    const { size } = log.range;
    const since = losses.slice(losses.findIndex(({ oldOrigin }) => oldOrigin === origin));
    const loss = since.find(({ oldOrigin }) => oldOrigin === origin);
    if (loss === undefined) return `it does not declare what became of ${origin}`;
    if (loss.oldSize < size)
      return `it declares that ${origin} had ${loss.oldSize} entries, and ${size} were cosigned`;
    if (loss.oldSize === size && !sameBytes(loss.oldRoot, rootOf(log.range)))
      return `it declares another checkpoint of ${origin} than was cosigned`;
    const kept = Math.min(size, ...since.map((one) => one.kept));
    const { range } = appendLeaves(EMPTY_RANGE, entries.slice(0, kept).map(leafHash));
    return sameBytes(rootOf(range), rootOf(rangeAt(kept, log)))
      ? undefined
      : `its first ${kept} entries are not those of ${origin}, which it declares to have kept`;
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
