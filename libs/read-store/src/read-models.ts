import { join } from 'node:path';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { ProjectionRunner, type Projector } from './projection-runner.js';
import { generations, ReadStore, removeGeneration, shapeOf } from './read-store.js';

/** How far a rebuild has come. */
export type Progress = (position: number, end: number) => void;

/**
 * The read models in use: the newest complete generation in the folder. A rebuild fills a new file beside
 * the live one, which answers meanwhile, and takes its place when it has caught up.
 */
export class ReadModels {
  private constructor(
    private readonly folder: string,
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly newProjector: () => Projector,
    private runner: ProjectionRunner,
    private generation: number,
  ) {}

  /** Opens what is there; a missing, unfinished or differently shaped file is made anew from the ledger. */
  static async open(
    folder: string,
    ledger: Ledger,
    sealing: Sealing,
    newProjector: () => Projector,
    progress?: Progress,
  ): Promise<ReadModels> {
    const { tables } = newProjector();
    const all = generations(folder);
    const end = await ledger.store.end();
    const usable = all.find(({ path }) => isUsable(path, shapeOf(tables), end));
    for (const { path } of all) if (path !== usable?.path) removeGeneration(path);
    const n = usable?.n ?? (all[0]?.n ?? 0) + 1;
    const runner = usable
      ? new ProjectionRunner(ledger, sealing, ReadStore.open(usable.path, tables), newProjector())
      : await build(folder, n, ledger, sealing, newProjector(), progress);
    runner.start();
    return new ReadModels(folder, ledger, sealing, newProjector, runner, n);
  }

  /** What is in the folder counts no more: it is made anew from the ledger. */
  static discard(folder: string): void {
    for (const { path } of generations(folder)) removeGeneration(path);
  }

  get store(): ReadStore {
    return this.runner.store;
  }

  get position(): number {
    return this.runner.position;
  }

  get fault(): Error | undefined {
    return this.runner.fault;
  }

  /** True when everything up to the position is applied, also by a generation that took over meanwhile. */
  async waitFor(position: number, timeoutMs: number): Promise<boolean> {
    const runner = this.runner;
    if (await runner.waitFor(position, timeoutMs)) return true;
    return runner !== this.runner && this.runner.waitFor(position, timeoutMs);
  }

  async rebuild(progress?: Progress): Promise<void> {
    const n = this.generation + 1;
    const next = await build(this.folder, n, this.ledger, this.sealing, this.newProjector(), progress);
    next.start();
    const old = this.runner;
    await next.waitFor(old.position, 60_000);
    this.runner = next;
    this.generation = n;
    await old.close();
    old.store.close();
    removeGeneration(old.store.path);
  }

  /** Waits until what the ledger says of an erasure up to the position is applied, and nothing of it is on disk. */
  async settleErasure(person: string, position: number): Promise<void> {
    if (!(await this.waitFor(position, 60_000)))
      throw new Error('The read models have not come to the erasure yet: repeat it.');
    await this.store.emptyWriteAheadLog();
    const left = this.store.mentioning(person);
    if (left.length > 0) throw new Error(`The read models still tell of the person: ${left.join(', ')}.`);
  }

  async close(): Promise<void> {
    await this.runner.close();
    this.runner.store.close();
  }
}

async function build(
  folder: string,
  n: number,
  ledger: Ledger,
  sealing: Sealing,
  projector: Projector,
  progress?: Progress,
): Promise<ProjectionRunner> {
  const path = join(folder, `read-${n}.db`);
  removeGeneration(path);
  const store = ReadStore.open(path, projector.tables);
  const runner = new ProjectionRunner(ledger, sealing, store, projector);
  await runner.catchUp(progress);
  store.createIndexes(projector.tables);
  store.complete();
  return runner;
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
