import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Where a fault strikes: at the `when`-th such call on the files of the ledger (`7+`: at that and all later ones). */
export interface Fault {
  readonly calls: string;
  /** `signal=KILL`, `error=EIO`, … */
  readonly what: string;
  readonly when: string;
}

/** A call that SQLite makes on its files, and about how many of them the programs of these tests make. */
export interface Call {
  readonly calls: string;
  readonly often: number;
}

export function hasStrace(): boolean {
  return spawnSync('strace', ['--version']).status === 0;
}

/** The same numbers in every run. */
export function draw(name: string, below: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % below;
}

/**
 * Runs a program whose calls on the ledger's files meet a fault. `enough` lines end it, where the fault never came.
 * @returns what it told, and the signal that ended it
 */
export async function runWithFault(
  ledger: string,
  { calls, what, when }: Fault,
  program: readonly string[],
  enough: number,
): Promise<{ readonly lines: readonly string[]; readonly signal: NodeJS.Signals | null }> {
  const paths = ['', '-wal', '-shm'].flatMap((suffix) => ['-P', ledger + suffix]);
  const inject = ['-e', `trace=${calls}`, '-e', `inject=${calls}:${what}:when=${when}`];
  const options = ['-f', '-qq', '-o', '/dev/null', ...paths, ...inject];
  const child = spawn('strace', [...options, process.execPath, ...program], {
    // A group of its own: the end of strace alone would let its program run on.
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === enough) process.kill(-child.pid!, 'SIGTERM');
  }
  const [, signal] = (await closed) as [number | null, NodeJS.Signals | null];
  return { lines, signal };
}
