export { ConfigError, isLoopback, readConfig, type Config } from './config.js';
export { FolderError, lockFolder, openDataFolder, type DataFolder } from './data-folder.js';
export { eraserOf } from './app.module.js';
export { openLog } from './log.js';
export {
  applyErasures,
  createApp,
  openOutbox,
  openReadModels,
  startServer,
  type Server,
  type ServerOptions,
} from './server.js';
