import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.js';
import { median } from './measure.js';

const CALLER = { 'sillage-caller': 'client:bench' };
const PAUSE_MS = 25;

/** What a server did while it was asked something long. */
export interface Watched {
  /** Lines of the answer. */
  readonly rows: number;
  readonly tookMs: number;
  /** How long `/health` took meanwhile. */
  readonly worstMs: number;
  readonly beforeMiB: number;
  readonly mostMiB: number;
}

/** How soon a server on this folder listens: the median of five starts. */
export async function readyMs(path: string): Promise<number> {
  const ready: number[] = [];
  for (let i = 0; i < 5; i++) {
    const child = await Child.start('server.child', path);
    ready.push(child.readyMs);
    await child.stop();
  }
  return median(ready);
}

/** Asks a server on this folder, line by line, while others ask how it is. */
export async function watched(path: string, question: string): Promise<Watched> {
  const server = await Child.start('server.child', path);
  const beforeMiB = server.residentMiB() ?? 0;
  const startMs = performance.now();
  const over = new AbortController();
  let [worstMs, mostMiB] = [0, beforeMiB];
  const watching = (async () => {
    while (!over.signal.aborted) {
      const askedMs = performance.now();
      await (await fetch(`${server.url}/health`)).arrayBuffer();
      worstMs = Math.max(worstMs, performance.now() - askedMs);
      mostMiB = Math.max(mostMiB, server.residentMiB() ?? 0);
      await sleep(PAUSE_MS);
    }
  })();
  const rows = await linesOf(`${server.url}${question}`);
  const tookMs = performance.now() - startMs;
  over.abort();
  await watching;
  await server.stop();
  return { rows, tookMs, worstMs, beforeMiB, mostMiB };
}

async function linesOf(url: string): Promise<number> {
  const response = await fetch(url, { headers: CALLER });
  if (response.status !== 200) throw new Error(`The question was not answered: ${await response.text()}`);
  let lines = 0;
  for await (const chunk of response.body!) for (const byte of chunk as Uint8Array) if (byte === 10) lines++;
  return lines;
}
