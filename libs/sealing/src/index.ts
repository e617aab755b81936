export { FileRootKey, type RootKey } from './root-key.js';
export { SqliteKeyStore, type KeyStore, type WrappedKey } from './key-store.js';
export { ownerOf, Sealing } from './sealing.js';
