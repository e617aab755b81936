import { KeysUnavailable, type KeyStore } from './key-store.js';
import type { RootKey } from './root-key.js';

/** The root key does not open the keys. Nothing sealed could be read with it. */
export class RootKeyRefused extends Error {
  override readonly name = 'RootKeyRefused';
}

/** Tries the root key on one of the keys, before anything is served. @throws RootKeyRefused, KeysUnavailable */
export async function assertOpens(root: RootKey, store: KeyStore): Promise<void> {
  const key = await store.sample();
  if (!key) return;
  await root.unwrap(key.wrapped, key.owner, key.epoch).catch((cause: unknown) => {
    if (cause instanceof KeysUnavailable) throw cause;
    throw new RootKeyRefused(
      `The root key (version ${root.epoch}) does not open the keys (wrapped by version ${key.epoch}): restore the root key and the keys that belong together.`,
      { cause },
    );
  });
}

/**
 * A new version of the root key re-wraps every key, then the old version is destroyed, and with it what older backups
 * of the keys hold. Interrupted at any point it goes on where it was: both versions are held until no key needs the
 * older. No server may use a root key in a file meanwhile; with a transit service they go on.
 * @returns the new version, and how many keys it re-wrapped
 * @throws RootKeyRefused when the root key is not that of these keys: nothing was changed
 */
export async function rotateRootKey(
  root: RootKey,
  store: KeyStore,
): Promise<{ epoch: number; keys: number }> {
  await assertOpens(root, store);
  const next = await root.begin();
  const keys = await store.rewrap(next.epoch, async ({ owner, wrapped, epoch }) =>
    next.wrap(await next.unwrap(wrapped, owner, epoch), owner),
  );
  await next.end();
  return { epoch: next.epoch, keys };
}
