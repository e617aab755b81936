export * from './catalogue.js';
export * from './digest.hash.js';
export * from './entries.js';
export * from './load.file.js';
export * from './provision.js';
export * from './reliability.js';
export * from './revision.js';
export { describe as describeProblem, problemsIn, type Problem } from './validate.js';
export { Catalogues } from './catalogues.js';
