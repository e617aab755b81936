import { disclose, type LedgerRow, type Sealer, type StoredEvent, type StreamCipher } from '#event-store';
import {
  commitmentOf,
  extendLog,
  labelOf,
  parseEntry,
  sameBytes,
  sha256,
  type EventEntry,
  type Label,
} from '#transparency';
import { LOG, readBatch } from '../batch.js';
import type { LogStore } from '../log-store.js';
import { CLEAR, Replayed } from './replayed.js';

/** What an auditor found wrong, in one sentence, with where. */
export interface Finding {
  /** Of the row in the ledger; left out where a row is missing. */
  readonly position?: number;
  readonly sentence: string;
}

export interface Audit {
  readonly findings: readonly Finding[];
  /** Events compared with the log. */
  readonly compared: number;
  /** Of these, whose columns and contents nobody could compare: their key was destroyed, or is not at hand. */
  readonly sealed: number;
  /** Events that came after the log's last batch. */
  readonly notYetLogged: number;
  /** Events that are gone because the key store lists their stream as erased; the log does not name it yet. */
  readonly erasing: number;
}

/**
 * Replays the stream `log` into `log`, an empty projection, and compares every other row with it: place, commitment,
 * stored bytes, and, where the sealer has the key, columns and contents. Trusts nothing of the rows. `rows` is asked
 * for twice. `erased`: labels of streams that the key store lists as erased. A damaged row never hides another.
 */
export async function auditLedger(
  rows: () => Iterable<LedgerRow>,
  log: LogStore,
  sealer: Sealer,
  erased: ReadonlySet<Label> = new Set(),
): Promise<Audit> {
  const findings: Finding[] = [];
  const replayed = replay(rows(), log, findings);
  const comparison = new Comparison(log, replayed, sealer, findings);
  for (const row of rows())
    if ('unreadable' in row) findings.push({ position: row.position, sentence: 'The row cannot be read.' });
    else if (row.stream !== LOG) await comparison.compare(row);
  comparison.reportMissing(rows, erased);
  const { compared, sealed, notYetLogged, erasing } = comparison;
  return { findings, compared, sealed, notYetLogged, erasing };
}

/** Reads the log's own rows as far as they can be read; what is behind a broken batch cannot be judged. */
function replay(rows: Iterable<LedgerRow>, log: LogStore, findings: Finding[]): Replayed {
  const replayed = new Replayed();
  let broken = false;
  for (const row of rows) {
    if (broken || 'unreadable' in row || row.stream !== LOG) continue;
    const problem = readOwn(row, log, replayed);
    if (problem === undefined) continue;
    findings.push({
      position: row.position,
      sentence: `The log breaks at its batch ${row.revision}: ${problem}`,
    });
    broken = true;
  }
  return replayed;
}

function readOwn(row: StoredEvent, log: LogStore, replayed: Replayed): string | undefined {
  if (row.revision !== log.source.revision + 1) return `batch ${log.source.revision + 1} was due.`;
  try {
    const { entries, upTo } = readBatch(row);
    if (!isCommitted(row, CLEAR, row.commitment)) return 'its columns are not those it commits to.';
    const changes = extendLog(log, entries);
    if (!changes.ok) return `${changes.reason}.`;
    replayed.add(log.range.size, row.position);
    log.commit(changes.value, entries, { revision: row.revision, upTo });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function isCommitted(row: StoredEvent, cipher: StreamCipher, commitment: Uint8Array): boolean {
  const { opening, payload } = disclose(row, cipher);
  return sameBytes(commitmentOf(opening, { ...row, n: row.revision, payload }), commitment);
}

type Place = Pick<StoredEvent, 'position' | 'stream' | 'revision'>;

/** Holds each row against its entry, in the order of the ledger. */
class Comparison {
  compared = 0;
  sealed = 0;
  erasing = 0;
  private last = -1;
  /** Rows without an entry, behind which no row with one stands so far. */
  private unlogged: Place[] = [];
  private readonly seen: Uint8Array;

  constructor(
    private readonly log: LogStore,
    private readonly replayed: Replayed,
    private readonly sealer: Sealer,
    private readonly findings: Finding[],
  ) {
    this.seen = new Uint8Array(log.range.size);
  }

  /** Events that came after all that is logged. */
  get notYetLogged(): number {
    return this.unlogged.length;
  }

  async compare(row: StoredEvent): Promise<void> {
    const label = labelOf(row.stream);
    const index = this.log.indexOf(label, row.revision);
    if (index === undefined) {
      const { position, stream, revision } = row;
      this.unlogged.push({ position, stream, revision });
      return;
    }
    this.compared++;
    this.reportUnlogged();
    const problem = this.placeProblem(row, index) ?? (await this.contentProblem(row, this.entryAt(index)));
    this.seen[index] = 1;
    if (problem !== undefined) this.report(row, problem);
    this.last = Math.max(this.last, index);
  }

  /** Events of the log that no row stands for; the rows of an erased stream are gone for good. */
  reportMissing(rows: () => Iterable<LedgerRow>, erased: ReadonlySet<Label>): void {
    const named = new Set(this.log.erased());
    const gone = [...this.seen.entries()]
      .filter(([, seen]) => seen === 0)
      .map(([index]) => this.parsed(index))
      .filter((entry) => entry?.kind === 'event' && !named.has(entry.label)) as EventEntry[];
    const missing = gone.filter(({ label }) => !erased.has(label));
    this.erasing = gone.length - missing.length;
    if (missing.length === 0) return;
    const names = new Map<Label, string>();
    for (const row of rows()) if ('stream' in row) names.set(labelOf(row.stream), row.stream);
    for (const { label, n } of missing) {
      const name = names.get(label) ?? `the stream of label ${label}`;
      this.findings.push({ sentence: `Event ${n} of ${name} was logged and is missing.` });
    }
  }

  /** The log goes by the order of the ledger: whatever stands before a logged row was to be logged before it. */
  private reportUnlogged(): void {
    for (const row of this.unlogged) this.report(row, 'it is not in the log');
    this.unlogged = [];
  }

  private placeProblem(row: StoredEvent, index: number): string | undefined {
    if (this.seen[index] === 1) return 'it stands there twice';
    if (index < this.last) return 'it stands after an event that was logged later';
    if (row.position > this.replayed.loggedAt(index)) return 'it stands behind the entry that logs it';
    return undefined;
  }

  private async contentProblem(row: StoredEvent, entry: EventEntry): Promise<string | undefined> {
    if (!sameBytes(sha256(row.body), entry.stored)) return 'its stored bytes are not those that were logged';
    if (!sameBytes(row.commitment, entry.commitment)) return 'its commitment is not the one that was logged';
    try {
      const cipher = await this.sealer.cipherOf(row.stream);
      if (!cipher) {
        this.sealed++;
        return undefined;
      }
      return isCommitted(row, cipher, entry.commitment)
        ? undefined
        : 'its columns or its contents are not those that were logged';
    } catch {
      return 'it does not open under its key';
    }
  }

  private report({ position, stream, revision }: Place, problem: string): void {
    this.findings.push({ position, sentence: `Event ${revision} of ${stream}: ${problem}.` });
  }

  private entryAt(index: number): EventEntry {
    return this.parsed(index) as EventEntry;
  }

  private parsed(index: number) {
    const entry = parseEntry(this.log.entry(index));
    return entry.ok ? entry.value : undefined;
  }
}
