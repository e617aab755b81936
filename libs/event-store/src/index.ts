export { asOf, readOnce, type Streams } from './as-of.js';
export { EventCodec, StreamErased, type Sealer, type Upcasters } from './codec.js';
export { commandOnce, type CommandContext } from './command-context.js';
export { compareLedgers, copyLedger, LedgersDiffer } from './copy-ledger.js';
export { disclose, enclose, type Opened, type StreamCipher } from './envelope.js';
export { newEventId } from './event-id.js';
export type { Folded } from './fold-cache.js';
export type { KurrentEventStore, KurrentOptions } from './kurrentdb/kurrent-event-store.js';
export { openKurrentStore } from './kurrentdb/open.js';
export { Ledger, type Decide, type Outcome } from './ledger.js';
export {
  backupDatabase,
  closeDatabase,
  emptyWriteAheadLog,
  inTransaction,
  isDiskFull,
  openDatabase,
  preparedOn,
  type Database,
  type OpenDatabase,
  type Statement,
} from './sqlite/driver.js';
export { pagesOf, pagesOfAll } from './pages.js';
export { LedgerFile, type LedgerRow } from './sqlite/ledger-rows.js';
export { freshBytes } from './random.js';
export { SqliteEventStore } from './sqlite/sqlite-event-store.js';
export * from './store.js';
export { Turns } from './turns.js';
