import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

/**
 * On disk before it is used, its name in the folder included: a key that wrapped something and was lost would
 * lose that too. A link, not a rename: of several processes that start at once only the first makes the file.
 */
export function createSecret(path: string, content: string): void {
  const draft = writeDraft(path, content);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  flush(openSync(dirname(path), 'r'));
}

/**
 * Either the old content or the new stands there, whenever it is cut off. What was there before is overwritten once
 * nothing leads to it any more, drafts of interrupted calls included: as far as the disk writes where it is told to.
 */
export function replaceSecret(path: string, content: string): void {
  for (const name of readdirSync(dirname(path)))
    if (name.startsWith(`${basename(path)}.`) && name.endsWith('.new'))
      destroyDraft(join(dirname(path), name));
  const draft = writeDraft(path, content);
  const old = openSync(path, 'r+');
  renameSync(draft, path);
  flush(openSync(dirname(path), 'r'));
  overwrite(old);
}

function destroyDraft(path: string): void {
  overwrite(openSync(path, 'r+'));
  unlinkSync(path);
}

function writeDraft(path: string, content: string): string {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, content);
  flush(file);
  return draft;
}

function overwrite(file: number): void {
  writeSync(file, Buffer.alloc(fstatSync(file).size), 0, undefined, 0);
  flush(file);
}

function flush(file: number): void {
  fsyncSync(file);
  closeSync(file);
}
