import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  applyErasures,
  openDataFolder,
  openLog,
  readConfig,
  type Config,
  type DataFolder,
} from '../../api/src/index.js';
import { Ledger } from '#event-store';
import type { LogKeeper } from '#log';
import { systemClock } from '#time';
import { formatVerifierKey, openCheckpoint, sameBytes, type Checkpoint } from '#transparency';
import { labelsIn } from './erased-labels.js';
import { forgetPositions } from './positions.js';
import { CliError } from './sentence.js';
import { readFrom } from './verify/trust.js';

interface LossOptions {
  readonly origin: string;
  readonly checkpoint?: string;
  readonly kept?: string;
  readonly erased?: readonly string[];
  readonly confirm?: boolean;
}

/**
 * Declares as lost what the log has shown and the ledger lacks, while the server is stopped. First what was erased since
 * is erased again, and what was read of the lost end is forgotten; then one append declares the loss. Repeated after a
 * crash, or on another node, it does what is left to do.
 */
export async function declareLoss(options: LossOptions): Promise<void> {
  const config = readConfig(process.env);
  const { dataDir, kurrentUrl } = config;
  if (!kurrentUrl && !existsSync(join(dataDir, 'ledger.db')))
    throw new CliError(`There is no ledger in ${dataDir}.`);
  const folder = await openDataFolder(dataDir, false, config);
  const opened: { close(): Promise<unknown> }[] = [folder];
  try {
    const keeper = await openLog(folder, systemClock, config);
    opened.push(keeper);
    await declare(folder, keeper, config, options);
  } finally {
    for (const one of opened.toReversed()) await one.close();
  }
}

async function declare(
  folder: DataFolder,
  keeper: LogKeeper,
  { dataDir }: Config,
  options: LossOptions,
): Promise<void> {
  const { publisher, cut, fault } = keeper;
  if (fault && !cut) throw fault;
  const isDeclared = !cut && keeper.log.losses.at(-1)?.newOrigin === options.origin;
  const request = isDeclared ? undefined : await requestOf(keeper, options);
  await eraseAgain(folder, keeper, options);
  forgetPositions(dataDir);
  if (request) await keeper.declareLoss(request);
  const key = formatVerifierKey(publisher.verifierKeys[0]!);
  process.stdout.write(
    isDeclared
      ? `The loss was declared before: the log goes on as ${key}.\n`
      : `The loss is declared: the log goes on as ${key}. Give this key to its witnesses and to whoever checks it, put it into SILLAGE_LOG_POLICY, and start the server.\n`,
  );
}

/** What is to be declared, told and not yet done without --confirm. */
async function requestOf(keeper: LogKeeper, { origin: newOrigin, kept, ...options }: LossOptions) {
  const shown = await lastShown(keeper, options.checkpoint);
  const request = { shown, newOrigin, ...(kept !== undefined && { kept: Number(kept) }) };
  const plan = keeper.planLoss(request);
  const seen = await keeper.publisher.seenByWitnesses();
  if (seen > shown.size)
    throw new CliError(
      `A witness has seen ${seen} entries of the log, more than the ${shown.size} that would be declared: name a later checkpoint (--checkpoint).`,
    );
  for (const { witness, state } of keeper.publisher.states)
    if (state === 'unreachable')
      process.stdout.write(`The witness ${witness} could not be asked what it has seen.\n`);
  if (!options.confirm)
    throw new CliError(
      `Nothing was declared yet: of the ${shown.size} entries that ${shown.origin} has shown, the first ${plan.kept} are here, and the log would go on as ${newOrigin}. Repeat it with --confirm where the others cannot be recovered.`,
    );
  return request;
}

/** The last checkpoint that the log has shown: the later one of what is remembered here and what the operator names. */
async function lastShown({ publisher }: LogKeeper, source: string | undefined): Promise<Checkpoint> {
  const remembered = publisher.lastShown;
  const named =
    source === undefined
      ? undefined
      : openCheckpoint(await readFrom(source), {
          origin: publisher.origin,
          logKeys: publisher.verifierKeys,
          witnesses: [],
          quorum: 0,
        });
  if (named && !named.ok) throw new CliError(`${source} is no checkpoint of this log: ${named.reason}.`);
  const given = named?.value.checkpoint;
  if (!given && !remembered)
    throw new CliError('Nothing tells what the log has shown: name its last checkpoint (--checkpoint).');
  if (given && remembered && given.size === remembered.size && !sameBytes(given.root, remembered.root))
    throw new CliError(
      `The log has shown two checkpoints of ${given.size} entries: keep both, and ask for help.`,
    );
  return (given?.size ?? 0) > (remembered?.size ?? 0) ? given! : remembered!;
}

/** What the key store, the ledger and the replaying witness know to be erased, before anything else. */
async function eraseAgain(folder: DataFolder, { publisher }: LogKeeper, options: LossOptions): Promise<void> {
  const { policy } = publisher;
  const witnesses = [...(policy?.urls ?? [])].filter(([{ replays }]) => replays);
  const sources = options.erased ?? witnesses.map(([, url]) => `${url.replace(/\/$/, '')}/erased`);
  const known = (await Promise.all(sources.map(labelsIn))).flat();
  await applyErasures(folder, new Ledger(folder.store, folder.sealing, systemClock), known);
}
