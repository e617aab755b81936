/** What a client proposes to store. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export interface LogRecord extends Proposed {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
}

export type Expected = number | 'no_stream' | 'any' | 'stream_exists';

export type Verdict =
  /** `position` is undefined for an append of nothing. */
  | { readonly kind: 'stored'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong'; readonly actual: number }
  | { readonly kind: 'deleted' };

const TOMBSTONE = '$streamDeleted';

/**
 * The log of the stand-in: what a real server 23.10 was seen to do with appends, tombstones, scavenges and
 * restores, in memory. Nodes of one cluster share it.
 */
export class ServerLog {
  private kept: LogRecord[] = [];
  private readonly given = new Set<number>();
  private readonly listeners = new Set<(record: LogRecord) => void>();
  private next = 729;

  constructor() {
    // A server writes events of its own before anybody else does.
    this.store('$$$scavenges', [event('$metadata', '{"$maxAge":2592000}')], -1);
  }

  get records(): readonly LogRecord[] {
    return this.kept;
  }

  of(stream: string): readonly LogRecord[] {
    return this.kept.filter((record) => record.stream === stream && record.type !== TOMBSTONE);
  }

  isDeleted(stream: string): boolean {
    return this.kept.some((record) => record.stream === stream && record.type === TOMBSTONE);
  }

  /** Whether there is, or was before a scavenge, an event at this position. */
  knows(position: number): boolean {
    return this.given.has(position);
  }

  listen(listener: (record: LogRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Live subscriptions stay open and hear nothing any more. */
  mute(): void {
    this.listeners.clear();
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Verdict {
    if (this.isDeleted(stream)) return { kind: 'deleted' };
    const actual = this.of(stream).at(-1)?.revision ?? -1;
    const wanted = expected === 'no_stream' ? -1 : expected;
    if (wanted === 'stream_exists' && actual < 0) return { kind: 'wrong', actual };
    if (typeof wanted === 'number' && wanted !== actual)
      return this.before(stream, wanted, events) ?? { kind: 'wrong', actual };
    if (events.length === 0) return { kind: 'stored', revision: Math.max(actual, 0), position: this.next };
    return this.store(stream, events, actual);
  }

  tombstone(stream: string): number {
    return this.store(stream, [event(TOMBSTONE, '')], Number.MAX_SAFE_INTEGER - 1).position!;
  }

  /** Removes for good what tombstoned streams held; their tombstones stay. */
  scavenge(): void {
    this.kept = this.kept.filter(({ stream, type }) => type === TOMBSTONE || !this.isDeleted(stream));
  }

  /** As it was when it ended at this position: a backup was restored. */
  restoreTo(position: number): void {
    this.kept = this.kept.filter((record) => record.position <= position);
    for (const given of this.given) if (given > position) this.given.delete(given);
    this.next = position + 100;
  }

  /** The same ids at the same revisions: answered as the first time, whatever the bytes are. */
  private before(stream: string, expected: number, events: readonly Proposed[]): Verdict | undefined {
    const stored = this.of(stream).filter(({ revision }) => revision > expected);
    if (events.length === 0 || !events.every(({ id }, i) => stored[i]?.id === id)) return undefined;
    const { revision, position } = stored[events.length - 1]!;
    return { kind: 'stored', revision, position };
  }

  private store(stream: string, events: readonly Proposed[], last: number) {
    const records = events.map((proposed, i): LogRecord => {
      const position = this.next;
      this.next += 133 + proposed.data.length + proposed.metadata.length;
      return { ...proposed, stream, revision: last + 1 + i, position };
    });
    for (const record of records) {
      this.kept.push(record);
      this.given.add(record.position);
    }
    for (const record of records) for (const listener of this.listeners) listener(record);
    const { revision, position } = records.at(-1)!;
    return { kind: 'stored', revision, position } as const;
  }
}

function event(type: string, json: string): Proposed {
  const id = `00000000-0000-4000-8000-${String(type.length).padStart(12, '0')}`;
  return { id, type, contentType: 'application/json', data: Buffer.from(json), metadata: Buffer.alloc(0) };
}
