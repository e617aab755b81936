import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { base64, parseBase64, type Checkpoint, type Hash } from '#transparency';

/** The last checkpoint that a witness cosigned for each log. */
export interface WitnessState {
  known(origin: string): { readonly size: number; readonly root: Hash } | undefined;
  /** On disk when it returns. */
  remember(checkpoint: Checkpoint): void;
}

type Saved = Record<string, { readonly size: number; readonly root: string }>;

/** A small file, replaced as a whole: a crash leaves the old one or the new one. */
export class FileState implements WitnessState {
  private saved: Saved;

  /** @throws when the file is there and cannot be read: forgetting would let a log roll back */
  constructor(private readonly path: string) {
    this.saved = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Saved) : {};
  }

  known(origin: string): { readonly size: number; readonly root: Hash } | undefined {
    const saved = Object.hasOwn(this.saved, origin) ? this.saved[origin] : undefined;
    return saved && { size: saved.size, root: parseBase64(saved.root)! };
  }

  remember({ origin, size, root }: Checkpoint): void {
    const next = { ...this.saved, [origin]: { size, root: base64(root) } };
    const file = openSync(`${this.path}.new`, 'w', 0o600);
    writeSync(file, JSON.stringify(next));
    fsyncSync(file);
    closeSync(file);
    renameSync(`${this.path}.new`, this.path);
    const folder = openSync(dirname(this.path), 'r');
    fsyncSync(folder);
    closeSync(folder);
    this.saved = next;
  }
}
