export { ReadCaseIndex } from './case-index.js';
export { KnowledgeModule } from './knowledge.module.js';
export { ReadMandateIndex, ReadPersonIndex, ReadSeatIndex } from './look-ups.js';
export { KnowledgeProjector, TABLES } from './projector.js';
export { Reader } from './reader.query.js';
export { affectedItems } from './affected.js';
export { ItemWays, type Way } from './ways.js';
export { TrailHandler, TrailQuery } from './trail/trail.query.js';
