import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { apiOf } from './api-client.js';
import { CliError } from './sentence.js';

interface ExportOptions {
  readonly person?: string;
  readonly institution?: string;
  readonly caller: string;
  readonly format: string;
  readonly validAt?: string;
  readonly knownAt?: string;
  readonly item?: string;
  readonly disclosure?: string;
  readonly direction?: string;
  readonly reason?: string;
  readonly out?: string;
}

/** Asks a running server (SILLAGE_URL), so that the answers are those of the API. */
export async function exportAnswers(question: string, options: ExportOptions): Promise<void> {
  const { url: base, headers } = apiOf(options.caller);
  const { validAt, knownAt, item, disclosure, direction, reason, format } = options;
  const given = Object.entries({ validAt, knownAt, item, disclosure, direction, reason, format });
  const query = new URLSearchParams(given.filter((pair): pair is [string, string] => pair[1] !== undefined));
  const url = `${base}${pathOf(question, options)}?${query.toString()}`;
  const response = await fetch(url, { headers }).catch(() => {
    throw new CliError(`No Sillage server answers at ${base}: start it, or set SILLAGE_URL.`);
  });
  if (!response.ok || !response.body) throw new CliError(await refusalOf(response));
  await write(response.body, options.out);
}

function pathOf(question: string, { person, institution }: ExportOptions): string {
  if (question === 'coverage') return '/v1/coverage';
  if (question === 'register') {
    if (institution) return `/v1/institutions/${institution}/register`;
    throw new CliError('The register is that of one institution: add --institution <id>.');
  }
  if (!['who-knows', 'trail', 'timeline', 'consents', 'consultations'].includes(question))
    throw new CliError(`There is no question "${question}": see sillage export --help.`);
  if (person) return `/v1/persons/${person}/${question}`;
  throw new CliError('The question is about one person: add --person <id>.');
}

interface Refusal {
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly remedy: string }[];
}

async function refusalOf(response: Response): Promise<string> {
  const { detail, errors } = (await response.json().catch(() => ({}))) as Refusal;
  const fields = (errors ?? []).map(({ field, remedy }) => `${field}: ${remedy}`).join(' ');
  return `The server answered ${response.status}: ${fields || (detail ?? 'no reason given')}`;
}

async function fileAt(path: string): Promise<WriteStream> {
  const file = createWriteStream(path);
  await once(file, 'open').catch(() => {
    throw new CliError(`${path} cannot be written: name a file in a folder that is there.`);
  });
  return file;
}

async function write(body: ReadableStream<Uint8Array>, out: string | undefined): Promise<void> {
  const target = out ? await fileAt(out) : process.stdout;
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (!target.write(chunk)) await once(target, 'drain');
    if (out && process.stderr.isTTY) process.stderr.write(`\r${bytes} bytes`);
  }
  if (!out) return;
  target.end();
  await once(target, 'finish');
  process.stderr.write(`${process.stderr.isTTY ? '\r' : ''}${bytes} bytes were written to ${out}.\n`);
}
