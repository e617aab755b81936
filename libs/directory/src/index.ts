export * from './actor.events.js';
export * from './actor.js';
export * from './directory.ids.js';
export * from './institution.events.js';
export * from './institution.js';
export * from './directory.js';
