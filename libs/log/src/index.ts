export { LOG, LogDamaged, readBatch } from './batch.js';
export { LogKeeper, type LogHealth } from './keeper.js';
export { LogModule } from './log.module.js';
export { LogStore } from './log-store.js';
export { KeyFileError, openSigningKey } from './signing-key.file.js';
