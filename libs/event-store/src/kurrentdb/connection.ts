import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AccessDeniedError,
  DeadlineExceededError,
  EventStoreDBClient,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { LedgerShortened, StorageFailed, StoreBusy } from '../store.js';
import { parseAddress, type Credentials } from './address.js';

/** What every call carries: credentials keep appends unary, and what decides is asked of the leader. */
export interface CallOptions {
  readonly credentials: Credentials;
  readonly requiresLeader: true;
  /** Milliseconds; the client has none of its own that holds everywhere. */
  readonly deadline: number;
}

/** Milliseconds. */
export interface Limits {
  /** How long one call may take before its outcome is unknown. */
  readonly callMs: number;
  /** How long a call that writes nothing is made again. */
  readonly patienceMs: number;
}

export interface Patience {
  /** How long one try may take; left out, as long as any call. */
  readonly limitMs?: number;
  /** How long it is tried again. */
  readonly budgetMs?: number;
  readonly signal?: AbortSignal;
}

export type Call<Result> = (client: EventStoreDBClient, options: CallOptions) => Promise<Result>;

/** The client finds its node before a call's own deadline begins. */
export const DISCOVERY_MS = 1000;
/** Longer than any call. */
const RETIRING_MS = 60_000;
const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1000;

/** The client of the cluster, replaced by a new one when a node no longer answers on its connection. */
export class Connection {
  private client: EventStoreDBClient;
  private closed = false;
  private readonly renewed = new Set<() => void>();
  /** The highest position that is known here: what is appended from now on comes after it. */
  highest = -1;

  private constructor(
    private readonly connectionString: string,
    private readonly hosts: string,
    readonly credentials: Credentials,
    private readonly limits: Limits,
  ) {
    this.client = this.connect();
  }

  /** @throws StorageFailed when the address is wrong */
  static to(url: string, limits: Limits): Connection {
    const { connectionString, hosts, credentials } = parseAddress(url);
    return new Connection(connectionString, hosts, credentials, limits);
  }

  get current(): EventStoreDBClient {
    return this.client;
  }

  onRenewal(listener: () => void): void {
    this.renewed.add(listener);
  }

  /** @throws what the client throws, or DeadlineExceededError; the outcome of a write is then unknown */
  async once<Result>(call: Call<Result>, { limitMs, signal }: Patience = {}): Promise<Result> {
    if (this.closed) throw new StorageFailed('The event store is closed.');
    const { client, credentials } = this;
    const { callMs } = this.limits;
    try {
      return await within(
        limitMs ?? callMs + DISCOVERY_MS,
        call(client, { credentials, requiresLeader: true, deadline: callMs }),
        signal,
      );
    } catch (error) {
      if (error instanceof DeadlineExceededError) this.renew(client);
      throw error;
    }
  }

  /** For calls that write nothing: asks again, less and less often, until there is an answer. */
  async patiently<Result>(call: Call<Result>, patience: Patience = {}): Promise<Result> {
    const { signal, budgetMs = this.limits.patienceMs } = patience;
    const startedMs = performance.now();
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS)) {
      try {
        return await this.once(call, patience);
      } catch (error) {
        if (isAnswer(error)) throw error;
        if (error instanceof AccessDeniedError) throw this.refusal(error);
        if (signal?.aborted || performance.now() - startedMs + delayMs > budgetMs)
          throw new StoreBusy('The event store does not answer.', { cause: error });
        await sleep(delayMs, undefined, signal ? { signal } : {}).catch(() => {});
      }
    }
  }

  /** The first call, awaited: on a cold client calls may overtake each other. @throws StorageFailed */
  async greet<Result>(call: Call<Result>): Promise<Result> {
    try {
      return await this.patiently(call);
    } catch (cause) {
      if (cause instanceof StorageFailed) throw cause;
      throw new StorageFailed(`The event store at ${this.hosts} does not answer.`, { cause });
    }
  }

  refusal(cause: unknown): StorageFailed {
    return new StorageFailed(`The event store at ${this.hosts} refuses our service account.`, { cause });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.client.dispose();
  }

  /** Several calls may fail on one client; it is replaced once. */
  private renew(failed: EventStoreDBClient): void {
    if (failed !== this.client || this.closed) return;
    this.client = this.connect();
    // What else is under way there ends within its own deadline.
    setTimeout(() => void failed.dispose().catch(() => {}), RETIRING_MS).unref();
    for (const listener of this.renewed) listener();
  }

  private connect(): EventStoreDBClient {
    try {
      return hushed(EventStoreDBClient.connectionString(this.connectionString));
    } catch {
      // Its message would repeat the address, and with it the password.
      throw new StorageFailed(`The settings of the event store at ${this.hosts} cannot be used.`);
    }
  }
}

/**
 * When a second call fails while the client looks for a node because of the first, it waits for that search in a
 * promise of which nobody hears: where no node is found, its rejection would end the process.
 */
function hushed(client: EventStoreDBClient): EventStoreDBClient {
  const handling = client as unknown as { handleError: (...failed: unknown[]) => Promise<void> };
  const { handleError } = handling;
  handling.handleError = (...failed) => handleError(...failed).catch(() => {});
  return client;
}

/** Errors that are the store's answer, not its failure to give one. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof StreamNotFoundError ||
    error instanceof StreamDeletedError ||
    error instanceof WrongExpectedVersionError ||
    error instanceof StorageFailed ||
    error instanceof LedgerShortened
  );
}

/** What is given up is not waited for any more; how it ends later is nobody's concern. */
async function within<Result>(limitMs: number, work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  const over = new AbortController();
  const late = sleep(limitMs, undefined, { signal: over.signal }).then(() => {
    throw new DeadlineExceededError(undefined, 'The event store took too long.');
  });
  const stopped = signal
    ? once(signal, 'abort', { signal: over.signal }).then(() => {
        throw new Error('It was told to end.');
      })
    : late;
  for (const one of [work, late, stopped]) one.catch(() => {});
  return Promise.race([work, late, stopped]).finally(() => over.abort());
}
