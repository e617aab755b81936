import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  MAX_APPEND_BYTES,
  NO_STREAM,
  openDatabase,
  SqliteEventStore,
  StorageFailed,
  StoreBusy,
  type Database,
} from '#event-store';
import { eventStoreContract } from './event-store.contract.js';
import { idsOf, newStream, readAllAfter, sample, samples, take, writeOneByOne } from './samples.js';

let folder: string;
let path: string;

function makeFolder(): void {
  folder = mkdtempSync(join(tmpdir(), 'sillage-store-'));
  path = join(folder, 'ledger.db');
}

eventStoreContract('sqlite', async () => {
  makeFolder();
  const store = SqliteEventStore.open(path);
  return {
    store,
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});

describe('the embedded store', () => {
  let store: SqliteEventStore;
  beforeEach(() => {
    makeFolder();
    store = SqliteEventStore.open(path);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  async function reopen(): Promise<void> {
    await store.close();
    store = SqliteEventStore.open(path);
  }

  async function fill(count: number) {
    const stream = newStream();
    const events = samples(stream, 0, count);
    await store.append(stream, events, NO_STREAM);
    return { stream, events };
  }

  function eraseAfter(position: number): void {
    const db = openDatabase(path);
    db.prepare('DELETE FROM event WHERE position > ?').run(position);
    expect(db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
    db.close();
  }

  it('gives out positions from 1 without a gap, conflicts and failures notwithstanding', async () => {
    const streams = Array.from({ length: 10 }, () => newStream());
    await Promise.all(
      streams.flatMap((stream) => [
        store.append(stream, samples(stream, 0, 3), NO_STREAM),
        store.append(stream, samples(stream, 0, 2), NO_STREAM),
      ]),
    );
    const positions = (await readAllAfter(store, 0)).map((event) => event.position);
    expect(positions).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  });

  it('leaves others a turn between two pages', async () => {
    const { stream } = await fill(200);
    for (const read of [() => store.readAll(0, 100), () => store.read(stream, 0, 100)]) {
      let turns = 0;
      setImmediate(() => turns++);
      await read();
      expect(turns).toBe(1);
    }
  });

  it('tells a stream that it has forgotten from a new one, and fails none of those it commits with', async () => {
    const { stream } = await fill(2);
    await reopen();
    const others = [newStream(), newStream()] as const;
    const results = await Promise.all(
      [others[0], stream, others[1]].map((each) => store.append(each, samples(each, 0, 2), NO_STREAM)),
    );
    expect(results).toEqual([
      { kind: 'appended', revision: 1, position: 4 },
      { kind: 'conflict', actual: 1 },
      { kind: 'appended', revision: 1, position: 6 },
    ]);
    await reopen();
    expect(await store.end()).toBe(6);
    expect((await readAllAfter(store, 0)).map((event) => event.position)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('keeps everything when it is closed and opened again', async () => {
    const { stream, events } = await fill(4);
    const before = await readAllAfter(store, 0);
    store.setMeta('ledger', 'L1');
    await reopen();
    expect(await readAllAfter(store, 0)).toEqual(before);
    expect(store.meta('ledger')).toBe('L1');
    expect(await store.append(stream, events, NO_STREAM)).toMatchObject({ kind: 'appended', revision: 3 });
    expect(await store.append(stream, samples(stream, 4, 1), 3)).toMatchObject({ revision: 4, position: 5 });
  });

  it('is one file when it is closed: a copy of that is the whole ledger', async () => {
    const { events } = await fill(3);
    await store.close();
    copyFileSync(path, join(folder, 'copy.db'));
    store = SqliteEventStore.open(join(folder, 'copy.db'));
    expect(idsOf(await readAllAfter(store, 0))).toEqual(idsOf(events));
  });

  it('stores nothing of a group in which an event cannot be written, and goes on', async () => {
    const [good, bad] = [newStream(), newStream()];
    const unwritable = sample(bad, 0, { body: { length: 1 } as unknown as Uint8Array });
    const results = await Promise.allSettled([
      store.append(good, samples(good, 0, 2), NO_STREAM),
      store.append(bad, [unwritable], NO_STREAM),
    ]);
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(await store.end()).toBe(0);
    expect(await store.append(good, samples(good, 0, 2), NO_STREAM)).toMatchObject({ position: 2 });
  });

  it('says that it is busy when 10,000 appends wait, and stores those that wait', async () => {
    const waiting = Array.from({ length: 10_000 }, () => {
      const stream = newStream();
      return store.append(stream, samples(stream, 0, 1), NO_STREAM);
    });
    const stream = newStream();
    await expect(store.append(stream, samples(stream, 0, 1), NO_STREAM)).rejects.toBeInstanceOf(StoreBusy);
    await Promise.all(waiting);
    expect(await store.end()).toBe(10_000);
    expect(await store.head(stream)).toBeUndefined();
  });

  it('finishes what waits when it is closed', async () => {
    const streams = Array.from({ length: 20 }, () => newStream());
    const appends = streams.map((stream) => store.append(stream, samples(stream, 0, 1), NO_STREAM));
    await reopen();
    expect((await Promise.all(appends)).every((result) => result.kind === 'appended')).toBe(true);
    expect(await readAllAfter(store, 0)).toHaveLength(20);
  });

  it('never gives out a position twice, though the last rows were erased', async () => {
    await fill(5);
    eraseAfter(2);
    expect(await store.end()).toBe(5);
    const { stream } = await fill(1);
    expect((await store.head(stream))?.position).toBe(6);
    eraseAfter(2);
    await reopen();
    const { stream: next } = await fill(1);
    expect((await store.head(next))?.position).toBe(7);
  });

  it('goes on delivering to a subscriber that had read what was then erased', async () => {
    await fill(5);
    eraseAfter(2);
    const stop = new AbortController();
    const received = take(store.subscribe(5, stop.signal), (events) => events.length >= 2);
    await new Promise((resolve) => setImmediate(resolve));
    const { events } = await fill(2);
    expect(idsOf(await received)).toEqual(idsOf(events));
  });

  it('leaves no byte of an erased body in any file', async () => {
    const stream = newStream();
    await store.append(stream, [sample(stream, 0, { body: Buffer.from('canary-4711') })], NO_STREAM);
    const contents = () => readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    expect(contents().join().includes('canary-4711')).toBe(true);
    await store.erase(stream);
    expect(await store.readAll(0, 10)).toEqual([]);
    expect(contents().join().includes('canary-4711')).toBe(false);
  });

  it('removes an erased body from the write-ahead log once a reader lets go of it', async () => {
    const stream = newStream();
    await store.append(stream, [sample(stream, 0, { body: Buffer.from('canary-4711') })], NO_STREAM);
    const reader = openDatabase(path, { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM event').get();
    setTimeout(() => reader.exec('COMMIT'), 120);
    await store.erase(stream);
    reader.close();
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    expect(files.join().includes('canary-4711')).toBe(false);
  });

  it('takes a kind of stream for the whole word before the dash', async () => {
    for (const kind of ['log', 'logbook']) {
      const stream = newStream(kind);
      await store.append(stream, samples(stream, 0, 1), NO_STREAM);
    }
    await store.append('log' as never, samples('log' as never, 0, 1), NO_STREAM);
    const found = await store.readAll(0, 10, { kinds: ['log'] });
    expect(found.map((event) => event.stream.length)).toEqual([40, 3]);
  });

  it('finds what stands behind a long stretch that nobody wants, and lets others have a turn', async () => {
    const [unwanted, wanted] = [newStream('person'), newStream('actor')];
    for (let at = 0; at < 21_000; at += 1_000)
      await store.append(unwanted, samples(unwanted, at, 1_000), at - 1);
    await store.append(wanted, samples(wanted, 0, 1), NO_STREAM);
    let turns = 0;
    const counting = setInterval(() => turns++, 0);
    const found = await store.readAll(0, 10, { kinds: ['actor'] });
    clearInterval(counting);
    expect(found.map(({ stream }) => stream)).toEqual([wanted]);
    expect(turns).toBeGreaterThan(0);
    expect(await store.readAll(found[0]!.position, 10, { kinds: ['actor'] })).toEqual([]);
  });

  it('shows an acknowledged append to another connection at once', async () => {
    const other = openDatabase(path, { readOnly: true });
    const select = other.prepare('SELECT count(*) AS count FROM event');
    for (let count = 1; count <= 20; count++) {
      await fill(1);
      expect(select.get()).toEqual({ count });
    }
    other.close();
  });

  it('takes an append of exactly one mebibyte and no byte more', async () => {
    const stream = newStream();
    const exactly = sample(stream, 0, { body: new Uint8Array(MAX_APPEND_BYTES - 32) });
    expect(await store.append(stream, [exactly], NO_STREAM)).toMatchObject({ revision: 0 });
    const more = sample(stream, 1, { body: new Uint8Array(MAX_APPEND_BYTES - 31) });
    await expect(store.append(stream, [more], 0)).rejects.toThrow('1 MiB');
  });

  it('refuses events that do not follow the expected revision, and nobody beside them', async () => {
    const [good, bad, foreign] = [newStream(), newStream(), newStream()];
    const results = await Promise.allSettled([
      store.append(good, samples(good, 0, 2), NO_STREAM),
      store.append(bad, samples(bad, 4, 2), NO_STREAM),
      store.append(foreign, samples(good, 0, 1), NO_STREAM),
      store.append(good, samples(good, 2, 2), 1),
    ]);
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((await store.head(good))?.revision).toBe(3);
    expect(await store.head(bad)).toBeUndefined();
  });

  it('says that it is busy while another process holds the file, and goes on afterwards', async () => {
    const other = openDatabase(path);
    other.exec('BEGIN IMMEDIATE');
    shortenWait(store);
    const stream = newStream();
    await expect(store.append(stream, samples(stream, 0, 1), NO_STREAM)).rejects.toBeInstanceOf(StoreBusy);
    other.exec('ROLLBACK');
    other.close();
    expect(await store.append(stream, samples(stream, 0, 1), NO_STREAM)).toMatchObject({ position: 1 });
  });

  it('says in one sentence that a file is no ledger', () => {
    const open = () => SqliteEventStore.open(join(folder, 'absent', 'ledger.db'));
    expect(open).toThrow(StorageFailed);
    expect(open).toThrow(/^The ledger file .* cannot be opened\.$/);
  });
});

describe('every connection', () => {
  const settings = (db: Database, ...names: string[]) =>
    names.map((name) => Object.values(db.prepare(`PRAGMA ${name}`).get() as object)[0]);

  beforeEach(makeFolder);
  afterEach(() => rmSync(folder, { recursive: true }));

  it('deletes securely, keeps temporary data in memory and flushes every commit', () => {
    const writer = openDatabase(path);
    const reader = openDatabase(path, { readOnly: true });
    expect(settings(writer, 'secure_delete', 'temp_store', 'journal_mode', 'synchronous')).toEqual([
      1,
      2,
      'wal',
      2,
    ]);
    expect(settings(reader, 'secure_delete', 'temp_store', 'journal_mode')).toEqual([1, 2, 'wal']);
    for (const db of [writer, reader]) db.close();
  });

  it('flushes nothing where the file can be rebuilt', () => {
    const db = openDatabase(path, { synchronous: 'OFF' });
    expect(settings(db, 'synchronous', 'secure_delete')).toEqual([0, 1]);
    db.close();
  });
});

/** The store waits five seconds for another process; a test does not. */
function shortenWait(store: SqliteEventStore): void {
  const { writer } = store as unknown as { writer: { connection: { db: Database } } };
  writer.connection.db.exec('PRAGMA busy_timeout = 1');
}

describe('the embedded store, opened to read by another thread', () => {
  let writing: SqliteEventStore;
  let reading: SqliteEventStore;
  beforeEach(() => {
    makeFolder();
    writing = SqliteEventStore.open(path);
    reading = SqliteEventStore.openToRead(path);
    writing.onCommit(() => reading.wake());
  });
  afterEach(async () => {
    await reading.close();
    await writing.close();
    rmSync(folder, { recursive: true });
  });

  it('follows every commit that it is told of', async () => {
    const stream = newStream();
    const ending = new AbortController();
    const following = take(reading.subscribe(0, ending.signal), (events) => events.length === 30);
    await writeOneByOne(writing, stream, 30);
    const events = await following;
    ending.abort();
    expect(events.map((event) => event.revision)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });

  it('writes and erases nothing', async () => {
    const stream = newStream();
    await expect(async () => reading.append(stream, [sample(stream, 0)], NO_STREAM)).rejects.toThrow(
      'to read',
    );
    await writing.append(stream, [sample(stream, 0)], NO_STREAM);
    await expect(async () => reading.erase(stream)).rejects.toThrow('to read');
    expect(await reading.read(stream, 0, 10)).toHaveLength(1);
  });

  it('says in one sentence that there is no such file', () => {
    expect(() => SqliteEventStore.openToRead(join(folder, 'none.db'))).toThrow(StorageFailed);
  });
});
