export { ConfigError, isLoopback, readConfig, type Config } from './config.js';
export { lockFolder, openDataFolder, type DataFolder } from './data-folder.js';
export { FolderError, openKeys, type Keys } from './keys.js';
export { eraserOf } from './app.module.js';
export { openLog } from './log.js';
export { openModelsInThread } from './models-thread/open-models.js';
export {
  applyErasures,
  createApp,
  openOutbox,
  openReadModels,
  startServer,
  type Server,
  type ServerOptions,
} from './server.js';
export { requestValidation } from './validation.js';
