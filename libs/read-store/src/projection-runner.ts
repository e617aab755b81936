import { streamKind, type DomainEvent, type Recorded } from '#decider';
import type { Ledger } from '#event-store';
import type { Sealing } from '#sealing';
import { setTimeout as sleep } from 'node:timers/promises';
import { Reached } from './reached.js';
import type { ReadStore, ResolvedChange, ResolvedRow } from './read-store.js';
import type { Cell, Change, Forgetting, Row, Table } from './table.js';

/** Reads the rows as they were before the batch. */
export type Rows = ReadStore['all'];

/** Turns events, in ledger order, into row changes. Asked again for the same events, it answers the same. */
export interface Projector {
  readonly tables: readonly Table[];
  /** Kinds of streams that it reads; events of others pass by unopened, the log's large batches among them. */
  readonly kinds: ReadonlySet<string>;
  /** @param rows of the store that the changes of all events before these are applied to */
  project(events: readonly Recorded<DomainEvent>[], rows: Rows): Promise<readonly (Change | Forgetting)[]>;
}

const RETRY_MS = 500;
/** Applied in one go while requests wait; larger ones are hardly faster. */
const BATCH = 250;

/** Reads the ledger in order, applies what it means, and lets others wait for a position. */
export class ProjectionRunner {
  private readonly stop = new AbortController();
  private readonly applied: Reached;
  private done: Promise<void> | undefined;
  /** The last fault, while the runner retries; undefined when all is well. */
  fault: Error | undefined;

  constructor(
    private readonly ledger: Ledger,
    private readonly sealing: Sealing,
    readonly store: ReadStore,
    private readonly projector: Projector,
    /** Called after every batch, and when there is a fault. */
    private readonly changed: (runner: ProjectionRunner) => void = () => {},
  ) {
    this.applied = new Reached(store.checkpoint);
  }

  get position(): number {
    return this.applied.position;
  }

  start(): void {
    this.done = this.run();
  }

  /** Applies everything up to the ledger's present end, then returns: for rebuilds. */
  async catchUp(progress: (position: number, end: number) => void = () => {}): Promise<void> {
    for (;;) {
      const end = await this.ledger.store.end();
      const events = await this.ledger.store.readAll(this.position, BATCH);
      if (events.length === 0) return;
      await this.applyBatch(events);
      progress(this.position, end);
    }
  }

  /** Ends the building of a new file. @see ReadStore.complete */
  complete(): void {
    this.store.createIndexes(this.projector.tables);
    this.store.complete();
  }

  /** @see Reached.waitFor */
  waitFor(position: number, timeoutMs: number): Promise<boolean> {
    return this.applied.waitFor(position, timeoutMs);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.done;
    this.applied.end();
  }

  /** A subscription that ends or fails is taken up again from the checkpoint: nothing is skipped. */
  private async run(): Promise<void> {
    const { signal } = this.stop;
    while (!signal.aborted) {
      try {
        for await (const { events } of this.ledger.store.subscribe(this.position, signal)) {
          if (events.length > 0) await this.applyBatch(events);
          this.fault = undefined;
          this.changed(this);
          if (signal.aborted) return;
        }
      } catch (error) {
        this.fault = error instanceof Error ? error : new Error(String(error));
        this.changed(this);
        await sleep(RETRY_MS, undefined, { signal }).catch(() => {});
      }
    }
  }

  private async applyBatch(batch: Parameters<Ledger['codec']['openWhatRemains']>[0]): Promise<void> {
    const read = batch.filter(({ stream }) => this.projector.kinds.has(streamKind(stream)));
    const opened = await this.ledger.codec.openWhatRemains(read);
    const changes = await this.projector.project(
      opened.filter((event) => event !== undefined),
      (...query) => this.store.all(...query),
    );
    const resolved = await Promise.all(changes.map((change) => this.resolve(change)));
    const position = batch.at(-1)!.position;
    this.store.apply(resolved, position);
    this.applied.advance(position);
  }

  private async resolve(change: Change | Forgetting): Promise<ResolvedChange | Forgetting> {
    if ('forget' in change) return change;
    const { rows } = change;
    if (rows.every(isResolved)) return { ...change, rows };
    return { ...change, rows: await Promise.all(rows.map((row) => this.resolveRow(change.table, row))) };
  }

  private async resolveRow(table: Table, row: Row): Promise<ResolvedRow> {
    const cells: Record<string, string | number | null | Uint8Array> = {};
    for (const [column, cell] of Object.entries(row))
      cells[column] = isPlain(cell)
        ? cell
        : 'blind' in cell
          ? (await this.sealing.hmac('blind-index', cell.blind)).toString('base64url')
          : await this.sealing.sealText(cell.owner, `${table.name}.${column}`, cell.text);
    return cells;
  }
}

/** Most tables hold nothing that is sealed or blind. */
function isResolved(row: Row): row is Readonly<Record<string, string | number | null>> {
  return Object.values(row).every(isPlain);
}

function isPlain(cell: Cell): cell is string | number | null {
  return cell === null || typeof cell !== 'object';
}
