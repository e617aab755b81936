import type { Instant, StreamName } from '#decider';
import { OutcomeUnknown, type EventStore, type Sealer, type StoredEvent } from '#event-store';
import { later, type Clock } from '#time';
import {
  encodeEntry,
  extendLog,
  integrate,
  keysEntry,
  labelOf,
  lossEntry,
  nextMapEntry,
  type Label,
  type LabelHead,
  type Loss,
  type Signer,
} from '#transparency';
import { deferralMark } from './deferral-mark.js';
import { erasedBy } from './erased.js';
import { batchEvent, LOG, LogDamaged, readBatch, type Batch } from './batch.js';
import type { LogStore } from './log-store.js';

/** Far below the 1 MiB of one append, and a short pause for requests that wait meanwhile. */
const PAGE = 500;
const BATCHES_READ = 16;
/** Buckets of a map, which take some thirty megabytes to hash: more at once come where a ledger is logged that had no log. */
const MOST_CHANGED = 8_192;

/** How far a log that is made anew has come: batches read, of how many. */
export type CatchUpProgress = (revision: number, end: number) => void;

/**
 * Writes the ledger into the stream `log`, in order, and reads it back into the projection. The stream's expected
 * revision lets one of several integrators win; who lost reads what the other wrote and goes on from there. A
 * process may die at any point: what stands in the stream is the log, the projection follows.
 */
export class Integrator {
  /** Events up to here were seen; what is not yet in the log among them is the log's own. */
  private scanned = 0;

  constructor(
    private readonly store: EventStore,
    readonly log: LogStore,
    private readonly clock: Clock,
    /** Needed where the ledger holds deferrals: when each must be looked at again is sealed. */
    private readonly sealer?: Pick<Sealer, 'cipherOf'>,
    private readonly mostChanged = MOST_CHANGED,
  ) {}

  /** Every event of the ledger up to here is in the log, or is the log's own. */
  get position(): number {
    return Math.max(this.scanned, this.log.source.upTo);
  }

  /** Reads what stands in the stream, by whomever, and trusts none of it. @throws LogDamaged */
  async catchUp(progress: CatchUpProgress = () => {}): Promise<void> {
    const isNew = this.log.source.revision < 0;
    for (;;) {
      const batches = await this.store.read(LOG, this.log.source.revision + 1, BATCHES_READ);
      for (const event of batches) this.apply(event);
      if (batches.length < BATCHES_READ) break;
      progress(this.log.source.revision, (await this.store.head(LOG))?.revision ?? 0);
    }
    // Batches may tell the positions of another engine, from which the ledger was moved: look at all events once.
    if (isNew) this.log.forgetPosition();
  }

  /** Logs every event that the ledger holds when this starts. @throws LogDamaged, and what the store throws */
  async integrate(): Promise<void> {
    await this.catchUp();
    const end = await this.store.end();
    this.scanned = this.position;
    while (this.scanned < end) {
      const page = await this.store.readAll(this.scanned, PAGE);
      const last = page.at(-1)?.position;
      if (last === undefined || (await this.logged(page, last))) this.scanned = last ?? end;
      if (this.log.changedBuckets > this.mostChanged) await this.closeMap();
    }
  }

  /** Appends the map entry that closes a checkpoint over everything logged. False: another integrator did. */
  async closeMap(): Promise<boolean> {
    const map = encodeEntry(nextMapEntry(this.log, this.mapTime()));
    return this.append({ entries: [map], upTo: this.log.source.upTo });
  }

  /** Logs that the next key takes the place of the one in use, both signing. False: another integrator was faster. */
  async changeKeys(inUse: Signer, next: Signer): Promise<boolean> {
    const { lastMap, range, source } = this.log;
    if (!lastMap) return false;
    const entry = encodeEntry(keysEntry(inUse, next, range.size));
    return this.append({ entries: [entry], upTo: source.upTo });
  }

  /**
   * Logs that the end of the log was lost, and closes a map over it, in one batch, so that no checkpoint lacks one of
   * the two. False: another integrator was faster.
   */
  async declareLoss(signer: Signer, loss: Omit<Loss, 'size' | 'prev'>): Promise<boolean> {
    if (!this.log.lastMap && !(await this.closeMap())) return false;
    const { losses, range, source } = this.log;
    const { size } = range;
    const prev = losses.length > 0 && { prev: losses.at(-1)!.size };
    const map = { ...nextMapEntry(this.log, this.mapTime()), size: size + 1, loss: size };
    const entries = [lossEntry(signer, { ...loss, size, ...prev }), map].map(encodeEntry);
    return this.append({ entries, upTo: source.upTo });
  }

  /** Never before the last one, whatever became of the clock. */
  private mapTime(): Instant {
    const now = this.clock.now();
    return this.log.lastMap ? later(now, this.log.lastMap.at) : now;
  }

  /** True when every event of the page is in the log; false when another integrator was faster. */
  private async logged(page: readonly StoredEvent[], upTo: number): Promise<boolean> {
    const events = page.filter(({ stream, revision }) => stream !== LOG && revision >= this.count(stream));
    if (events.length === 0) return true;
    if (!this.log.lastMap && !(await this.closeMap())) return false;
    const marked = events.map(async (event) => ({
      ...event,
      stored: event.body,
      ...erasedBy(event),
      ...(await deferralMark(event, this.sealer)),
    }));
    const result = integrate(await Promise.all(marked), (label: Label): LabelHead | undefined =>
      this.log.head(label),
    );
    if (!result.ok) throw new LogDamaged(`The ledger cannot be logged: ${result.reason}.`);
    return this.append({ entries: result.value.entries, upTo });
  }

  private count(stream: StreamName): number {
    return this.log.head(labelOf(stream))?.count ?? 0;
  }

  /** Whatever became of the append, the projection shows what stands in the stream. */
  private async append(batch: Batch): Promise<boolean> {
    const { revision } = this.log.source;
    const event = batchEvent(batch, revision + 1, this.clock.now());
    const won = await this.store.append(LOG, [event], revision).then(
      ({ kind }) => kind === 'appended',
      async (error: unknown) => {
        await this.catchUp();
        // Another node's batch of the same entries has the same id, and was recorded at another moment.
        if (error instanceof OutcomeUnknown || this.log.source.revision > revision) return false;
        throw error;
      },
    );
    await this.catchUp();
    return won;
  }

  private apply(event: StoredEvent): void {
    const { entries, upTo } = readBatch(event);
    const changes = extendLog(this.log, entries);
    if (!changes.ok) throw new LogDamaged(`The log does not continue: ${changes.reason}.`);
    this.log.commit(changes.value, entries, { revision: event.revision, batch: event.id, upTo });
  }
}
