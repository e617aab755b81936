export { Eraser, type Erased, type Surroundings } from './complete-erasure/eraser.handler.js';
export { ErasureModule } from './erasure.module.js';
export { reapplyErasures } from './reapply-erasures/reapply-erasures.handler.js';
