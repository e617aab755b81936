export * from './instants.js';
export * from './intervals.js';
export * from './parse.js';
export * from './rules.js';
export { remembered } from './remembered.js';
