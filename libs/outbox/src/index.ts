export { Outbox, type OutboxParts } from './outbox.js';
export { OutboxModule } from './outbox.module.js';
export { Lease } from './lease.js';
