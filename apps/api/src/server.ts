import { join } from 'node:path';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { pino, type Logger } from 'pino';
import type { DomainEvent, Recorded } from '#decider';
import { Catalogues, loadCatalogue } from '#catalogue';
import { Revealer } from '#deferral';
import { reapplyErasures } from '#erasure';
import { Ledger } from '#event-store';
import { parseStrictJson } from '#http';
import { KnowledgeProjector } from '#knowledge';
import { ServedLog } from '#log';
import { NoticeIssuer } from '#notices';
import { Outbox } from '#outbox';
import {
  Deferrals,
  SearchFollower,
  type DeferralEvent,
  type LedgerSearched,
  type PersonEvent,
} from '#person';
import { Checkpoints, ReadModels, Reaction, type Progress, type Reads } from '#read-store';
import { systemClock, type Clock } from '#time';
import type { Label } from '#transparency';
import { AppModule, type Opened } from './app.module.js';
import { developmentHeader, tokensFrom } from './callers.js';
import type { Config } from './config.js';
import { refusingWhereCut, stoppingWhereCut } from './cut.js';
import { elsewhereOf, openDataFolder, refuseOlderKeys, type DataFolder } from './data-folder.js';
import { keepHeapsSmall } from './heaps.js';
import { listen, refuseWhereCut, serveHealthAlone } from './health-alone.js';
import { refuseOtherMethods } from './methods.js';
import { openModelsInThread } from './models-thread/open-models.js';
import { NestLog } from './nest-log.js';
import { openLogInThread } from './log-thread/open-log.js';
import { openLog } from './log.js';
import { serveDocumentation } from './openapi.js';
import { ProblemFilter } from './problem.filter.js';
import { StoryClock } from './story-clock.js';
import { answerUnreadable } from './unreadable.js';

const MAX_BODY_BYTES = 262_144;
const IDLE_CHECK_MS = 50;

export interface Server {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** A ledger that tells a story, on a clock that the story sets. */
  readonly demonstration?: boolean;
  readonly progress?: Progress;
  /** Read models and log in threads of their own; they need compiled files, which a test runner does not have. */
  readonly threads?: boolean;
  readonly log?: Logger;
}

/** Opens the data folder, brings the read models up to date, and listens. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  if (options.threads) keepHeapsSmall();
  const log = options.log ?? pino({ level: 'info' });
  const clock = options.demonstration ? new StoryClock() : systemClock;
  const callerOf = config.tokensFile ? tokensFrom(config.tokensFile) : developmentHeader;
  const folder = await openDataFolder(config.dataDir, options.demonstration ?? false, config);
  const opened: { close(): Promise<unknown> }[] = [folder];
  // What was opened last is closed first: nothing reads a file that is closed already.
  const close = async () => {
    for (const one of opened.toReversed()) await one.close();
  };
  try {
    const served = await openServedLog(folder, clock, config, options);
    opened.push(served);
    if (served.cut) {
      const health = await serveHealthAlone(served.cut, config);
      opened.push(health);
      return { url: health.url, close };
    }
    const ledger = new Ledger(refusingWhereCut(folder.store, served), folder.sealing, clock);
    await applyErasures(folder, ledger);
    if (config.kurrentUrl === undefined) await refuseOlderKeys(folder);
    const models = options.threads
      ? await openModelsInThread(folder, elsewhereOf(config), options.progress)
      : await openReadModels(folder, ledger, options.progress);
    opened.push(models);
    const outbox = openOutbox(folder, ledger, log);
    opened.push(stoppingWhereCut(outbox, served));
    const { sealing } = folder;
    const app = await createApp({ ledger, sealing, models, served, outbox, clock, callerOf, log });
    opened.push({ close: () => closeApp(app) });
    opened.push(stoppingWhereCut(startReactions(folder, ledger, log), served));
    // Past Nest, which would log what goes wrong before it throws it.
    const url = await listen(app.getHttpAdapter().getInstance(), config);
    await served.desk.start();
    outbox.start();
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A story sets its clock in this thread, so that its log is kept here as well. */
async function openServedLog(
  folder: DataFolder,
  clock: Clock,
  config: Config,
  { threads, demonstration }: ServerOptions,
): Promise<ServedLog> {
  if (threads && !demonstration) return openLogInThread(folder, config);
  return ServedLog.here(await openLog(folder, clock, config));
}

