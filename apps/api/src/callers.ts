import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '#decider';
import { DEVELOPMENT_HEADER, parseCaller, problem } from '#http';
import { ConfigError, isLoopback } from './config.js';

/** Who is calling. @throws Problem 401 */
export type CallerSource = (request: FastifyRequest) => Actor;

/** On loopback, until identity lands: the caller says who they are. */
export const developmentHeader: CallerSource = (request) => {
  if (!isLoopback(request.hostname.replace(/^\[|\]$/g, ''))) throw otherHost();
  const header = request.headers[DEVELOPMENT_HEADER];
  const caller = typeof header === 'string' ? parseCaller(header) : undefined;
  if (caller) return caller;
  throw problem(
    401,
    'unknown-caller',
    'The request does not say who is calling.',
    'Send the header Sillage-Caller: mandate:<id>, person:<id> or client:<name>.',
  );
};

/** A page of another site could reach this address under a name of its own (DNS rebinding). */
function otherHost() {
  const detail = 'The request names a host that is not this machine.';
  return problem(403, 'not-permitted', detail, 'Call 127.0.0.1 or localhost, or configure tokens.');
}

/** Beyond loopback: bearer tokens, of which the file holds only hashes: `<SHA-256 in hex> <caller>` a line. */
export function tokensFrom(path: string): CallerSource {
  const callers = new Map(readTokens(path));
  return (request) => {
    const token = /^Bearer ([\x21-\x7e]{20,512})$/.exec(request.headers.authorization ?? '')?.[1];
    const caller = token && callers.get(createHash('sha256').update(token).digest('hex'));
    if (caller) return caller;
    throw problem(401, 'unknown-caller', 'The request carries no token of ours.', 'Send a bearer token.');
  };
}

function readTokens(path: string): [string, Actor][] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`SILLAGE_TOKENS_FILE ${path} cannot be read.`, { cause });
  }
  const lines = text.split('\n').map((line) => line.trim());
  return lines.flatMap((line, i) => {
    if (line === '' || line.startsWith('#')) return [];
    const [, hash, who] = /^([0-9a-f]{64})\s+(\S+)$/.exec(line) ?? [];
    const caller = who === undefined ? undefined : parseCaller(who);
    if (hash && caller) return [[hash, caller] as [string, Actor]];
    throw new ConfigError(
      `SILLAGE_TOKENS_FILE, line ${i + 1}: write a SHA-256 in hex, a space, and the caller.`,
    );
  });
}
