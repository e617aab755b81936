import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent, Recorded } from '#decider';
import type { Delivery, Ledger } from '#event-store';
import type { Checkpoints } from './checkpoints.js';

const RETRY_MS = 500;

/** Streams of these kinds, and of their events these types: the others pass by unopened. */
export interface Reads {
  readonly kinds: readonly string[];
  readonly types: ReadonlySet<string>;
}

/** What follows on facts: reads the ledger in order, one event after the other, and takes up again where it was. */
export class Reaction {
  private readonly stop = new AbortController();
  private done: Promise<void> | undefined;
  /** The last fault, while it retries; undefined when all is well. */
  fault: Error | undefined;

  /** @param react is idempotent: after a fault or a restart the same event comes again */
  constructor(
    private readonly name: string,
    private readonly ledger: Ledger,
    private readonly checkpoints: Checkpoints,
    private readonly reads: Reads,
    private readonly react: (event: Recorded<DomainEvent>) => Promise<void>,
  ) {}

  get position(): number {
    return this.checkpoints.of(this.name);
  }

  /** @param report is told of every fault; it tries again after each */
  start(report: (fault: Error) => void = () => {}): void {
    this.done = this.run(report);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.done;
  }

  private async run(report: (fault: Error) => void): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        for await (const delivery of this.ledger.store.subscribe(this.position, signal, this.reads))
          await this.follow(delivery);
      } catch (error) {
        this.fault = error instanceof Error ? error : new Error(String(error));
        report(this.fault);
        await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  private async follow({ events, position }: Delivery): Promise<void> {
    const opened = await this.ledger.codec.openWhatRemains(events);
    let done: number | undefined;
    try {
      for (const [i, event] of opened.entries()) {
        if (this.stop.signal.aborted) return;
        if (event) await this.react(event);
        done = events[i]!.position;
      }
      done = position;
      this.fault = undefined;
    } finally {
      // Once for all of them: a write for each event costs more than most reactions.
      if (done !== undefined) this.checkpoints.set(this.name, done);
    }
  }
}
