import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { startServer } from '../../api/src/index.js';

/** Writes the OpenAPI document of the built server, for `docs/openapi.json`. */
const folder = mkdtempSync(join(tmpdir(), 'sillage-openapi-'));
const log = pino({ level: 'silent' });
const server = await startServer(
  { host: '127.0.0.1', port: 0, dataDir: folder, tokensFile: undefined },
  { log },
);
const response = await fetch(`${server.url}/v1/openapi.json`);
process.stdout.write(`${JSON.stringify(await response.json(), null, 2)}\n`);
await server.close();
rmSync(folder, { recursive: true });
