import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Sealer } from '#event-store';
import { epochMs, type Clock } from '#time';
import type { LossEntry, Policy } from '#transparency';
import { LedgerCut, LOG, LogDamaged } from './batch.js';
import { declareLoss, planLoss, type LossRequest, type PlannedLoss } from './declare-loss.js';
import { Integrator, type CatchUpProgress } from './integrator.js';
import type { LogKeys } from './log-keys.file.js';
import type { LogStore } from './log-store.js';
import { openProjection } from './projection.js';
import { Publisher } from './publisher.js';
import type { WitnessState } from './witness-client.js';
import type { WitnessState as Shown } from './witness/state.file.js';

/** At most 60 s lie between checkpoints while there are new entries; making one and having it cosigned takes time. */
const CHECKPOINT_MS = 45_000;
/** New events are logged, and waiting receipts served, at most once a second. */
const TURN_MS = 1_000;

export interface LogOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** The projection; made anew when it is missing, damaged, of another shape, or ahead of the ledger. */
  readonly path: string;
  readonly keys: LogKeys;
  readonly policy?: Policy | undefined;
  /** Needed where the ledger holds deferrals. */
  readonly sealer?: Pick<Sealer, 'cipherOf'>;
  /** Remembers, apart from the ledger, the last checkpoint that was shown. */
  readonly shown?: Shown | undefined;
}

/** What `/health` says about the log. */
export interface LogHealth {
  readonly origin: string;
  /** Entries, and events of the stream that holds them. */
  readonly size: number;
  readonly batches: number;
  /** Positions of the ledger that are not yet in the log. */
  readonly lag: number;
  readonly checkpoint: { readonly size: number; readonly ageS: number } | null;
  readonly witnesses: readonly WitnessState[];
  /** Set where our clock and a witness's are further apart than proofs tolerate. */
  readonly clockOffS?: number;
  readonly fault?: string;
}

/** Keeps the log: integrates the ledger, closes checkpoints, publishes them, turn by turn until it is closed. */
export class LogKeeper {
  private readonly stop = new AbortController();
  private readonly served = new Set<() => void>();
  private turns: Promise<void> | undefined;
  private turning: Promise<void> = Promise.resolve();
  private closedMs = Number.NEGATIVE_INFINITY;
  private closed: number | undefined;
  private wanted = false;
  private failure: Error | undefined;
  private missing: LedgerCut | undefined;
  private tellCut!: (cut: LedgerCut) => void;
  /** Resolves once the ledger turns out to be cut, before or while it is served. */
  readonly whenCut = new Promise<LedgerCut>((resolve) => (this.tellCut = resolve));

  private constructor(
    private readonly options: LogOptions,
    readonly log: LogStore,
    private readonly integrator: Integrator,
    readonly publisher: Publisher,
  ) {
    this.closed = log.lastMap?.size;
  }

  static async open(options: LogOptions): Promise<LogKeeper> {
    const { store, clock, path, keys, policy, shown, sealer } = options;
    const log = await openProjection(path, store);
    const publisher = new Publisher(log, keys, policy, clock, shown);
    const keeper = new LogKeeper(options, log, new Integrator(store, log, clock, sealer), publisher);
    await keeper.attempt(() => keeper.compare());
    return keeper;
  }

  start(progress?: CatchUpProgress): void {
    this.turns = this.run(progress);
  }

  /** What went wrong in the last turn; undefined when all is well. */
  get fault(): Error | undefined {
    return this.failure;
  }

  /** Set where the ledger lacks what its log has shown: nothing is written then, and nothing may be served. */
  get cut(): LedgerCut | undefined {
    return this.missing;
  }

  /** Logs what is new, closes a checkpoint if one is due, publishes the newest. What a running keeper does each second. */
  turn(): Promise<void> {
    return this.exclusively(() => this.work(this.wanted));
  }

  /** Has a checkpoint made over all that the ledger holds now, and waits for it. Many at once make one. */
  async checkpoint(): Promise<void> {
    await this.exclusively(() => this.work(true));
  }

