import { FileRootKey, type RootKey } from './root-key.js';
import type { KeyStore } from './key-store.js';

/** The root key does not open the keys. Nothing sealed could be read with it. */
export class RootKeyRefused extends Error {
  override readonly name = 'RootKeyRefused';
}

/** Tries the root key on one of the keys, before anything is served. @throws RootKeyRefused */
export async function assertOpens(root: RootKey, store: KeyStore): Promise<void> {
  const key = await store.sample();
  if (!key) return;
  await root.unwrap(key.wrapped, key.owner, key.epoch).catch((cause: unknown) => {
    throw new RootKeyRefused(
      `The root key (version ${root.epoch}) does not open the keys (wrapped by version ${key.epoch}): restore the root key and the keys that belong together.`,
      { cause },
    );
  });
}

/**
 * A new version of the root key re-wraps every key, then the old version is destroyed, and with it what older backups
 * of the keys hold. Interrupted at any point it goes on where it was: both versions stand in the file until no key
 * needs the older. No server may use the key store meanwhile.
 * @returns the new version, and how many keys it re-wrapped
 * @throws RootKeyRefused when the file is not of these keys: nothing was changed
 */
export async function rotateRootKey(path: string, store: KeyStore): Promise<{ epoch: number; keys: number }> {
  const current = FileRootKey.open(path);
  await assertOpens(current, store);
  const next = current.begin();
  const keys = await store.rewrap(next.epoch, async ({ owner, wrapped, epoch }) =>
    next.wrap(await next.unwrap(wrapped, owner, epoch), owner),
  );
  next.end();
  return { epoch: next.epoch, keys };
}
