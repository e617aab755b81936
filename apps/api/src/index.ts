export { ConfigError, isLoopback, readConfig, type Config } from './config.js';
export { FolderError, lockFolder, openDataFolder, type DataFolder } from './data-folder.js';
export { openLog } from './log.js';
export {
  createApp,
  openOutbox,
  openReadModels,
  startServer,
  type Server,
  type ServerOptions,
} from './server.js';
