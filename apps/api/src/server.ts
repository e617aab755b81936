import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino, type Logger } from 'pino';
import { Ledger } from '#event-store';
import { parseStrictJson } from '#http';
import { KnowledgeProjector } from '#knowledge';
import { ReadModels, type Progress } from '#read-store';
import { systemClock } from '#time';
import { AppModule, type Opened } from './app.module.js';
import { developmentHeader, tokensFrom } from './callers.js';
import type { Config } from './config.js';
import { openDataFolder, type DataFolder } from './data-folder.js';
import { NestLog } from './nest-log.js';
import { serveDocumentation } from './openapi.js';
import { StoryClock } from './story-clock.js';

const MAX_BODY_BYTES = 262_144;

export interface Server {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** A ledger that tells a story, on a clock that the story sets. */
  readonly demonstration?: boolean;
  readonly progress?: Progress;
  readonly log?: Logger;
}

/** Opens the data folder, brings the read models up to date, and listens. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  const log = options.log ?? pino({ level: 'info' });
  const clock = options.demonstration ? new StoryClock() : systemClock;
  const callerOf = config.tokensFile ? tokensFrom(config.tokensFile) : developmentHeader;
  const folder = openDataFolder(config.dataDir, options.demonstration ?? false);
  try {
    const ledger = new Ledger(folder.store, folder.sealing, clock);
    const models = await openReadModels(folder, ledger, options.progress);
    const app = await createApp({ ledger, sealing: folder.sealing, models, clock, callerOf, log });
    await app.listen({ host: config.host, port: config.port });
    const url = await app.getUrl();
    const close = async () => {
      await app.close();
      await models.close();
      await folder.close();
    };
    return { url, close };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

export function openReadModels(folder: DataFolder, ledger: Ledger, progress?: Progress): Promise<ReadModels> {
  return ReadModels.open(folder.path, ledger, folder.sealing, () => new KnowledgeProjector(ledger), progress);
}

/** The Nest application, not yet listening. */
export async function createApp(opened: Opened): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: 'idle' });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(opened), adapter, {
    bodyParser: false,
    logger: new NestLog(opened.log),
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, text: string) =>
    text === '' ? undefined : parseStrictJson(text),
  );
  await app.register(helmet, { contentSecurityPolicy: false });
  serveDocumentation(app);
  await app.init();
  return app;
}
