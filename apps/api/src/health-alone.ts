import { isIPv6, type AddressInfo } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { problem, type Problem } from '#http';
import type { LedgerCut, ServedLog } from '#log';
import type { Config } from './config.js';

const HEALTH = '/health';

/** A ledger that lacks what its log has shown answers no question and takes no command: it says so, and waits. */
export async function serveHealthAlone(
  cut: LedgerCut,
  config: Config,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = fastify({ forceCloseConnections: true });
  server.get(HEALTH, (_, reply) =>
    reply.status(503).send({ status: 'ledger-cut', log: { fault: cut.message } }),
  );
  server.setNotFoundHandler((_, reply) => refuse(reply, cut));
  const url = await listen(server, config);
  return { url, close: () => server.close() };
}

/** The same where a witness tells it to a server that runs already. */
export function refuseWhereCut(server: FastifyInstance, served: Pick<ServedLog, 'cut'>): void {
  server.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const { cut } = served;
    if (cut && request.url !== HEALTH) return refuse(reply, cut);
    return undefined;
  });
}

export function cutProblem(cut: LedgerCut): Problem {
  return problem(503, 'ledger-cut', cut.message, 'Tell the operator.');
}

function refuse(reply: FastifyReply, cut: LedgerCut): FastifyReply {
  const { body } = cutProblem(cut);
  return reply.status(503).header('content-type', 'application/problem+json; charset=utf-8').send(body);
}

/** @returns the address */
export async function listen(
  server: Pick<FastifyInstance, 'listen' | 'addresses'>,
  { host, port }: Config,
): Promise<string> {
  await server.listen({ host, port });
  const [{ address, port: given }] = server.addresses() as [AddressInfo];
  return `http://${isIPv6(address) ? `[${address}]` : address}:${given}`;
}
