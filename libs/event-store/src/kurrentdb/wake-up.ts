import { END, streamNameFilter, type AllStreamSubscription } from '@eventstore/db-client';
import type { Connection } from './connection.js';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 2000;
const LONGEST_WAIT_MS = 2000;

/**
 * Says when there may be something new: a live subscription of which nothing but its beat is used. What is
 * read comes from reads, which lose nothing after a scavenge and cannot be dropped for being slow.
 */
export class WakeUp {
  private beats = 0;
  private subscription: AllStreamSubscription | undefined;
  private delayMs = FIRST_DELAY_MS;
  private retry: NodeJS.Timeout | undefined;
  private started = false;
  private closed = false;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly connection: Connection) {
    connection.onRenewal(() => this.restart());
  }

  /** Grows with every sign that the ledger may have. */
  get count(): number {
    if (!this.started) this.start();
    return this.beats;
  }

  /** Resolves when the count has grown beyond `seen`; at the latest after two seconds, whatever is lost. */
  async after(seen: number, signal: AbortSignal): Promise<void> {
    if (this.beats > seen || signal.aborted || this.closed) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, LONGEST_WAIT_MS);
      signal.addEventListener('abort', done);
      this.waiting.add(done);
    });
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.retry);
    this.letGo();
    this.beat();
  }

  private start(): void {
    this.started = true;
    const { credentials, current } = this.connection;
    const filter = streamNameFilter({ regex: '^[^$]', checkpointInterval: 1000 });
    const subscription = current.subscribeToAll({ fromPosition: END, filter, credentials });
    this.subscription = subscription;
    // What was written before it was confirmed is found by the read that follows this beat.
    subscription.on('confirmation', () => {
      this.delayMs = FIRST_DELAY_MS;
      this.beat();
    });
    subscription.on('data', () => this.beat());
    // It never resumes by itself, and it may end without an error.
    const dropped = () => this.dropped(subscription);
    subscription.on('error', dropped);
    subscription.on('end', dropped);
    subscription.on('close', dropped);
  }

  private dropped(subscription: AllStreamSubscription): void {
    if (this.closed || subscription !== this.subscription) return;
    this.subscription = undefined;
    this.retry = setTimeout(() => this.start(), this.delayMs);
    this.delayMs = Math.min(this.delayMs * 2, LONGEST_DELAY_MS);
  }

  private restart(): void {
    if (!this.started || this.closed) return;
    clearTimeout(this.retry);
    this.letGo();
    this.start();
  }

  private letGo(): void {
    const old = this.subscription;
    this.subscription = undefined;
    void old?.unsubscribe().catch(() => {});
  }

  private beat(): void {
    this.beats++;
    for (const resolve of this.waiting) resolve();
  }
}
