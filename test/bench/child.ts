import { fork, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A program of the benchmark in a process of its own, which tells where it listens. */
export class Child {
  private constructor(
    private readonly process: ChildProcess,
    readonly url: string,
    /** From the start of the process until it listened. */
    readonly readyMs: number,
  ) {}

  /** @param name of a file beside this one, without `.js` */
  static async start(name: string, ...args: readonly string[]): Promise<Child> {
    const startMs = performance.now();
    const path = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
    const process = fork(path, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const url = await new Promise<string>((resolve, reject) => {
      process.once('message', (message) => resolve(String(message)));
      process.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it listened.`)));
    });
    return new Child(process, url, performance.now() - startMs);
  }

  /** MiB that it has in memory now; undefined where the system does not tell. */
  residentMiB(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.send('stop');
    await ended;
  }
}

/** In the child: says where it listens, and ends when it is told to. */
export function serving(url: string, close: () => Promise<void>): void {
  process.once('message', () => void close().then(() => process.exit(0)));
  process.send!(url);
}
