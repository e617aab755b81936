import { randomUUID } from 'node:crypto';
import { streamName, type DomainEvent, type Instant, type Recorded } from '#decider';
import { commandOnce, NO_STREAM, Turns, type Ledger } from '#event-store';
import { epochMs, later } from '#time';
import type { Settled } from './deliveries.js';

export const OUTBOX = streamName('outbox');
/** How long a node that served the outbox last is waited for. */
const LEASE_MS = 60_000;
/** Of the lease that is left to itself, for a post under way and an answer that is late. */
const MARGIN = 1 / 4;
/** What was settled is told to other nodes at most so often, and so many at a time. */
const FLUSH_MS = 1_000;
const MAX_SETTLED = 500;
const ACTOR = { kind: 'client', id: 'sillage-outbox' } as const;

/** A node serves the outbox of all: it alone posts, until it leaves or is not heard of any more. */
export type OutboxServed = DomainEvent<
  'OutboxServed',
  {
    /** Another one at every start. */
    readonly node: string;
    /** What became of deliveries since it served last. */
    readonly settled: readonly Settled[];
    readonly leaves: boolean;
  }
>;

export interface LeaseParts {
  readonly ledger: Ledger;
  /** Up to where this node has followed the ledger. */
  readonly position: () => number;
  readonly report: (fault: Error) => void;
  readonly leaseMs?: number;
}

/**
 * Of several nodes on one ledger one serves the outbox: whoever appended to its stream last. A node that does not hold
 * it passes by; when the holder has left, or has told nothing for a while, the next one that has something due takes it,
 * at the revision that it saw, so that one wins. A ledger in a file has one server: nothing is written there.
 */
export class Lease {
  readonly node = randomUUID();
  private readonly turns = new Turns<'append'>();
  private readonly leaseMs: number;
  /** Ours: the revision of our last word, and since when it counts. */
  private held: { readonly revision: number; readonly sinceMs: number } | undefined;
  /** Another node's: until when it is waited for. Undefined before the stream was looked at. */
  private othersUntilMs: number | undefined;
  private isWanted = false;
  /** Of the newest word that is known here. */
  private recordedAt: Instant | undefined;
  private settled: Settled[] = [];
  private flushing: NodeJS.Timeout | undefined;

  constructor(private readonly parts: LeaseParts) {
    this.leaseMs = parts.leaseMs ?? LEASE_MS;
  }

  /** Whether this node may begin to post. */
  get isHeld(): boolean {
    return this.isAlone || this.leftMs > this.leaseMs * MARGIN;
  }

  /** Takes or prolongs it where that is possible. @returns whether this node may post now */
  hold(): Promise<boolean> {
    if (this.isAlone || (this.held && this.leftMs > this.leaseMs / 2)) return Promise.resolve(true);
    return this.turns.run('append', async () => {
      if (this.held ? await this.serve(this.held.revision) : await this.take()) this.isWanted = false;
      return this.isHeld;
    });
  }

  /** Somebody asked this very node: it takes the outbox from whoever holds it as soon as it can. */
  want(): void {
    this.isWanted = !this.isHeld;
  }

  /** What became of a delivery here, for the other nodes. */
  tell(settled: Settled): void {
    if (this.isAlone) return;
    this.settled.push(settled);
    this.flushing ??= setTimeout(() => void this.flush().catch(this.parts.report), FLUSH_MS);
  }

  /** A word of the stream, in its order. @returns what another node settled */
  hear({ data, recordedAt }: Recorded<OutboxServed>): readonly Settled[] {
    this.recordedAt = recordedAt;
    if (data.node === this.node) return [];
    this.lose(data.leaves ? 0 : this.leaseMs - this.ageOf(recordedAt));
    return data.settled;
  }

  /** Tells what is left to tell, and lets another node go on at once. */
  async close(): Promise<void> {
    clearTimeout(this.flushing);
    if (!this.held) return;
    await this.turns
      .run('append', async () => this.held && this.serve(this.held.revision, true))
      // A courtesy: without it they wait.
      .catch(() => {});
  }

  private get isAlone(): boolean {
    return this.parts.ledger.store.removesAtOnce;
  }

  private get leftMs(): number {
    return this.held ? this.held.sinceMs + this.leaseMs - performance.now() : 0;
  }

  private async flush(): Promise<void> {
    this.flushing = undefined;
    await this.turns.run('append', async () => {
      while (this.held && this.settled.length > 0) await this.serve(this.held.revision);
    });
  }

  /** At the end of the stream, once everything in it was followed here and nobody is waited for. */
  private async take(): Promise<boolean> {
    if (this.isWaiting) return false;
    const { ledger, position } = this.parts;
    const head = await ledger.store.head(OUTBOX);
    if (head === undefined) return this.serve(NO_STREAM);
    if (position() < head.position) return false;
    if (this.othersUntilMs === undefined) {
      const [last] = await ledger.codec.open(await ledger.store.read(OUTBOX, head.revision, 1));
      this.hear(last as Recorded<OutboxServed>);
    }
    // Another node may have been heard of since this one began to look.
    return this.isWaiting ? false : this.serve(head.revision);
  }

  private get isWaiting(): boolean {
    return !this.isWanted && this.othersUntilMs !== undefined && performance.now() < this.othersUntilMs;
  }

  /** @param revision of the stream's last word @returns false where another node was faster: then it is theirs */
  private async serve(revision: number, leaves = false): Promise<boolean> {
    const { store, codec, clock } = this.parts.ledger;
    const settled = this.settled.splice(0, MAX_SETTLED);
    const event: OutboxServed = { type: 'OutboxServed', data: { node: this.node, settled, leaves } };
    const now = clock.now();
    const recordedAt = this.recordedAt ? later(now, this.recordedAt) : now;
    // Counted from before the append: others count from when they hear of it.
    const sinceMs = performance.now();
    try {
      const [encoded] = await codec.encode(OUTBOX, revision + 1, recordedAt, commandOnce(ACTOR), [event]);
      const { kind } = await store.append(OUTBOX, [encoded!.toAppend], revision);
      if (kind === 'conflict' || leaves) this.lose(this.leaseMs);
      else this.held = { revision: revision + 1, sinceMs };
      this.recordedAt = recordedAt;
      return kind === 'appended';
    } catch (error) {
      // Whether it was stored or not: it is taken anew, at the revision that is there then.
      this.held = undefined;
      throw error;
    }
  }

  /** What it has not told yet it keeps to itself: whoever holds the outbox now knows better. */
  private lose(othersMs: number): void {
    this.held = undefined;
    this.settled = [];
    // Clocks differ: whatever they say, nobody is waited for longer than a lease.
    this.othersUntilMs = performance.now() + Math.min(Math.max(othersMs, 0), this.leaseMs);
  }

  private ageOf(recordedAt: Instant): number {
    return epochMs(this.parts.ledger.clock.now()) - epochMs(recordedAt);
  }
}
