export * from './commission.events.js';
export * from './commission.ids.js';
export * from './commission.js';
export { CommissionModule } from './commission.module.js';
export * from './commissions.js';
export { noSuchCommission, noSuchSession, notOnAgenda, openSession, rejectBeforeItsDay } from './rules.js';
export { membershipsFor, sessionFactsOf } from './seats.js';
export { Secretariat } from './secretariat.query.js';
export * as commissionTesting from './testing.js';
