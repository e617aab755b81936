import { isIP } from 'node:net';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** File of hashed bearer tokens; needed as soon as the server listens beyond loopback. */
  readonly tokensFile: string | undefined;
  /** Name of the transparency log, fixed when its key is made; undefined: a local one. */
  readonly logOrigin?: string | undefined;
  /** File that names the log's witnesses (c2sp.org/tlog-policy). */
  readonly logPolicyFile?: string | undefined;
  /** The cluster that holds the ledger; without it the ledger is a file in the data folder. */
  readonly kurrentUrl?: string | undefined;
  /** The folder of the keys, where several servers share them; without it the data folder. */
  readonly keysDir?: string | undefined;
}

/** What is wrong with the settings, in one sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const host = env['HOST'] ?? '127.0.0.1';
  const port = Number(env['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError('PORT is a whole number from 0 to 65535.');
  if (host !== 'localhost' && isIP(host) === 0) throw new ConfigError('HOST is an IP address, or localhost.');
  const tokensFile = env['SILLAGE_TOKENS_FILE'];
  if (!isLoopback(host) && !tokensFile)
    throw new ConfigError(
      `HOST is ${host}, which others can reach: set SILLAGE_TOKENS_FILE, so that every caller is known.`,
    );
  return {
    host,
    port,
    dataDir: env['SILLAGE_DATA_DIR'] ?? 'data',
    tokensFile,
    logOrigin: env['SILLAGE_LOG_ORIGIN'],
    logPolicyFile: env['SILLAGE_LOG_POLICY'],
    kurrentUrl: env['SILLAGE_KURRENTDB_URL'] || undefined,
    keysDir: env['SILLAGE_KEYS_DIR'] || undefined,
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
