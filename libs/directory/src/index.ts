export * from './actor.events.js';
export * from './actor.js';
export * from './directory.ids.js';
export * from './institution.events.js';
export * from './institution.js';
export * from './directory.js';
export * from './rules.js';
export { DirectoryModule } from './directory.module.js';
export { secrecyBasisOf } from './secrecy.js';
