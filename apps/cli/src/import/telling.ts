import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../api-client.js';
import { CliError } from '../sentence.js';
import { fault, type Body, type Fault } from './line.js';

/** Between the tries of one line, in ms: a server that restarts, or a cluster that elects, is back by then. */
export const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000];
/** Busy, restarting, or behind a proxy that says so. */
const PASSING = new Set([429, 500, 502, 503, 504]);

export type Told =
  | { readonly kind: 'recorded'; readonly repeated: boolean; readonly answer: Body }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

/** The import was told to stop, or the server is lost: the line is neither recorded nor refused. */
export class NotTold extends Error {
  override readonly name = 'NotTold';
}

/**
 * Tells the server one thing, as often as it takes: while it does not answer, or is busy, it is told again under the
 * same key.
 * @throws NotTold when stopped meanwhile @throws CliError where the server stays away, or knows no such caller
 */
export async function tell(
  api: Api,
  path: string,
  body: Body,
  key: string,
  stop: AbortSignal,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<Told> {
  let last = '';
  for (const pauseMs of [0, ...pausesMs]) {
    if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: stop }).catch(() => {});
    if (stop.aborted) throw new NotTold('The import was stopped.');
    const answer = await post(api, path, body, key);
    if (answer === undefined) last = 'it does not answer';
    else if (!isPassing(answer)) return toldBy(answer);
    else last = String(answer.body['detail'] ?? `it answers ${answer.status}`);
  }
  throw new CliError(
    `The server at ${api.url} cannot take more now: ${last}. Repeat the command later: it goes on.`,
  );
}

interface Answer {
  readonly status: number;
  readonly body: Body;
}

/** Undefined where none came, or only a part. */
async function post(api: Api, path: string, body: Body, key: string): Promise<Answer | undefined> {
  const headers = { ...api.headers, 'content-type': 'application/json', 'idempotency-key': key };
  try {
    const response = await fetch(api.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, body: jsonIn(text) };
  } catch {
    return undefined;
  }
}

/** A proxy may answer in words. */
function jsonIn(text: string): Body {
  try {
    return JSON.parse(text) as Body;
  } catch {
    return {};
  }
}

function isPassing({ status, body }: Answer): boolean {
  return PASSING.has(status) || body['type'] === 'urn:sillage:problem:contended';
}

function toldBy({ status, body }: Answer): Told {
  if (status === 201) return { kind: 'recorded', repeated: body['repeated'] === true, answer: body };
  if (status === 401 || status === 507) throw new CliError(`The server answers: ${sentenceIn(body)}`);
  return { kind: 'refused', faults: faultsIn(status, body) };
}

/** A problem, as far as a line is concerned. */
interface Refusal {
  readonly type?: string;
  readonly detail?: string;
  readonly remedy?: string;
  readonly errors?: readonly { readonly field: string; readonly detail: string; readonly remedy: string }[];
  readonly choices?: readonly string[];
}

function sentenceIn({ detail, remedy }: Refusal): string {
  return [detail, remedy].filter(Boolean).join(' ') || 'without a reason.';
}

/** What is wrong with a line, by what a problem says of its request. */
export function faultsIn(
  status: number,
  { type, detail = `The server answered ${status}.`, remedy = '', ...refusal }: Refusal,
): readonly Fault[] {
  if (type === 'urn:sillage:problem:idempotency-key-reused')
    return [
      fault(
        'ref',
        'It was imported before, with something else in its line.',
        'Give what is new a ref of its own.',
      ),
    ];
  if (type === 'urn:sillage:problem:not-found')
    return [fault('person', detail, 'Check the id or the ref of the person.')];
  const { errors = [{ field: '', detail, remedy }], choices = [] } = refusal;
  const named = choices.length > 0 ? ` (${choices.join(' ')})` : '';
  return errors.map((one) => fault(one.field, one.detail + named, one.remedy));
}
