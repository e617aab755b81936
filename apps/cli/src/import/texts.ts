import { createReadStream } from 'node:fs';
import { CliError } from '../sentence.js';

/** What a request may hold at most: no line of ours is longer. */
export const MAX_LINE = 262_144;

/** A file as text, piece by piece, without its byte order mark. @throws CliError where it cannot be read or is not UTF-8 */
export async function* textsOf(path: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(path)) yield decoder.decode(bytes as Buffer, { stream: true });
    yield decoder.decode();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      throw new CliError(`${path} is not UTF-8: in a spreadsheet save it as “CSV UTF-8”.`);
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES')
      throw new CliError(`${path} cannot be read: name a file that is there.`);
    throw error;
  }
}