/** Notices on their way. What they are about is not logged: neither names nor addresses. */
export function openOutbox({ path, sealing, ledger: id }: DataFolder, ledger: Ledger, log: Logger): Outbox {
  const report = (fault: Error) => log.error({ fault: fault.name }, 'The outbox failed; it tries again');
  return Outbox.open({ ledger, sealing, path: join(path, 'outbox.db'), source: `urn:uuid:${id}`, report });
}

/** What follows on facts by itself, in ledger order. */
function startReactions(
  { path, sealing }: DataFolder,
  ledger: Ledger,
  log: Logger,
): { close(): Promise<void> } {
  const checkpoints = Checkpoints.open(join(path, 'reactions.db'));
  const deferrals = new Deferrals(ledger, sealing);
  const issuer = new NoticeIssuer(ledger, deferrals);
  const revealer = new Revealer(ledger, deferrals);
  const follower = new SearchFollower(ledger);
  const start = (name: string, reads: Reads, react: (event: Recorded<DomainEvent>) => Promise<void>) => {
    const reaction = new Reaction(name, ledger, checkpoints, reads, react);
    reaction.start((fault) =>
      log.error({ reaction: name, fault: fault.message }, 'A reaction failed; it tries again'),
    );
    return reaction;
  };
  const reactions = [
    start('notices', { kinds: ['person'], types: NoticeIssuer.reads }, (event) =>
      issuer.react(event as Recorded<PersonEvent>),
    ),
    start('reveals', { kinds: ['deferral'], types: Revealer.reads }, async (event) => {
      await revealer.react(event as Recorded<DeferralEvent>);
    }),
    start('searches', { kinds: ['search'], types: SearchFollower.reads }, (event) =>
      follower.react(event as Recorded<LedgerSearched>),
    ),
  ];
  const close = async () => {
    for (const reaction of reactions) await reaction.close();
    checkpoints.close();
  };
  return { close };
}

/** Answers what is under way; a client that keeps its connection open afterwards does not hold the end up. */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const { server } = app.getHttpAdapter().getInstance();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  await app.close().finally(() => clearInterval(idle));
}

/** Before anything is served: what was erased may have come back with a restored file. */
export async function applyErasures(
  folder: DataFolder,
  ledger: Ledger,
  known: readonly Label[] = [],
): Promise<void> {
  if ((await reapplyErasures(ledger, folder.sealing, known)) > 0) ReadModels.discard(folder.path);
}

export function openReadModels(folder: DataFolder, ledger: Ledger, progress?: Progress): Promise<ReadModels> {
  return ReadModels.open(folder.path, ledger, folder.sealing, () => new KnowledgeProjector(ledger), progress);
}

/** The Nest application, not yet listening. */
export async function createApp(opened: Opened): Promise<NestFastifyApplication> {
  await new Catalogues(opened.ledger).begin(loadCatalogue());
  const problems = new ProblemFilter(opened.log);
  const adapter = new FastifyAdapter({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (error: unknown, _: unknown, reply: FastifyReply) => problems.answer(error, reply),
  });
  refuseWhereCut(adapter.getInstance(), opened.served);
  refuseOtherMethods(adapter.getInstance(), problems);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(opened), adapter, {
    bodyParser: false,
    logger: new NestLog(opened.log),
  });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_: unknown, bytes: Buffer) => (bytes.length === 0 ? undefined : parseStrictJson(bytes)),
  );
  await app.register(helmet, { contentSecurityPolicy: false });
  serveDocumentation(app);
  await app.init();
  return app;
}
