import { pino } from 'pino';
import { readConfig, startServer } from '../../api/src/index.js';
import { playDemo } from './demo/demo.js';
import { CliError } from './sentence.js';
import { untilStopped } from './serve.js';

const print = (text: string) => void process.stdout.write(text);

/** Against SILLAGE_URL the story plays there, in real time; else on a server of its own, on its own clock. */
export async function demo(options: { readonly stay?: boolean }): Promise<void> {
  const url = process.env['SILLAGE_URL']?.replace(/\/$/, '');
  if (url) {
    await reachable(url);
    await playDemo(url, false, print);
    print(`\nThe API answers at ${url}, its documentation at ${url}/docs\n`);
    return;
  }
  const dataDir = process.env['SILLAGE_DATA_DIR'] ?? 'data/demo';
  const config = readConfig({ ...process.env, SILLAGE_DATA_DIR: dataDir });
  const server = await startServer(config, {
    demonstration: true,
    threads: true,
    log: pino({ level: 'error' }),
  });
  try {
    await playDemo(server.url, true, print);
  } catch (error) {
    await server.close();
    throw error;
  }
  print(`\nThe API answers at ${server.url}, its documentation at ${server.url}/docs\n`);
  print(`The ledger of this story is in ${config.kurrentUrl ? 'KurrentDB' : dataDir}.\n`);
  if (options.stay ?? process.stdout.isTTY) {
    print('Press Ctrl-C to stop.\n');
    await untilStopped(server);
  } else await server.close();
}

async function reachable(url: string): Promise<void> {
  const answered = await fetch(`${url}/health`).catch(() => undefined);
  if (!answered?.ok) throw new CliError(`No Sillage server answers at SILLAGE_URL ${url}.`);
}
