import { isIP } from 'node:net';
import type { TransitSettings } from '#sealing';

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
  /** The key store in PostgreSQL; without it a file in the folder of the keys. */
  readonly keysUrl?: string | undefined;
  /** The transit service that holds the root key; without it a file in the folder of the keys. */
  readonly transit?: TransitSettings | undefined;
}

/** What is wrong with the settings, in one sentence that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const host = env['HOST'] ?? '127.0.0.1';
  const port = Number(env['PORT'] || '3000');
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
    keysUrl: readKeysUrl(env['SILLAGE_KEYS_URL']),
    transit: readTransit(env),
  };
}

/** It holds a password: what is wrong is told without it. */
function readKeysUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new ConfigError('SILLAGE_KEYS_URL is an address like postgres://user:password@host:5432/database.');
}

function readTransit(env: Readonly<Record<string, string | undefined>>): TransitSettings | undefined {
  const text = env['SILLAGE_TRANSIT_URL'];
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(bare(url.hostname)));
  if (!url || !isSafe || url.pathname !== '/' || url.username || url.password || url.search)
    throw new ConfigError(
      'SILLAGE_TRANSIT_URL is an address like https://bao.example:8200; without TLS only on loopback.',
    );
  const key = env['SILLAGE_TRANSIT_KEY'] ?? 'transit/sillage';
  if (!/^[\w-]+(\/[\w-]+)+$/.test(key))
    throw new ConfigError('SILLAGE_TRANSIT_KEY is the mount and the name of a key, like transit/sillage.');
  const tokenFile = env['SILLAGE_TRANSIT_TOKEN_FILE'];
  if (!tokenFile)
    throw new ConfigError(
      'Set SILLAGE_TRANSIT_TOKEN_FILE to the file with the token of the transit service.',
    );
  return { url: url.origin, key, tokenFile };
}

/** `[::1]` in an address is ::1. */
function bare(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
