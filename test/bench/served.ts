import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from './child.js';
import { median } from './measure.js';

const CALLER = { 'sillage-caller': 'client:bench' };
const PAUSE_MS = 25;
const LINE_FEED = 10;

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
  let mostMiB = beforeMiB;
  const worst = slowest(`${server.url}/health`, over.signal, () => {
    mostMiB = Math.max(mostMiB, server.residentMiB() ?? 0);
  });
  const rows = await readLines(`${server.url}${question}`);
  const tookMs = performance.now() - startMs;
  over.abort();
  const worstMs = await worst;
  await server.stop();
  return { rows, tookMs, worstMs, beforeMiB, mostMiB };
}

/**
 * Asks again and again until it is over. @returns how long the slowest answer took, in ms
 * @param answered called after each
 */
export async function slowest(url: string, over: AbortSignal, answered = () => {}): Promise<number> {
  let worstMs = 0;
  while (!over.aborted) {
    const askedMs = performance.now();
    await (await fetch(url, { headers: CALLER })).arrayBuffer();
    worstMs = Math.max(worstMs, performance.now() - askedMs);
    answered();
    await sleep(PAUSE_MS);
  }
  return worstMs;
}

/** Reads an answer as fast as it comes, and keeps nothing of it. @param seen is told of how many lines, again and again */
export async function readLines(url: string, seen: (lines: number) => void = () => {}): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: CALLER }, resolve).once('error', reject);
  });
  if (response.statusCode !== 200) throw new Error(`The question was not answered: ${response.statusCode}.`);
  let lines = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) lines++;
    seen(lines);
  }
  return lines;
}
