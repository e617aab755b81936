export { FileRootKey, type RootKey } from './root-key.js';
export { SqliteKeyStore, type KeyStore, type OwnedKey, type WrappedKey } from './key-store.js';
export { isSealed, ownerOf, Sealing } from './sealing.js';
export { assertOpens, RootKeyRefused, rotateRootKey } from './rotate.js';