  /** False when no checkpoint reached the size in time. A waiting caller makes at most one a second. */
  async waitUntil(reached: () => boolean, timeoutMs: number): Promise<boolean> {
    const deadline = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.stop.signal]);
    while (!reached()) {
      if (this.missing) throw this.missing;
      if (deadline.aborted) return false;
      this.wanted = true;
      await signalled(this.served, deadline);
    }
    return true;
  }

  /** What a declaration would say. @throws LossRefused */
  planLoss(request: LossRequest): PlannedLoss {
    return planLoss(this.log, this.options.keys, request);
  }

  /** Where this ledger is cut: its operator declares what is missing as lost. Served again after the next start. */
  async declareLoss(request: LossRequest): Promise<LossEntry> {
    const { keys, clock } = this.options;
    await this.turning;
    return declareLoss(this.integrator, keys, clock, request);
  }

  async health(): Promise<LogHealth> {
    const { log, publisher } = this;
    const { published, states, clockOffMs } = publisher;
    const end = await this.options.store.end();
    const nowMs = epochMs(this.options.clock.now());
    const at = log.lastMap?.at;
    const revision = (await this.options.store.head(LOG))?.revision ?? -1;
    return {
      origin: publisher.origin,
      size: log.range.size,
      batches: revision + 1,
      lag: Math.max(0, end - this.integrator.position),
      checkpoint:
        published && at ? { size: published.size, ageS: Math.round((nowMs - epochMs(at)) / 1000) } : null,
      witnesses: states,
      ...(clockOffMs > 0 && { clockOffS: Math.round(clockOffMs / 1000) }),
      ...(this.failure && { fault: sentenceOf(this.failure) }),
    };
  }

  /** Ends after a last checkpoint, so that what was recorded before a stop is dated by it. */
  async close(): Promise<void> {
    this.stop.abort();
    await this.turns;
    await this.exclusively(() => this.settle(true)).catch(() => {});
    this.log.close();
  }

  private async run(progress?: CatchUpProgress): Promise<void> {
    const { signal } = this.stop;
    await this.attempt(() => this.exclusively(() => this.integrator.catchUp(progress)));
    while (!signal.aborted) {
      await this.attempt(() => this.turn());
      await sleep(TURN_MS, undefined, { signal }).catch(() => {});
    }
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.failure = undefined;
    } catch (error) {
      this.notice(error);
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  private notice(error: unknown): void {
    if (!(error instanceof LedgerCut)) return;
    this.missing = error;
    this.tellCut(error);
  }

  private async compare(): Promise<void> {
    await this.integrator.catchUp();
    await this.publisher.compare();
  }

  private async work(wanted: boolean): Promise<void> {
    try {
      await this.settle(wanted);
      this.wanted = false;
      await this.publisher.publish();
    } catch (error) {
      this.notice(error);
      throw error;
    } finally {
      for (const resolve of this.served) resolve();
    }
  }

  /** Logs what is new, and closes a map over it when one is due or wanted. */
  private async settle(wanted: boolean): Promise<void> {
    const { integrator, log } = this;
    if (this.missing) throw this.missing;
    await integrator.integrate();
    this.noticeMap();
    const { keys, clock } = this.options;
    keys.retire(log, epochMs(clock.now()));
    const change = keys.change(log);
    if (change) await integrator.changeKeys(...change);
    const fresh = log.lastMap !== undefined && log.range.size > log.lastMap.size + 1;
    if (!fresh || (!wanted && performance.now() - this.closedMs < CHECKPOINT_MS)) return;
    await integrator.closeMap();
    this.noticeMap();
  }

  /** Another node's checkpoint is as good as ours; the log's first map entry covers nothing. */
  private noticeMap(): void {
    const size = this.log.lastMap?.size;
    if (size === this.closed || size === 0) return;
    this.closed = size;
    this.closedMs = performance.now();
  }

  /** One at a time: a turn, a checkpoint that is asked for, the end. */
  private exclusively(work: () => Promise<void>): Promise<void> {
    const next = this.turning.then(work);
    this.turning = next.catch(() => {});
    return next;
  }
}

function signalled(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      waiting.delete(done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    waiting.add(done);
    signal.addEventListener('abort', done);
  });
}

function sentenceOf(error: Error): string {
  return error instanceof LogDamaged ? error.message : 'The log cannot be written; it is tried again.';
}
