export * from './decision.js';
export * from './event.js';
export * from './ids.js';
export * from './rejection.js';
export { given, recorded } from './testing.js';
