import { pino } from 'pino';
import { startServer } from '../../apps/api/src/index.js';
import { serving } from './child.js';

/** The server as it is, on the folder that is named. */
const config = { host: '127.0.0.1', port: 0, dataDir: process.argv[2]!, tokensFile: undefined };
const server = await startServer(config, { threads: true, log: pino({ level: 'error' }) });
serving(server.url, () => server.close());
