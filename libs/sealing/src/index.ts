export { KeysUnavailable, type KeyStore, type OwnedKey, type WrappedKey } from './key-store.js';
export { streamsWithoutKey } from './missing-keys.js';
export { KeysDiffer, moveKeys, type HeldKeys } from './move-keys.js';
export { PostgresKeyStore } from './postgres-key-store.js';
export { FileRootKey, type RootKey } from './root-key.js';
export { assertOpens, RootKeyRefused, rotateRootKey } from './rotate.js';
export { isSealed, ownerOf, Sealing } from './sealing.js';
export { SqliteKeyStore } from './sqlite-key-store.js';
export { TransitRootKey, type TransitSettings } from './transit-root-key.js';
