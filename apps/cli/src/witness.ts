import { existsSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import { FileState, LogReplayer, LogStore, openSigningKey, Witness, witnessServer, type Before } from '#log';
import { systemClock } from '#time';
import { COSIGNATURE_V1, formatVerifierKey, parseVerifierKey, type VerifierKey } from '#transparency';
import { CliError } from './sentence.js';
import { fetchBytes } from './verify/trust.js';

interface WitnessOptions {
  readonly name?: string;
  readonly folder: string;
  readonly log: readonly string[];
  readonly replay?: string;
  readonly caller?: string;
  readonly host: string;
  readonly port: string;
}

/** `sillage witness`: cosigns checkpoints of logs that only grow; with --replay of one log that it replays. */
export function witnessCommand(): Command {
  return new Command('witness')
    .description('Run a witness (c2sp.org/tlog-witness): POST /add-checkpoint.')
    .requiredOption('--folder <folder>', 'its key (witness.key, made on first start) and what it remembers')
    .requiredOption('--log <key...>', 'verifier keys of the logs that it knows')
    .option('--name <name>', 'its name, fixed when its key is made', undefined)
    .option('--replay <url>', 'replay this log’s entries before cosigning')
    .option('--caller <caller>', 'who asks for entries, where no SILLAGE_TOKEN is set', 'client:witness')
    .option('--host <address>', 'where to listen', '127.0.0.1')
    .option('--port <port>', 'where to listen; 0: any', '3090')
    .action(runWitness);
}

async function runWitness(options: WitnessOptions): Promise<void> {
  const { folder } = options;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const signer = openSigningKey(
    join(folder, 'witness.key'),
    COSIGNATURE_V1,
    options.name,
    'sillage.local/witness',
  );
  const logs = options.log.map(keyOf);
  const replayer = options.replay === undefined ? undefined : replayerOf(options, logs);
  const state = replayer ?? new FileState(join(folder, 'witness.json'));
  const witness = new Witness({ signer, logs, state, clock: systemClock, replayer });
  const server = witnessServer(witness, replayer && (() => replayer.erased));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(options.port), options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  process.stdout.write(
    `The witness ${formatVerifierKey(signer.key)}\nanswers at http://${options.host}:${port}\n`,
  );
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

function keyOf(text: string): VerifierKey {
  const key = parseVerifierKey(text.trim());
  if (key.ok) return key.value;
  throw new CliError(`--log ${text}: ${key.reason}.`);
}

function replayerOf({ replay, caller, folder }: WitnessOptions, logs: readonly VerifierKey[]): LogReplayer {
  const [origin, ...others] = new Set(logs.map(({ name }) => name));
  if (origin === undefined || others.length > 0) throw new CliError('A replaying witness knows one log.');
  const base = replay!.replace(/\/$/, '');
  const { log, before } = logOf(folder, origin);
  const fetchTile = (path: string) => fetchBytes(`${base}/${path}`, caller);
  return new LogReplayer(origin, log, fetchTile, systemClock, before);
}

/** A file for each name that the log has had: what was cosigned under one tells what must be kept under the next. */
function logOf(folder: string, origin: string): { readonly log: LogStore; readonly before?: Before } {
  let before: Before | undefined;
  for (let n = 1; ; n++) {
    const log = LogStore.open(join(folder, n === 1 ? 'witness.db' : `witness-${n}.db`), 'FULL');
    const known = log.meta('origin') ?? origin;
    if (known === origin) {
      log.setMeta('origin', origin);
      return { log, ...(before && { before }) };
    }
    before = { origin: known, log };
  }
}
