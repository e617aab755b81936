import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileState, LogKeeper, LogKeys } from '#log';
import type { Clock } from '#time';
import { parsePolicy, type Policy } from '#transparency';
import { ConfigError, type Config } from './config.js';
import type { FolderInThread } from './data-folder.js';

/** The transparency log of a data folder: its key and its projection stand beside the ledger. */
export async function openLog(folder: FolderInThread, clock: Clock, config: Config): Promise<LogKeeper> {
  const localName = `sillage.local/${folder.ledger}`;
  const keys = LogKeys.open(folder.keysDir, config.logOrigin, localName);
  const file = config.logPolicyFile;
  const policy = file === undefined ? undefined : policyOf(file);
  const path = join(folder.path, 'log.db');
  const { store, sealing: sealer } = folder;
  const shown = new FileState(join(folder.path, 'log.shown'));
  const keeper = await LogKeeper.open({ store, clock, path, keys, policy, shown, sealer });
  const { origin } = keeper.publisher;
  if (policy === undefined || policy.origin === origin) return keeper;
  keeper.log.close();
  throw new ConfigError(`SILLAGE_LOG_POLICY ${file} is the policy of another log than ${origin}.`);
}

/** Witnesses are asked of it; its keys are not compared: the log changes its own. */
function policyOf(file: string): Policy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`SILLAGE_LOG_POLICY ${file} cannot be read.`, { cause });
  }
  const policy = parsePolicy(text);
  if (!policy.ok) throw new ConfigError(`SILLAGE_LOG_POLICY ${file}: ${policy.reason}.`);
  return policy.value;
}
