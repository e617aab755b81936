import { epochMs, type Clock } from '#time';
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
  type Checkpoint,
  type Policy,
  type VerifierKey,
} from '#transparency';
import type { LogStore } from './log-store.js';
import { LedgerCut } from './batch.js';
import type { LogKeys } from './log-keys.file.js';
import { WitnessClient, type WitnessState as Fared } from './witness-client.js';
import type { WitnessState } from './witness/state.file.js';

const PUBLISHED = 'published';

/** A checkpoint as it is served. */
export interface Published {
  readonly note: string;
  readonly size: number;
}

/** The log's name then: one that it declared a loss under is served no more. */
interface Served extends Published {
  readonly origin: string;
}

/** Signs the log's checkpoints, has them cosigned, and keeps the newest for whoever asks. */
export class Publisher {
  private readonly witnesses: readonly WitnessClient[];
  private current: Served | undefined;

  constructor(
    private readonly log: LogStore,
    readonly keys: LogKeys,
    readonly policy: Policy | undefined,
    private readonly clock: Clock,
    private readonly shown?: WitnessState,
  ) {
    this.witnesses = policy
      ? [...policy.urls].map(([witness, url]) => new WitnessClient(witness, url, policy, clock))
      : [];
    this.current = readPublished(log);
    log.keepMap = this.current && this.current.size - 1;
  }

  /** The log's name, which a declared loss changes. */
  get origin(): string {
    return this.keys.origin(this.log);
  }

  get published(): Published | undefined {
    return this.current?.origin === this.origin ? this.current : undefined;
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
    if (this.log.lastMap?.size === (this.published?.size ?? 0) - 1) return;
    const next = this.newest();
    if (!next) return;
    const lines = await this.ask(next);
    // Remembered before anybody sees it: what was shown once must stay in the ledger.
    const { origin, size, root } = next;
    this.shown?.remember({ origin, size, root });
    this.current = { origin, note: addSignatures(next.note, lines), size };
    this.log.setMeta(PUBLISHED, this.current.note);
    this.log.keepMap = size - 1;
  }

  /** Keys whose signatures count now: the one in use first. */
  get verifierKeys(): readonly VerifierKey[] {
    return this.keys.verifierKeys(this.log, epochMs(this.clock.now()));
  }

  /** Before anything is written or served. @throws LedgerCut when the ledger lacks what was shown, here or to a witness */
  async compare(): Promise<void> {
    const { range } = this.log;
    const shown = this.lastShown;
    if (shown && shown.size > range.size) throw cut(range.size, shown.size);
    if (shown && !sameBytes(rootOf(rangeAt(shown.size, this.log)), shown.root))
      throw new LedgerCut(
        `The log of this ledger does not continue its checkpoint of ${shown.size} entries, which was shown: recover the ledger that it is of.`,
      );
    const newest = this.newest();
    if (newest) await this.ask(newest);
  }

  /** What was shown last under the log's name, as far as it is remembered here. */
  get lastShown(): Checkpoint | undefined {
    const { origin } = this;
    const known = this.shown?.known(origin);
    return known && { origin, ...known };
  }

  /** The most entries that a witness says it has seen under the log's name; who cannot be reached says nothing. */
  async seenByWitnesses(): Promise<number> {
    const newest = this.newest();
    if (newest) await this.cosignatures(newest);
    return Math.max(0, ...this.witnesses.map((witness) => witness.seen));
  }

  private newest(): Newest | undefined {
    const { lastMap } = this.log;
    if (!lastMap?.size) return undefined;
    const size = lastMap.size + 1;
    const root = rootOf(rangeAt(size, this.log));
    const { origin } = this;
    const text = formatCheckpoint({ origin, size, root });
    const signers = this.keys.signers(this.log, epochMs(this.clock.now()));
    const note = formatNote(
      text,
      signers.map((signer) => signatureLine(text, signer)),
    );
    return { origin, size, root, note, signedBy: signers.map(({ key }) => key) };
  }

  /** Cosignatures of all witnesses that gave one. @throws LedgerCut */
  private async ask(newest: Newest): Promise<readonly string[]> {
    const lines = await this.cosignatures(newest);
    const seen = Math.max(0, ...this.witnesses.map((witness) => witness.seen));
    if (seen > this.log.range.size) throw cut(this.log.range.size, seen);
    return lines;
  }

  private async cosignatures({ note, size, signedBy }: Newest): Promise<readonly string[]> {
    const consistency = (oldSize: number) => proveConsistency(oldSize, size, this.log);
    const asked = this.witnesses.map((witness) => witness.cosign({ note, size, signedBy, consistency }));
    return (await Promise.all(asked)).flat();
  }
}

/** A checkpoint of ours that is signed and not yet served. */
interface Newest extends Checkpoint {
  readonly note: string;
  readonly signedBy: readonly VerifierKey[];
}

function cut(size: number, shown: number): LedgerCut {
  return new LedgerCut(
    `The log of this ledger has ${size} entries and has shown ${shown}: the ledger was cut, or restored from an older backup; recover its tail.`,
  );
}

/** What was served before a restart goes on being served: its cosignatures are kept nowhere else. */
function readPublished(log: LogStore): Served | undefined {
  const note = log.meta(PUBLISHED);
  const parsed = note === undefined ? undefined : parseNote(note);
  if (note === undefined || !parsed?.ok) return undefined;
  const checkpoint = parseCheckpoint(parsed.value.text);
  if (!checkpoint.ok) return undefined;
  const { origin, size } = checkpoint.value;
  return { origin, note, size };
}
