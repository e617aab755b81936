import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { ProjectionRunner, type Projector } from './projection-runner.js';
import { generations, ReadStore, removeGeneration, shapeOf } from './read-store.js';

/** What the keeper of the read models is asked to do; each is answered once, by its number. */
export type Asked = { readonly n: number } & (
  | { readonly kind: 'open' | 'rebuild' | 'close' }
  /** Waits until an erasure is applied, and nothing of the person is on disk. */
  | { readonly kind: 'settle'; readonly person: string; readonly position: number }
);

/** What the keeper tells. */
export type Told =
  /** The file that answers, and how far it is. */
  | {
      readonly kind: 'stands';
      readonly path: string;
      readonly position: number;
      readonly newestMs: number;
      readonly fault?: string | undefined;
    }
  | { readonly kind: 'progress'; readonly position: number; readonly end: number }
  | { readonly kind: 'done'; readonly n: number; readonly fault?: string | undefined };

const nothing = () => undefined;
const SETTLE_MS = 60_000;

/**
 * Keeps the read models for whoever is at the other end of the port, in this thread or in another one: brings the
 * newest complete generation up to date, and lets it follow the ledger. @returns when it was asked to close
 */
export function keepReadModels(
  port: MessagePort,
  folder: string,
  ledger: Ledger,
  sealing: Sealing,
  newProjector: () => Projector,
): Promise<void> {
  const tell = (told: Told) => port.postMessage(told);
  const keeper = new Keeper(tell, folder, ledger, sealing, newProjector);
  return new Promise((resolve) => {
    // One after the other: an erasure is settled in the file that answers, not beside one that is being built.
    let before = Promise.resolve();
    const answer = async (asked: Asked) => {
      const fault = await keeper.answer(asked).then(nothing, (error: Error) => error.message);
      tell({ kind: 'done', n: asked.n, fault });
      if (asked.kind !== 'close') return;
      port.close();
      resolve();
    };
    port.on('message', (asked: Asked) => (before = before.then(() => answer(asked))));
  });
}

/** Whose file answers, and what fills it. A rebuild fills a new file beside it, then takes its place. */
class Keeper {
  private runner: ProjectionRunner | undefined;
  private generation = 0;

  constructor(
    private readonly tell: (told: Told) => void,
    private readonly folder: string,
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    private readonly newProjector: () => Projector,
  ) {}

  answer(asked: Asked): Promise<void> {
    switch (asked.kind) {
      case 'open':
        return this.open();
      case 'rebuild':
        return this.rebuild(this.current());
      case 'settle':
        return this.settle(this.current(), asked.person, asked.position);
      case 'close':
        return this.close();
    }
  }

  /** Opens what is there; a missing, unfinished or differently shaped file is made anew from the ledger. */
  private async open(): Promise<void> {
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

  private async rebuild(old: ProjectionRunner): Promise<void> {
    const n = this.generation + 1;
    const next = await this.build(n);
    next.start();
    await next.waitFor(old.position, SETTLE_MS);
    this.take(n, next);
    await end(old);
    removeGeneration(old.store.path);
  }

  private async settle(runner: ProjectionRunner, person: string, position: number): Promise<void> {
    // Its key was destroyed, perhaps by another thread: what this one holds of it goes as well.
    this.sealing.forget(`person:${person}`);
    const { store } = runner;
    if (!(await runner.waitFor(position, SETTLE_MS)))
      throw new Error('The read models have not come to the erasure yet: repeat it.');
    await store.emptyWriteAheadLog();
    const left = store.mentioning(person);
    if (left.length > 0) throw new Error(`The read models still tell of the person: ${left.join(', ')}.`);
  }

  private async close(): Promise<void> {
    if (this.runner) await end(this.runner);
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
    await runner.catchUp((position, end) => this.tell({ kind: 'progress', position, end }));
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
    const stands = { path: store.path, position, newestMs: store.newestRecordedMs, fault: fault?.message };
    this.tell({ kind: 'stands', ...stands });
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
