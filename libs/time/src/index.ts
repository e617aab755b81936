export * from './instants.js';
export * from './intervals.js';
export * from './parse.js';
export * from './rules.js';
