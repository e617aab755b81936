import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { base64, isKeyName, parseBase64, signerOf, type SignatureType, type Signer } from '#transparency';

/** A signing key that cannot be used, said in one sentence. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/**
 * The key in the file, made on first use: a line `PRIVATE+KEY+<name>+<id>+<base64 of type ‖ 32 secret bytes>`, as
 * golang.org/x/mod/sumdb/note writes it, readable by its owner only. It keeps the name it was made with: `name` must
 * be that, and left out it is `localName` for a new key.
 * @throws KeyFileError
 */
export function openSigningKey(
  path: string,
  type: SignatureType,
  name: string | undefined,
  localName: string,
): Signer {
  if (!existsSync(path)) create(path, name ?? localName, type);
  const signer = readSigningKey(path, type, name);
  if (!signer) throw new KeyFileError(`The signing key ${path} is gone.`);
  return signer;
}

/** The key in the file, undefined where there is none. `name`: as above. @throws KeyFileError */
export function readSigningKey(
  path: string,
  type: SignatureType,
  name: string | undefined,
): Signer | undefined {
  if (!existsSync(path)) return undefined;
  if ((statSync(path).mode & 0o077) !== 0)
    throw new KeyFileError(`The signing key ${path} can be read by others: set its mode to 600.`);
  const signer = parse(readFileSync(path, 'utf8').trim());
  if (signer?.key.type !== type) throw new KeyFileError(`${path} holds no signing key of this kind.`);
  if (name !== undefined && signer.key.name !== name)
    throw new KeyFileError(`The signing key ${path} is that of ${signer.key.name}, not of ${name}.`);
  return signer;
}

/** A new key in a file of its own. @throws KeyFileError where there is one */
export function makeSigningKey(path: string, type: SignatureType, name: string): Signer {
  if (existsSync(path)) throw new KeyFileError(`There is a key in ${path} already.`);
  return openSigningKey(path, type, name, name);
}

function create(path: string, name: string, type: SignatureType): void {
  if (!isKeyName(name))
    throw new KeyFileError(`${JSON.stringify(name)} can be no name of a log or a witness.`);
  const seed = randomBytes(32);
  const { key } = signerOf(name, type, seed);
  const secret = base64(Buffer.concat([Uint8Array.of(type), seed]));
  const line = `PRIVATE+KEY+${name}+${key.id.toString(16).padStart(8, '0')}+${secret}\n`;
  const draft = `${path}.${randomBytes(8).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, line);
  fsyncSync(file);
  closeSync(file);
  linkFirst(draft, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Several servers may share the folder of the keys: the first one's key stays. */
function linkFirst(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

function parse(line: string): Signer | undefined {
  const [, name, id, secret] = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(line) ?? [];
  const bytes = secret === undefined ? undefined : parseBase64(secret);
  if (name === undefined || bytes?.length !== 33) return undefined;
  const signer = signerOf(name, bytes[0] as SignatureType, bytes.subarray(1));
  return signer.key.id === Number.parseInt(id!, 16) ? signer : undefined;
}
