import type { StreamName } from '#decider';

/** Runs tasks on one stream one after the other, tasks on different streams side by side. */
export class StreamLocks {
  private readonly tails = new Map<StreamName, Promise<void>>();

  async run<Result>(stream: StreamName, task: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(stream) ?? Promise.resolve();
    const result = before.then(task);
    const tail = result.then(ignore, ignore);
    this.tails.set(stream, tail);
    try {
      return await result;
    } finally {
      if (this.tails.get(stream) === tail) this.tails.delete(stream);
    }
  }
}

function ignore(): void {}
