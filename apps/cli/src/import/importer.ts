import { createHash } from 'node:crypto';
import { parseId, uuid8 } from '#decider';
import { Turns } from '#event-store';
import { canonicalText } from '#transparency';
import { KINDS } from './kinds.js';
import { fault, type Body, type Fault, type Line, type Read } from './line.js';
import type { References } from './references.js';
import { withIds } from './resolve.js';
import { NotTold, type Told } from './telling.js';

/** Lines that are read and not settled: so many requests at a time at most, and no more in memory. */
export const WINDOW = 64;

export interface ImporterParts {
  readonly references: References;
  /** Sends a request, or looks at what it would be. */
  readonly tell: (line: Line, path: string, body: Body, key: string) => Promise<Told>;
  /** What a line with a reference made. */
  readonly made: (number: number, line: Line, id: string) => void;
  readonly failed: (text: string) => void;
  readonly progress: (lines: number) => void;
}

export interface Summary {
  lines: number;
  recorded: number;
  /** Recorded by an earlier import. */
  known: number;
  failed: number;
}

/** Imports line by line, those about different persons side by side. */
export class Importer {
  readonly summary: Summary = { lines: 0, recorded: 0, known: 0, failed: 0 };
  private readonly turns = new Turns<string>();
  /** Lines whose reference has no id yet. */
  private readonly pending = new Map<string, Promise<void>>();
  private readonly halt = new AbortController();
  private unsettled = 0;
  private settled = () => {};
  private fatal: unknown;

  constructor(private readonly parts: ImporterParts) {}

  /** Ends when all are settled, or those under way after a stop. @throws what made it impossible to go on */
  async run(reads: AsyncIterable<Read>, stop: AbortSignal): Promise<void> {
    const ended = AbortSignal.any([stop, this.halt.signal]);
    try {
      for await (const read of reads) {
        if (ended.aborted) break;
        this.begin(read);
        await this.untilFewer(WINDOW);
      }
    } finally {
      await this.untilFewer(1);
    }
    if (this.fatal !== undefined) throw this.fatal as Error;
  }

  private async untilFewer(than: number): Promise<void> {
    while (this.unsettled >= than) await new Promise<void>((settled) => (this.settled = settled));
  }

  private begin(read: Read): void {
    this.unsettled++;
    const { ref } = lineIn(read) ?? {};
    const taken = ref === undefined ? undefined : this.parts.references.take(ref, read.number);
    const task = this.turns.run(turnOf(read), () =>
      this.settle(read, taken === undefined ? [] : [standsAlready(taken)]),
    );
    const done = task
      .catch((error: unknown) => this.giveUp(error))
      .finally(() => {
        if (taken === undefined && ref !== undefined) this.pending.delete(ref);
        this.unsettled--;
        this.settled();
      });
    if (taken === undefined && ref !== undefined) this.pending.set(ref, done);
  }

  private giveUp(error: unknown): void {
    if (!(error instanceof NotTold)) this.fatal ??= error;
    this.halt.abort();
  }

  private async settle(read: Read, before: readonly Fault[]): Promise<void> {
    const line = lineIn(read);
    const faults = line && before.length === 0 ? await this.imported(read.number, line) : before;
    const all = 'faults' in read.said ? read.said.faults : faults;
    this.summary.lines++;
    if (all.length > 0) {
      this.summary.failed++;
      this.parts.failed(read.mended(all));
    }
    this.parts.progress(this.summary.lines);
  }

  private async imported(number: number, line: Line): Promise<readonly Fault[]> {
    const { person, body, faults } = await this.resolved(number, line);
    if (faults.length > 0) return faults;
    const { at } = KINDS[line.kind];
    const path = at === undefined ? '/v1/persons' : `/v1/persons/${person}/${at}`;
    const told = await this.parts.tell(line, path, body, keyOf(line, path, body));
    if (told.kind === 'refused') return told.faults;
    if (told.repeated) this.summary.known++;
    else this.summary.recorded++;
    if (line.ref !== undefined) {
      const id = told.answer[KINDS[line.kind].made] as string;
      this.parts.references.made(line.ref, id);
      this.parts.made(number, line, id);
    }
    return [];
  }

  /** Only earlier lines are waited for, so that no two wait for each other. */
  private async resolved(number: number, line: Line) {
    const faults: Fault[] = [];
    const { references } = this.parts;
    const find = async (written: string, field: string) => {
      if (parseId(written)) return written;
      const stands = references.find(written)?.line;
      const isEarlier = stands !== undefined && stands < number;
      if (isEarlier) await this.pending.get(written);
      const id = isEarlier ? references.find(written)!.id : null;
      if (id === null) faults.push(unresolved(field, written, isEarlier ? stands : undefined));
      return id ?? written;
    };
    const person = line.person === undefined ? undefined : await find(line.person, 'person');
    const body = await withIds(KINDS[line.kind].request, line.body, find);
    return { person, body, faults };
  }
}

function lineIn({ said }: Read): Line | undefined {
  return 'faults' in said ? undefined : said;
}

/** Lines about one person come one after the other, in the order of the file. */
function turnOf(read: Read): string {
  const line = lineIn(read);
  return line?.person ?? line?.ref ?? `line ${read.number}`;
}

/**
 * By which the ledger knows a line again. What has a reference is told once under it, so that another person is not
 * made of one whose name was mended; anything else is what it says.
 */
function keyOf({ kind, ref }: Line, path: string, body: Body): string {
  const said = ref === undefined ? [path, body] : [kind, ref];
  return `import-${createHash('sha256').update(canonicalText(said), 'utf8').digest('base64url')}`;
}

/** In a dry run: an id as the ledger would give one. */
export function idFor(ref: string): string {
  return uuid8(createHash('sha256').update(ref, 'utf8').digest());
}

function standsAlready(line: number): Fault {
  return fault('ref', `It stands on line ${line} already.`, 'Give each line a ref of its own, or none.');
}

function unresolved(field: string, ref: string, line: number | undefined): Fault {
  if (line === undefined)
    return fault(
      field,
      `“${ref}” is no id, and no earlier line has it as its ref.`,
      'Put the line that it names before this one.',
    );
  return fault(field, `Line ${line}, which it names, was not imported.`, 'Mend that line first.');
}
