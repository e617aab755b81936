export { DeferralModule } from './deferral.module.js';
export { Revealer } from './end-deferral/revealer.handler.js';
