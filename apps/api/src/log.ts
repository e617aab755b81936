import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileState, LogKeeper, openSigningKey } from '#log';
import type { Clock } from '#time';
import { ED25519, parsePolicy, sameBytes, type Policy, type Signer } from '#transparency';
import { ConfigError, type Config } from './config.js';
import type { DataFolder } from './data-folder.js';

/** The transparency log of a data folder: its key and its projection stand beside the ledger. */
export async function openLog(folder: DataFolder, clock: Clock, config: Config): Promise<LogKeeper> {
  const localName = `sillage.local/${folder.ledger}`;
  const signer = openSigningKey(join(folder.keysDir, 'log.key'), ED25519, config.logOrigin, localName);
  const policy = config.logPolicyFile === undefined ? undefined : policyOf(config.logPolicyFile, signer);
  const path = join(folder.path, 'log.db');
  const { store, sealing: sealer } = folder;
  const shown = new FileState(join(folder.path, 'log.shown'));
  return LogKeeper.open({ store, clock, path, signer, policy, shown, sealer });
}

function policyOf(file: string, { key }: Signer): Policy {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(`SILLAGE_LOG_POLICY ${file} cannot be read.`, { cause });
  }
  const policy = parsePolicy(text);
  if (!policy.ok) throw new ConfigError(`SILLAGE_LOG_POLICY ${file}: ${policy.reason}.`);
  if (!policy.value.logKeys.some(({ publicKey }) => sameBytes(publicKey, key.publicKey)))
    throw new ConfigError(`SILLAGE_LOG_POLICY ${file} is the policy of another log than ${key.name}.`);
  return policy.value;
}
