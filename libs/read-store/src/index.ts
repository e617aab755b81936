export { keepReadModels } from './keeper.js';
export { ProjectionRunner, type Projector, type Rows } from './projection-runner.js';
export { ReadModels, type Progress } from './read-models.js';
export { ReadStore, type SqlRow } from './read-store.js';
export * from './table.js';
export { Checkpoints } from './checkpoints.js';
export { Reaction, type Reads } from './reaction.js';
