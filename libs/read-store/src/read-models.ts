import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { answerCalls, callsTo, type Remote } from '#threads';
import { keepReadModels, type Follower, type ModelsKeeper, type Standing } from './keeper.js';
import type { Projector } from './projection-runner.js';
import { Reached } from './reached.js';
import { generations, ReadStore, removeGeneration } from './read-store.js';

/** How far a rebuild has come. */
export type Progress = (position: number, end: number) => void;

/**
 * The read models as questions see them: a file that is only read here. Who keeps it is at the other end of a port,
 * in a thread of its own where a server runs.
 */
export class ReadModels {
  private readonly reached = new Reached(0);
  private readonly keeper: Remote<ModelsKeeper>;
  private reading: ReadStore | undefined;
  private newestMs = Number.MIN_SAFE_INTEGER;
  /** The last fault, while the keeper tries again; undefined when all is well. */
  fault: Error | undefined;

  private constructor(
    private readonly port: MessagePort,
    private progress: Progress,
    private readonly ended: Promise<unknown>,
  ) {
    this.keeper = callsTo<ModelsKeeper>(port);
    const follower: Follower = {
      stands: (standing) => this.follow(standing),
      progress: (position, end) => this.progress(position, end),
    };
    answerCalls(port, follower);
  }

  /** Kept in this thread, between other work. @see follow */
  static open(
    folder: string,
    ledger: Ledger,
    sealing: Sealing,
    newProjector: () => Projector,
    progress?: Progress,
  ): Promise<ReadModels> {
    const { port1, port2 } = new MessageChannel();
    const ended = keepReadModels(port1, folder, ledger, sealing, newProjector);
    return ReadModels.follow(port2, progress, ended);
  }

  /**
   * At the other end of the port somebody keeps them.
   * @param ended when whoever keeps them has let go of everything
   * @returns when they are up to date
   */
  static async follow(
    port: MessagePort,
    progress: Progress = () => {},
    ended: Promise<unknown> = Promise.resolve(),
  ): Promise<ReadModels> {
    const models = new ReadModels(port, progress, ended);
    try {
      await models.keeper.open();
      return models;
    } catch (error) {
      port.close();
      throw error;
    }
  }

  /** What is in the folder counts no more: it is made anew from the ledger. */
  static discard(folder: string): void {
    for (const { path } of generations(folder)) removeGeneration(path);
  }

  get store(): ReadStore {
    if (!this.reading) throw new Error('The read models are not open.');
    return this.reading;
  }

  get position(): number {
    return this.reached.position;
  }

  /** When the newest fact in it was recorded, epoch ms: later than the clock if that was set back meanwhile. */
  get newestRecordedMs(): number {
    return this.newestMs;
  }

  /** @see Reached.waitFor */
  waitFor(position: number, timeoutMs: number): Promise<boolean> {
    return this.reached.waitFor(position, timeoutMs);
  }

  /** Fills a new file beside the one that answers meanwhile. */
  rebuild(progress: Progress = () => {}): Promise<void> {
    this.progress = progress;
    return this.keeper.rebuild();
  }

  /** Waits until what the ledger says of an erasure up to the position is applied, and nothing of it is on disk. */
  settleErasure(person: string, position: number): Promise<void> {
    return this.keeper.settle(person, position);
  }

  async close(): Promise<void> {
    // First: who closes the file last folds its write-ahead log into it, which a reader cannot.
    this.reading?.close();
    await this.keeper.close();
    this.port.close();
    await this.ended;
    this.reached.end();
  }

  private follow({ path, position, newestMs, fault }: Standing): void {
    if (this.reading?.path !== path) {
      this.reading?.close();
      this.reading = ReadStore.openToRead(path);
    }
    this.newestMs = newestMs;
    this.fault = fault === undefined ? undefined : new Error(fault);
    this.reached.advance(position);
  }
}
