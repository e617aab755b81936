export { KnowledgeModule } from './knowledge.module.js';
export { ReadMandateIndex, ReadPersonIndex } from './look-ups.js';
export { KnowledgeProjector, TABLES } from './projector.js';
export { Reader } from './reader.query.js';
export { TrailHandler, TrailQuery } from './trail/trail.query.js';
