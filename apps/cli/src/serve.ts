import { isLoopback, readConfig, startServer, type Server } from '../../api/src/index.js';
import { progressLine } from './sentence.js';

export async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const progress = progressLine('Bringing the read models up to date');
  const server = await startServer(config, { threads: true, progress });
  process.stdout.write(`Sillage answers at ${server.url}, its documentation at ${server.url}/docs\n`);
  if (!config.tokensFile)
    process.stdout.write(
      'Callers name themselves in the header Sillage-Caller: for development on this machine.\n',
    );
  else if (isLoopback(config.host)) process.stdout.write('Callers are known by their bearer tokens.\n');
  await untilStopped(server);
}

/** Answers what is under way, then closes the files. */
export async function untilStopped(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await server.close();
}
