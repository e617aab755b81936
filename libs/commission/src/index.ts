export * from './commission.events.js';
export * from './commission.ids.js';
export * from './commission.js';
export { CommissionModule } from './commission.module.js';
export * from './commissions.js';
