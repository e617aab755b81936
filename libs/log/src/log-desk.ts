import type { StreamName } from '#decider';
import { entryBundle, formatVerifierKey, TILE_WIDTH, tileBytes, tileWidth, type Tile } from '#transparency';
import type { LogHealth, LogKeeper } from './keeper.js';
import { Proofs, type OpenedEvent } from './proofs.js';
import type { Published } from './publisher.js';

/** A receipt is for an event that may have been recorded this very second: the next checkpoint has it. */
const WAIT_MS = 10_000;

/** A proof, or of which streams more than what was opened is needed for it. */
export type Proved =
  | { readonly kind: 'file'; readonly text: string; readonly size: number }
  | { readonly kind: 'behind'; readonly streams: readonly StreamName[] }
  /** The log is not as long as what the caller kept. */
  | { readonly kind: 'ahead'; readonly size: number }
  | { readonly kind: 'no-checkpoint' };

/** What a server asks of its log, in texts, bytes and numbers: the log may be kept in a thread of its own. */
export class LogDesk {
  private readonly proofs: Proofs;

  /** @param sealer of the thread in which the log is kept */
  constructor(
    private readonly keeper: LogKeeper,
    private readonly sealer?: { forget(owner: string): void },
  ) {
    this.proofs = new Proofs(keeper.log, keeper.publisher);
  }

  start(): void {
    this.keeper.start();
  }

  close(): Promise<void> {
    return this.keeper.close();
  }

  /** Why nothing of the ledger may be served, as far as that is known. */
  cut(): string | undefined {
    return this.keeper.cut?.message;
  }

  /** Tells it once it turns out; most often never. */
  async whenCut(): Promise<string> {
    return (await this.keeper.whenCut).message;
  }

  health(): Promise<LogHealth> {
    return this.keeper.health();
  }

  /** @see LogKeeper.checkpoint */
  checkpoint(): Promise<void> {
    return this.keeper.checkpoint();
  }

  /** The owner's key was destroyed by another thread: what is held of it in this one goes as well. */
  forget(owner: string): void {
    this.sealer?.forget(owner);
  }

  published(): Published | undefined {
    return this.proofs.published;
  }

  /** A bundle of entries; undefined where the log does not have it, or not so wide. */
  entries(tile: Tile): Uint8Array | undefined {
    const first = tile.index * TILE_WIDTH;
    return this.has(tile) ? entryBundle(this.keeper.log.entries(first, first + tile.width)) : undefined;
  }

  /** A tile of hashes; undefined where the log does not have it, or not so wide. */
  tile(tile: Tile): Uint8Array | undefined {
    return this.has(tile) ? tileBytes(tile, this.keeper.log) : undefined;
  }

  /** A line for each key that counts now. */
  verifierKeys(): string {
    return this.keeper.publisher.verifierKeys.map((key) => `${formatVerifierKey(key)}\n`).join('');
  }

  keysFile(): string | undefined {
    return this.proofs.keys();
  }

  openDeferrals(): number {
    return this.keeper.log.deferrals.size;
  }

  /** The text of a receipt, waited for until a checkpoint has the event; undefined when that took too long. @throws LedgerCut */
  async receipt(found: OpenedEvent): Promise<string | undefined> {
    let receipt: string | undefined;
    const made = () => (receipt ??= this.proofs.receipt(found)) !== undefined;
    return (await this.keeper.waitUntil(made, WAIT_MS)) ? receipt : undefined;
  }

  /** The proof of these streams, the first of which is the person's own; made in one go, of one checkpoint. */
  proof(opened: ReadonlyMap<StreamName, readonly OpenedEvent[]>, since?: number): Proved {
    const streams = this.proofs.behind(opened);
    if (streams.length > 0) return { kind: 'behind', streams };
    const { published } = this.proofs;
    if (!published) return { kind: 'no-checkpoint' };
    const { size } = published;
    if (since !== undefined && since > size) return { kind: 'ahead', size };
    return { kind: 'file', text: this.proofs.person(opened, since)!, size };
  }

  private has({ level, index, width }: Tile): boolean {
    return width <= tileWidth(level, index, this.keeper.log.range.size);
  }
}
