export * from './answer.js';
export * from './caller.js';
export * from './command-request.js';
export * from './problem.js';
export * from './fields.js';
export { fillingOf, type Constructor, type Filling } from './filling.js';
export { KnownPersons } from './known-persons.js';
export { Recorder } from './recorder.js';
export * from './strict-json.js';

export * from './params.js';
export { Asking, Recording } from './documented.js';
