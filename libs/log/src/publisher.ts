import type { Clock } from '#time';
import {
  addSignatures,
  formatCheckpoint,
  formatNote,
  parseCheckpoint,
  parseNote,
  proveConsistency,
  rangeAt,
  rootOf,
  sameBytes,
  signatureLine,
  type Hash,
  type Policy,
  type Signer,
} from '#transparency';
import type { LogStore } from './log-store.js';
import { LedgerCut } from './batch.js';
import { WitnessClient, type WitnessState as Fared } from './witness-client.js';
import type { WitnessState } from './witness/state.file.js';

const PUBLISHED = 'published';

/** A checkpoint as it is served. */
export interface Published {
  readonly note: string;
  readonly size: number;
}

/** Signs the log's checkpoints, has them cosigned, and keeps the newest for whoever asks. */
export class Publisher {
  private readonly witnesses: readonly WitnessClient[];
  private current: Published | undefined;

  constructor(
    private readonly log: LogStore,
    readonly signer: Signer,
    readonly policy: Policy | undefined,
    clock: Clock,
    private readonly shown?: WitnessState,
  ) {
    this.witnesses = policy
      ? [...policy.urls].map(([witness, url]) => new WitnessClient(witness, url, policy, clock))
      : [];
    this.current = readPublished(log, signer.key.name);
    log.keepMap = this.current && this.current.size - 1;
  }

  get published(): Published | undefined {
    return this.current;
  }

  get states(): readonly Fared[] {
    return this.witnesses.map(({ state }) => state);
  }

  /** The widest that our clock and a witness's are apart, ms; 0 while that is within bounds. */
  get clockOffMs(): number {
    return this.witnesses.reduce((worst, { clockOffMs }) => Math.max(worst, Math.abs(clockOffMs)), 0);
  }

  /**
   * Signs the newest map entry's checkpoint, unless it is the one that is served. Witnesses have five seconds.
   * @throws LedgerCut when a witness has seen more of the log than there is: nothing is served of it then
   */
  async publish(): Promise<void> {
    const next = this.newest();
    if (!next || next.size === this.current?.size) return;
    const lines = await this.ask(next);
    // Remembered before anybody sees it: what was shown once must stay in the ledger.
    this.shown?.remember({ origin: this.signer.key.name, size: next.size, root: next.root });
    this.current = { note: addSignatures(next.note, lines), size: next.size };
    this.log.setMeta(PUBLISHED, this.current.note);
    this.log.keepMap = next.size - 1;
  }

  /** Before anything is written or served. @throws LedgerCut when the ledger lacks what was shown, here or to a witness */
  async compare(): Promise<void> {
    const { range } = this.log;
    const shown = this.shown?.known(this.signer.key.name);
    if (shown && shown.size > range.size) throw cut(range.size, shown.size);
    if (shown && !sameBytes(rootOf(rangeAt(shown.size, this.log)), shown.root))
      throw new LedgerCut(
        `The log of this ledger does not continue its checkpoint of ${shown.size} entries, which was shown: recover the ledger that it is of.`,
      );
    const newest = this.newest();
    if (newest) await this.ask(newest);
  }

  private newest(): Newest | undefined {
    const { lastMap } = this.log;
    if (!lastMap?.size) return undefined;
    const size = lastMap.size + 1;
    const root = rootOf(rangeAt(size, this.log));
    const text = formatCheckpoint({ origin: this.signer.key.name, size, root });
    return { size, root, note: formatNote(text, [signatureLine(text, this.signer)]) };
  }

  /** Cosignatures of all witnesses that gave one. @throws LedgerCut */
  private async ask({ note, size }: Newest): Promise<readonly string[]> {
    const consistency = (oldSize: number) => proveConsistency(oldSize, size, this.log);
    const asked = this.witnesses.map((witness) => witness.cosign({ note, size, consistency }));
    const lines = (await Promise.all(asked)).flat();
    const seen = Math.max(0, ...this.witnesses.map((witness) => witness.seen));
    if (seen > this.log.range.size) throw cut(this.log.range.size, seen);
    return lines;
  }
}

/** A checkpoint of ours that is signed and not yet served. */
interface Newest {
  readonly size: number;
  readonly root: Hash;
  readonly note: string;
}

function cut(size: number, shown: number): LedgerCut {
  return new LedgerCut(
    `The log of this ledger has ${size} entries and has shown ${shown}: the ledger was cut, or restored from an older backup; recover its tail.`,
  );
}

/** What was served before a restart goes on being served: its cosignatures are kept nowhere else. */
function readPublished(log: LogStore, origin: string): Published | undefined {
  const note = log.meta(PUBLISHED);
  const parsed = note === undefined ? undefined : parseNote(note);
  if (note === undefined || !parsed?.ok) return undefined;
  const checkpoint = parseCheckpoint(parsed.value.text);
  if (!checkpoint.ok || checkpoint.value.origin !== origin) return undefined;
  return { note, size: checkpoint.value.size };
}
