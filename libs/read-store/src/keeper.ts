import { once } from 'node:events';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { answerCalls, callsTo, type Remote } from '#threads';
import { ProjectionRunner, type Projector } from './projection-runner.js';
import { generations, ReadStore, removeGeneration, shapeOf } from './read-store.js';

/** The file that answers, and how far it is. */
export interface Standing {
  readonly path: string;
  readonly position: number;
  readonly newestMs: number;
  readonly fault: string | undefined;
}

/** Whom the keeper tells. */
export interface Follower {
  stands(standing: Standing): void;
  progress(position: number, end: number): void;
}

const SETTLE_MS = 60_000;
const nobodyListens = () => {};

/**
 * Keeps the read models for whoever is at the other end of the port, in this thread or in another one: brings the
 * newest complete generation up to date, and lets it follow the ledger. @returns when it was asked to close
 */
export async function keepReadModels(
  port: MessagePort,
  folder: string,
  ledger: Ledger,
  sealing: Sealing,
  newProjector: () => Projector,
): Promise<void> {
  const keeper = new ModelsKeeper(callsTo<Follower>(port), folder, ledger, sealing, newProjector);
  answerCalls(port, keeper);
  await once(port, 'close');
}

/** Whose file answers, and what fills it. A rebuild fills a new file beside it, then takes its place. */
export class ModelsKeeper {
  private runner: ProjectionRunner | undefined;
  private generation = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly tell: Remote<Follower>,
    private readonly folder: string,
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly newProjector: () => Projector,
  ) {}

  /** Opens what is there; a missing, unfinished or differently shaped file is made anew from the ledger. */
  open(): Promise<void> {
    return this.inTurn(() => this.openNewest());
  }

  rebuild(): Promise<void> {
    return this.inTurn(() => this.replace(this.current()));
  }

  /** Waits until an erasure is applied, and nothing of the person is on disk. */
  settle(person: string, position: number): Promise<void> {
    return this.inTurn(() => this.settleIn(this.current(), person, position));
  }

  close(): Promise<void> {
    return this.inTurn(async () => {
      if (this.runner) await end(this.runner);
    });
  }

  /** One after the other: an erasure is settled in the file that answers, not beside one that is being built. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.turn.then(work);
    this.turn = next.catch(() => {});
    return next;
  }

  private async openNewest(): Promise<void> {
    const { tables } = this.newProjector();
    const all = generations(this.folder);
    const end = await this.ledger.store.end();
    const usable = all.find(({ path }) => isUsable(path, shapeOf(tables), end));
    for (const { path } of all) if (path !== usable?.path) removeGeneration(path);
    const n = usable?.n ?? (all[0]?.n ?? 0) + 1;
    const runner = usable ? this.runnerOf(usable.path) : await this.build(n);
    this.take(n, runner);
    runner.start();
  }

  private async replace(old: ProjectionRunner): Promise<void> {
    const n = this.generation + 1;
    const next = await this.build(n);
    next.start();
    await next.waitFor(old.position, SETTLE_MS);
    this.take(n, next);
    await end(old);
    removeGeneration(old.store.path);
  }

  private async settleIn(runner: ProjectionRunner, person: string, position: number): Promise<void> {
    // Its key was destroyed, perhaps by another thread: what this one holds of it goes as well.
    this.sealing.forget(`person:${person}`);
    const { store } = runner;
    if (!(await runner.waitFor(position, SETTLE_MS)))
      throw new Error('The read models have not come to the erasure yet: repeat it.');
    await store.emptyWriteAheadLog();
    const left = store.mentioning(person);
    if (left.length > 0) throw new Error(`The read models still tell of the person: ${left.join(', ')}.`);
  }

  private take(n: number, runner: ProjectionRunner): void {
    this.generation = n;
    this.runner = runner;
    this.tellOf(runner);
  }

  private current(): ProjectionRunner {
    if (!this.runner) throw new Error('The read models are not open.');
    return this.runner;
  }

  private async build(n: number): Promise<ProjectionRunner> {
    const path = join(this.folder, `read-${n}.db`);
    removeGeneration(path);
    const runner = this.runnerOf(path);
    await runner.catchUp((position, end) => this.tell.progress(position, end).catch(nobodyListens));
    runner.complete();
    return runner;
  }

  private runnerOf(path: string): ProjectionRunner {
    const projector = this.newProjector();
    const store = ReadStore.open(path, projector.tables);
    return new ProjectionRunner(this.ledger, this.sealing, store, projector, (runner) => this.tellOf(runner));
  }

  /** One that is being built speaks for itself once it has taken over. */
  private tellOf(runner: ProjectionRunner): void {
    if (runner !== this.runner) return;
    const { store, position, fault } = runner;
    const { path, newestRecordedMs: newestMs } = store;
    this.tell.stands({ path, position, newestMs, fault: fault?.message }).catch(nobodyListens);
  }
}

async function end(runner: ProjectionRunner): Promise<void> {
  await runner.close();
  runner.store.close();
}

/** Of this build's shape, complete, and not ahead of the ledger, as after the restore of an older one. */
function isUsable(path: string, shape: string, end: number): boolean {
  try {
    const store = ReadStore.open(path, []);
    const usable =
      store.meta('complete') === 'yes' && store.meta('shape') === shape && store.checkpoint <= end;
    store.close();
    return usable;
  } catch {
    return false;
  }
}
