import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { csvRows } from './csv.js';
import type { References } from './references.js';
import { csvLine } from './table.js';
import { textsOf } from './texts.js';

const TITLES = ['line', 'type', 'ref', 'id'];

/** A file that is there as soon as something stands in it, for its owner's eyes. One of an earlier import goes. */
export class ResultFile {
  private file: number | undefined;

  /** @param head what it begins with */
  constructor(
    readonly path: string,
    public head = '',
  ) {
    rmSync(path, { force: true });
  }

  write(text: string): void {
    if (this.file === undefined) {
      this.file = openSync(this.path, 'w', 0o600);
      writeSync(this.file, this.head);
    }
    writeSync(this.file, text);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
  }
}

/** Which id the ledger gave to what a line names: for the software of those who import, and for their next file. */
export class IdsFile extends ResultFile {
  constructor(path: string) {
    super(path, `\ufeff${csvLine(TITLES)}`);
  }

  add(line: number, type: string, ref: string, id: string): void {
    this.write(csvLine([line, type, ref, id]));
  }
}

/** The references of an earlier import. */
export async function readIds(path: string, references: References): Promise<void> {
  for await (const { number, cells } of csvRows(textsOf(path)))
    if (number > 1 && cells[3]) references.made(cells[2]!.replace(/^'/, ''), cells[3]);
}
