export { EventCodec, StreamErased, type Sealer, type Upcasters } from './codec.js';
export { commitmentOf, disclose, enclose, jcs, type Opened, type StreamCipher } from './envelope.js';
export { newEventId } from './event-id.js';
export type { Folded } from './fold-cache.js';
export { Ledger, type CommandContext, type Decide, type Outcome } from './ledger.js';
export { backupDatabase, isDiskFull, openDatabase, type Database, type Statement } from './sqlite/driver.js';
export { SqliteEventStore } from './sqlite/sqlite-event-store.js';
export * from './store.js';
