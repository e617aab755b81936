import { join } from 'node:path';
import { Child } from './child.js';
import { HttpConnection, postRequest } from './http-client.js';
import { measure, rate, type Metric } from './measure.js';
import { Office } from './office.js';

const CALLERS = 32;
const PERSONS = 500;
const OURS = 2_000;
const TRIVIAL = 10_000;

/** A disclosure over HTTP on loopback, each server in a process of its own, the callers in this one. */
export async function httpCommandBench(folder: string): Promise<readonly Metric[]> {
  const path = join(folder, 'http-command');
  const office = await Office.open(path, PERSONS);
  const bodies = office.requests();
  await office.close();
  const [server, trivial] = [await Child.start('server.child', path), await Child.start('trivial.child')];
  const ours = bodies.map(({ path, caller, body }) =>
    postRequest(`${server.url}${path}`, body, { 'sillage-caller': caller }),
  );
  const theirs = bodies.map(({ body }) => postRequest(`${trivial.url}/v1/trivial`, body));
  const [toServer, toTrivial] = [await connections(server.url), await connections(trivial.url)];
  const metric = await measure({
    name: 'http-command',
    what: `${OURS} disclosures over HTTP by ${CALLERS} callers over ${PERSONS} persons`,
    against: 'a POST that does nothing, Nest and Fastify, requests/s',
    unit: 'requests/s',
    goal: 0.25,
    ours: () => posts(OURS, toServer, ours),
    peer: () => posts(TRIVIAL, toTrivial, theirs),
  });
  for (const connection of [...toServer, ...toTrivial]) connection.close();
  await server.stop();
  await trivial.stop();
  return [metric];
}

function connections(url: string): Promise<readonly HttpConnection[]> {
  return Promise.all(Array.from({ length: CALLERS }, () => HttpConnection.open(url)));
}

async function posts(
  count: number,
  connections: readonly HttpConnection[],
  requests: readonly Uint8Array[],
): Promise<number> {
  const free = [...connections];
  return rate(count, CALLERS, async (i) => {
    const connection = free.pop()!;
    const status = await connection.send(requests[i % requests.length]!);
    if (status !== 201) throw new Error(`The server answered ${status}.`);
    free.push(connection);
  });
}
