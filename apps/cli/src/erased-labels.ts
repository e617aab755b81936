import { parseLabel, type Label } from '#transparency';
import { CliError } from './sentence.js';
import { readFrom } from './verify/trust.js';

/** As a replaying witness tells them: one a line. */
export async function labelsIn(source: string): Promise<readonly Label[]> {
  const lines = (await readFrom(source)).split('\n').filter((line) => line !== '');
  const labels = lines.map(parseLabel);
  if (!labels.every((label) => label !== undefined))
    throw new CliError(`${source} does not list the labels of erased streams, one a line.`);
  return labels;
}
