import { setMaxListeners } from 'node:events';
import { Problem } from '#http';
import { requestValidation } from '../../../api/src/index.js';
import { apiOf, type Api } from '../api-client.js';
import { CliError, progressLine } from '../sentence.js';
import { csvRows } from './csv.js';
import { idFor, Importer, WINDOW, type Summary } from './importer.js';
import { KINDS } from './kinds.js';
import type { Body, Line, Read } from './line.js';
import { ndjsonLines } from './ndjson.js';
import { References } from './references.js';
import { IdsFile, readIds, ResultFile } from './results.js';
import { tableLines, titlesOfErrors } from './table.js';
import { faultsIn, tell, type Told } from './telling.js';
import { textsOf } from './texts.js';

interface ImportOptions {
  readonly caller: string;
  readonly dryRun?: boolean;
  readonly ids?: readonly string[];
}

/** Some lines were not imported; all others were. */
class ImportIncomplete extends CliError {
  constructor(
    message: string,
    override readonly exitCode: number,
  ) {
    super(message);
  }
}

const STOPPED = 130;

/** Tells a running server (SILLAGE_URL) what a file says, line by line; told again, nothing is recorded twice. */
export async function importFile(path: string, options: ImportOptions): Promise<void> {
  const [, name, ending] = /^(.*)\.(csv|ndjson)$/i.exec(path) ?? [];
  if (name === undefined) throw new CliError('Name a file that ends in .csv or .ndjson.');
  const api = options.dryRun ? undefined : await reached(apiOf(options.caller));
  const errors = new ResultFile(`${name}.errors.${ending}`);
  const ids = api && new IdsFile(`${name}.ids.csv`);
  const references = References.open();
  const stop = new AbortController();
  // Every line that waits to be sent again listens, and the reading of the file.
  setMaxListeners(WINDOW + 1, stop.signal);
  const onSignal = () => stop.abort();
  process.once('SIGINT', onSignal);
  const importer = new Importer({
    references,
    tell: api ? (_, ...request) => tell(api, ...request, stop.signal) : looked,
    made: (number, { kind, ref }, id) => ids?.add(number, kind, ref!, id),
    failed: (text) => errors.write(text),
    progress: progressLine('Lines'),
  });
  try {
    for (const file of options.ids ?? []) await readIds(file, references);
    await importer.run(linesOf(path, errors), stop.signal);
  } finally {
    process.stdout.write(`${path}: ${said(importer.summary, api)}\n`);
    process.off('SIGINT', onSignal);
    references.close();
    for (const file of [errors, ids]) file?.close();
  }
  const { failed } = importer.summary;
  if (stop.signal.aborted)
    throw new ImportIncomplete('Stopped. Repeat the command to go on: nothing is recorded twice.', STOPPED);
  if (failed > 0)
    throw new ImportIncomplete(
      `What is wrong stands in ${errors.path}: mend it there and import that file.`,
      1,
    );
}

async function reached(api: Api): Promise<Api> {
  const answered = await fetch(`${api.url}/health`).catch(() => undefined);
  if (!answered) throw new CliError(`No Sillage server answers at ${api.url}: start it, or set SILLAGE_URL.`);
  return api;
}

function linesOf(path: string, errors: ResultFile): AsyncIterable<Read> {
  const texts = textsOf(path);
  if (path.toLowerCase().endsWith('.ndjson')) return ndjsonLines(texts);
  return tableLines(csvRows(texts), (titles) => (errors.head = titlesOfErrors(titles)));
}

const shape = requestValidation();

/** In a dry run: what the request's own checks say, which the server makes as well before it looks at its ledger. */
async function looked({ kind, ref = '' }: Line, _path: string, body: Body): Promise<Told> {
  const { request, made } = KINDS[kind];
  try {
    await shape.transform(body, { type: 'body', metatype: request });
    return { kind: 'recorded', repeated: false, answer: { [made]: idFor(ref) } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { kind: 'refused', faults: faultsIn(error.body.status, error.body) };
  }
}

function said({ lines, recorded, known, failed }: Summary, api: Api | undefined): string {
  if (api) return `${lines} lines: ${recorded} recorded, ${known} known from before, ${failed} with errors.`;
  return (
    `${lines} lines, ${failed} with errors; nothing was sent. ` +
    'Fields and references were looked at, not what the ledger alone knows: persons, ids, codes, dates.'
  );
}
