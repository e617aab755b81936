import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asId, streamName, type Instant, type StreamName } from '#decider';
import { enclose, newEventId, openDatabase, SqliteEventStore, type StreamCipher } from '#event-store';
import { instantOf, type Clock } from '#time';
import { ED25519, ERASURES_STREAM, sha256, signerOf, type Label } from '#transparency';
import { Integrator } from './integrator.js';
import { LogStore } from './log-store.js';

export const CLEAR: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };
export const signer = signerOf('ledger.example/log', ED25519, sha256(Buffer.from('a log of tests')));

/** A clock that stands until it is set. */
export class TestClock implements Clock {
  constructor(public ms = Date.parse('2026-03-02T10:00:00.000Z')) {}
  now(): Instant {
    return instantOf(this.ms);
  }
}

/** For tests: a ledger in a folder of its own, with as many projections of its log as a test asks for. */
export class LogBox {
  readonly folder = mkdtempSync(join(tmpdir(), 'sillage-log-'));
  readonly clock = new TestClock();
  readonly ledger = join(this.folder, 'ledger.db');
  store = SqliteEventStore.open(this.ledger);
  private readonly logs: LogStore[] = [];

  /** Records an event in a clear stream, whose payload tells its place. */
  async record(name: string, payload: unknown = { said: name }): Promise<void> {
    await this.append(streamName('institution', name), 'InstitutionRevised', payload);
  }

  /** Names the label as erased. */
  async erased(label: Label): Promise<void> {
    await this.append(streamName(ERASURES_STREAM), 'ErasureCompleted', { label });
  }

  async append(stream: StreamName, type: string, payload: unknown): Promise<void> {
    const revision = ((await this.store.head(stream))?.revision ?? -1) + 1;
    const clear = {
      id: newEventId(this.clock.ms),
      stream,
      revision,
      type,
      schema: 1,
      recordedAt: this.clock.now(),
      effectiveAt: this.clock.now(),
      actor: { kind: 'client', id: 'test' },
      commandId: asId<'Command'>('00000000-0000-8000-8000-000000000001'),
      correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000002'),
      causationId: null,
    } as const;
    await this.store.append(stream, [enclose(clear, payload, CLEAR)], revision - 1);
  }

  path(name = 'log.db'): string {
    return join(this.folder, name);
  }

  open(name?: string): LogStore {
    const log = LogStore.open(this.path(name));
    this.logs.push(log);
    return log;
  }

  integrator(name?: string): Integrator {
    return new Integrator(this.store, this.open(name), this.clock);
  }

  /** Changes the ledger behind the store's back. */
  async edit(sql: string, ...values: (string | number | Uint8Array)[]): Promise<void> {
    await this.store.close();
    const db = openDatabase(this.ledger);
    db.prepare(sql).run(...values);
    db.close();
    this.store = SqliteEventStore.open(this.ledger);
  }

  async remove(): Promise<void> {
    for (const log of this.logs) log.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Everything the projection says but how it was read, as lines. */
export function dumpOf(path: string): readonly string[] {
  const db = openDatabase(path, { readOnly: true });
  const tables = ['entry', 'node', 'label', 'label_entry', 'map_node', 'map_entry', 'deferral', 'erased'];
  const lines = tables.flatMap((table) => {
    const rows = db.prepare(`SELECT * FROM ${table}`).all() as Record<string, unknown>[];
    const cell = (value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
    return rows.map((row) => `${table} ${Object.values(row).map(cell).join(' ')}`).sort();
  });
  db.close();
  return lines;
}
