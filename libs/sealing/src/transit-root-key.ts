import { readFileSync } from 'node:fs';
import { KeysUnavailable, type WrappedKey } from './key-store.js';
import type { RootKey } from './root-key.js';

/** How long a request may take. The service is near, and everything that is sealed waits for it. */
const TIMEOUT_MS = 5_000;
/** What a key may be: it authenticates the name that a wrapped key belongs to. */
const KEY_TYPES = ['aes256-gcm96', 'chacha20-poly1305'];

export interface TransitSettings {
  /** `https://bao.example:8200`, without a path. */
  readonly url: string;
  /** `<mount>/<name>` of the key. */
  readonly key: string;
  /** Read anew for every request: whoever renews the token writes this file. */
  readonly tokenFile: string;
}

/** What the service tells about a key, as far as it matters here. */
interface KeyState {
  readonly type: string;
  readonly latest_version: number;
  readonly min_decryption_version: number;
  readonly min_available_version: number;
  readonly exportable: boolean;
  readonly allow_plaintext_backup: boolean;
  readonly derived: boolean;
}

/**
 * The root key in a transit service (OpenBao, HashiCorp Vault): it never leaves the service, which wraps and unwraps
 * over HTTP. An epoch is a version of the service's key. What cannot be reached opens nothing.
 */
export class TransitRootKey implements RootKey {
  private constructor(
    private readonly settings: TransitSettings,
    private readonly state: KeyState,
  ) {}

  /** @throws KeysUnavailable when the service does not answer, or its key is none to rely on */
  static async open(settings: TransitSettings): Promise<TransitRootKey> {
    return new TransitRootKey(settings, await readState(settings));
  }

  get epoch(): number {
    return this.state.latest_version;
  }

  get rotating(): boolean {
    const { latest_version, min_decryption_version, min_available_version } = this.state;
    // A key that was never rotated says that its first available version is 0.
    return Math.min(min_decryption_version, Math.max(1, min_available_version)) < latest_version;
  }

  /** By the newest version, also where that was made after this was opened. */
  async wrap(key: Uint8Array, name: string): Promise<WrappedKey> {
    const plaintext = Buffer.from(key).toString('base64');
    const { ciphertext } = await this.use('encrypt', { plaintext, associated_data: nameBytes(name) });
    const [, version] = /^[a-z]+:v([1-9]\d*):/.exec(String(ciphertext)) ?? [];
    if (version === undefined) throw unintelligible(this.settings);
    return { epoch: Number(version), wrapped: Buffer.from(String(ciphertext), 'utf8') };
  }

  async unwrap(wrapped: Uint8Array, name: string, epoch: number): Promise<Uint8Array> {
    const ciphertext = Buffer.from(wrapped).toString('utf8');
    if (!ciphertext.includes(`:v${epoch}:`))
      throw new Error(`The key was not wrapped by version ${epoch} of a key in the transit service.`);
    const { plaintext } = await this.use('decrypt', { ciphertext, associated_data: nameBytes(name) });
    if (typeof plaintext !== 'string') throw unintelligible(this.settings);
    return Buffer.from(plaintext, 'base64');
  }

  async begin(): Promise<TransitRootKey> {
    const { settings } = this;
    const now = await TransitRootKey.open(settings);
    if (now.rotating) return now;
    await request(settings, pathOf(settings, 'keys', '/rotate'), {});
    return TransitRootKey.open(settings);
  }

  /**
   * `min_decryption_version` alone could be set back; what is trimmed is gone. No version is trimmed that was made
   * after this was opened.
   */
  async end(): Promise<TransitRootKey> {
    const { settings, epoch } = this;
    const minimum = { min_decryption_version: epoch, min_encryption_version: epoch };
    await request(settings, pathOf(settings, 'keys', '/config'), minimum);
    await request(settings, pathOf(settings, 'keys', '/trim'), { min_available_version: epoch });
    const ended = await TransitRootKey.open(settings);
    if (ended.state.min_available_version < epoch)
      throw new KeysUnavailable('The transit service did not destroy the older versions of the root key.');
    return ended;
  }

  private use(action: 'encrypt' | 'decrypt', body: object): Promise<Readonly<Record<string, unknown>>> {
    return request(this.settings, pathOf(this.settings, action), body);
  }
}

async function readState(settings: TransitSettings): Promise<KeyState> {
  const data = await request(settings, pathOf(settings, 'keys'));
  const state = data as unknown as KeyState;
  if (!Number.isSafeInteger(state.latest_version)) throw unintelligible(settings);
  const refuse = (why: string) => new KeysUnavailable(`The transit key ${settings.key} ${why}.`);
  if (!KEY_TYPES.includes(state.type)) throw refuse(`is not of the type ${KEY_TYPES.join(' or ')}`);
  if (state.derived) throw refuse('is derived, which is not supported');
  if (state.exportable || state.allow_plaintext_backup)
    throw refuse('can be exported, so that no version of it is ever known to be gone: make another');
  return state;
}

/** @throws KeysUnavailable, or Error where the service answers that it does not open */
async function request(
  settings: TransitSettings,
  path: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(new URL(path, settings.url), {
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : { method: 'GET' }),
    headers: { 'x-vault-token': tokenIn(settings.tokenFile), 'content-type': 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new KeysUnavailable(`The transit service at ${settings.url} does not answer.`);
  });
  const text = await response.text().catch(() => '');
  if (!response.ok) throw refusal(settings, response.status);
  if (response.status === 204) return {};
  const answer = parsed(text) as { data?: Readonly<Record<string, unknown>> } | undefined;
  if (!answer?.data) throw unintelligible(settings);
  return answer.data;
}

/** Its own words are not passed on: they are for whoever runs the service, and not ours to vouch for. */
function refusal({ url, key }: TransitSettings, status: number): Error {
  if (status === 400) return new Error(`The transit key ${key} does not open this, or its version is gone.`);
  if (status === 403)
    return new KeysUnavailable(`The transit service at ${url} refuses the token for the key ${key}.`);
  if (status === 404) return new KeysUnavailable(`The transit service at ${url} has no key ${key}.`);
  if (status === 503) return new KeysUnavailable(`The transit service at ${url} is sealed or on standby.`);
  return new KeysUnavailable(`The transit service at ${url} answered ${status}.`);
}

function unintelligible({ url }: TransitSettings): Error {
  return new KeysUnavailable(`What answers at ${url} is no transit service.`);
}

function tokenIn(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch {
    throw new KeysUnavailable(`The file ${file} with the token of the transit service cannot be read.`);
  }
  // Anything else would be an error of `fetch` that quotes it.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new KeysUnavailable(`The file ${file} does not hold the token of the transit service alone.`);
  return token;
}

function pathOf({ key }: TransitSettings, action: string, suffix = ''): string {
  const [mount, name] = [key.slice(0, key.lastIndexOf('/')), key.slice(key.lastIndexOf('/') + 1)];
  return `/v1/${mount}/${action}/${name}${suffix}`;
}

function nameBytes(name: string): string {
  return Buffer.from(`sillage/wrap/1 ${name}`, 'utf8').toString('base64');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
