import type { Instant, StreamName } from '#decider';
import type { Hash } from '../crypto.js';
import type { CommittedEvent, Opening } from '../log/commitment.js';
import type { LabelHead } from '../log/label.js';
import type { LogPolicy } from '../notes/checkpoint.js';

/** An entry of the log with the proof that it is in the checkpoint. */
export interface ProvedEntry {
  readonly index: number;
  readonly entry: Uint8Array;
  readonly proof: readonly Hash[];
}

/** An entry with the event it commits to, opened. */
export interface ProvedEvent extends ProvedEntry {
  readonly event: CommittedEvent;
  readonly opening: Opening;
  /** The bytes the store holds, where the file includes them. */
  readonly stored?: Uint8Array;
}

export interface StreamProof {
  readonly stream: StreamName;
  /** The label's bucket in the map of this checkpoint. */
  readonly bucket: { readonly contents: Uint8Array; readonly proof: readonly Hash[] };
  /** Sequence 0, 1, 2, …; none where the bucket proves that the stream has no event. */
  readonly events: readonly ProvedEvent[];
}

/** What a file shows of how the log came to its key and its name: entries of the log, oldest first. */
export interface History {
  /** The `keys` entries up to the checkpoint; left out where the log never changed its key. */
  readonly keys?: readonly ProvedEntry[];
  /** The `loss` entries up to the checkpoint; left out where no loss was declared. */
  readonly losses?: readonly ProvedEntry[];
}

/** What a person is handed: everything about them in the log, as of one checkpoint. */
export interface ProofBundle extends History {
  /** The signed note. */
  readonly checkpoint: string;
  /** The map entry that is the checkpoint's last leaf. */
  readonly map: ProvedEntry;
  /** The map entries before and after each event. */
  readonly neighbours: readonly ProvedEntry[];
  readonly streams: readonly StreamProof[];
  /** From the checkpoint that the person saved to this one. */
  readonly consistency?: readonly Hash[];
}

/** What a person keeps from one check for the next. */
export interface SavedCheck {
  readonly size: number;
  readonly root: Hash;
  /** The log's name then; left out by versions that knew of no loss, hence the first one. */
  readonly origin?: string;
  /** When that checkpoint was made, by its map entry; unknown where the checkpoint alone was kept. */
  readonly at?: Instant;
  readonly heads: ReadonlyMap<StreamName, LabelHead>;
  /** The log's key that was in use, 32 bytes; unknown where the checkpoint alone was kept. */
  readonly key?: Uint8Array;
}

/** What the person knows without the bundle. */
export interface CheckContext {
  readonly policy: LogPolicy;
  /** Their own stream, their consultations, deferrals that have ended, streams of merged persons. */
  readonly streams: readonly StreamName[];
  readonly now: Instant;
  readonly saved?: SavedCheck;
}

export type CheckName =
  | 'receipt'
  | 'person'
  | 'checkpoint'
  | 'witnesses'
  | 'replay'
  | 'freshness'
  | 'earlier-checkpoint'
  | 'loss'
  | 'map-entry'
  | 'neighbours'
  | 'streams'
  | 'bucket'
  | 'events'
  | 'chain'
  | 'inclusion'
  | 'openings'
  | 'earlier-events'
  | 'recorded-times'
  | 'logged-promptly';

export interface Check {
  readonly name: CheckName;
  /** Set where the check is about one stream. */
  readonly stream?: StreamName;
  /** `warned`: nothing is proved wrong, and the person should know. `skipped`: an earlier check left nothing to do. */
  readonly verdict: 'passed' | 'failed' | 'warned' | 'skipped';
  /** One plain sentence. */
  readonly sentence: string;
}

export interface PersonVerdict {
  /**
   * `complete`: nothing was altered and nothing is hidden, on the word of a replaying witness. `unaltered`: what is
   * shown is as it was logged, but no replaying witness vouches that it is all. `failed`: see the failed checks.
   */
  readonly verdict: 'complete' | 'unaltered' | 'failed';
  readonly checks: readonly Check[];
  /** To keep for the next check; absent when this one failed. */
  readonly save?: SavedCheck;
}
