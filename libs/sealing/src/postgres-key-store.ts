import type pg from 'pg';
import type { StreamName } from '#decider';
import { KeysUnavailable, KEYS_PAGE, type KeyStore, type OwnedKey, type WrappedKey } from './key-store.js';

const CONNECTIONS = 8;
const CONNECT_MS = 5_000;
/** Everything that is sealed waits for it. */
const STATEMENT_MS = 15_000;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS key (owner text PRIMARY KEY, epoch integer NOT NULL, wrapped bytea NOT NULL);
CREATE INDEX IF NOT EXISTS key_by_epoch ON key (epoch);
CREATE TABLE IF NOT EXISTS root (one boolean PRIMARY KEY DEFAULT true CHECK (one), epoch integer NOT NULL);
INSERT INTO root (epoch) VALUES (0) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS stream (stream text PRIMARY KEY, owner text NOT NULL);
CREATE INDEX IF NOT EXISTS stream_by_owner ON stream (owner);
CREATE TABLE IF NOT EXISTS erased (stream text PRIMARY KEY, owner text NOT NULL);
CREATE INDEX IF NOT EXISTS erased_by_owner ON erased (owner);
CREATE TABLE IF NOT EXISTS destroyed (owner text PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp());
`;

/** One owner's key is made, mapped or destroyed by one transaction at a time, on whatever node. */
const LOCK_OWNER = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))';
const LOCK_SCHEMA = `SELECT pg_advisory_xact_lock(hashtextextended('sillage/keys', 1))`;

/** The key store of several nodes. Each statement that changes something is durable when it resolves. */
export class PostgresKeyStore implements KeyStore {
  private constructor(private readonly pool: pg.Pool) {}

  /**
   * @param mayBegin whether the tables may be made: false where a ledger exists, whose keys would be missing
   * @returns undefined where there are no tables and none may be made
   * @throws KeysUnavailable
   */
  static async open(url: string, mayBegin = true): Promise<PostgresKeyStore | undefined> {
    const store = new PostgresKeyStore(await poolOf(url));
    try {
      if (await store.prepare(mayBegin)) return store;
    } catch (error) {
      await store.close();
      throw error;
    }
    await store.close();
    return undefined;
  }

  async get(owner: string): Promise<WrappedKey | undefined> {
    const [row] = await this.rows<WrappedKey>('SELECT epoch, wrapped FROM key WHERE owner = $1', [owner]);
    return row;
  }

  async putIfAbsent(owner: string, key: WrappedKey, stream?: StreamName): Promise<WrappedKey | undefined> {
    return this.transaction(async (client) => {
      await client.query(LOCK_OWNER, [owner]);
      // Held until the end: a rotation that raises it waits for this key, and then sees it.
      const { rows: roots } = await client.query('SELECT epoch FROM root FOR SHARE');
      if (roots[0].epoch <= key.epoch)
        await client.query(
          `INSERT INTO key SELECT $1, $2, $3 WHERE NOT EXISTS (SELECT 1 FROM erased WHERE owner = $1)
           ON CONFLICT DO NOTHING`,
          [owner, key.epoch, key.wrapped],
        );
      if (stream !== undefined) await insertStream(client, stream, owner);
      const { rows } = await client.query('SELECT epoch, wrapped FROM key WHERE owner = $1', [owner]);
      return rows[0] as WrappedKey | undefined;
    });
  }

  async mapStream(stream: StreamName, owner: string): Promise<void> {
    await this.transaction(async (client) => {
      await client.query(LOCK_OWNER, [owner]);
      await insertStream(client, stream, owner);
    });
  }

  async ownerOf(stream: StreamName): Promise<string | undefined> {
    const sql = 'SELECT owner FROM stream WHERE stream = $1 UNION SELECT owner FROM erased WHERE stream = $1';
    const [row] = await this.rows<{ owner: string }>(sql, [stream]);
    return row?.owner;
  }

  async streamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream WHERE owner = $1', [owner]);
  }

  async sealedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM stream', []);
  }

  async keysAfter(owner: string): Promise<readonly OwnedKey[]> {
    const sql = `SELECT owner, epoch, wrapped FROM key WHERE owner COLLATE "C" > $1 ORDER BY owner COLLATE "C" LIMIT $2`;
    return this.rows<OwnedKey>(sql, [owner, KEYS_PAGE]);
  }

  async sample(): Promise<OwnedKey | undefined> {
    const [row] = await this.rows<OwnedKey>('SELECT owner, epoch, wrapped FROM key LIMIT 1', []);
    return row;
  }

  async rewrap(epoch: number, wrap: (key: OwnedKey) => Promise<WrappedKey>): Promise<number> {
    await this.rows('UPDATE root SET epoch = $1 WHERE epoch < $1', [epoch]);
    const select = 'SELECT owner, epoch, wrapped FROM key WHERE epoch < $1 LIMIT $2';
    const update = 'UPDATE key SET epoch = $1, wrapped = $2 WHERE owner = $3 AND epoch = $4';
    for (let count = 0; ;) {
      const page = await this.rows<OwnedKey>(select, [epoch, KEYS_PAGE]);
      if (page.length === 0) return count;
      const keys = await Promise.all(page.map(wrap));
      await this.transaction(async (client) => {
        for (const [i, { owner, epoch: old }] of page.entries())
          await client.query(update, [keys[i]!.epoch, keys[i]!.wrapped, owner, old]);
      });
      count += page.length;
    }
  }

  async erase(owner: string, streams: readonly StreamName[]): Promise<void> {
    await this.transaction(async (client) => {
      await client.query(LOCK_OWNER, [owner]);
      const list = 'INSERT INTO erased SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING';
      await client.query(list, [streams, owner]);
      await client.query('DELETE FROM stream WHERE owner = $1', [owner]);
      await client.query('DELETE FROM key WHERE owner = $1', [owner]);
      await client.query('INSERT INTO destroyed VALUES ($1) ON CONFLICT DO NOTHING', [owner]);
    });
  }

  async erasedForMs(owner: string): Promise<number | undefined> {
    const [row] = await this.rows<{ ms: number }>(
      `SELECT greatest(0, 1000 * extract(epoch FROM clock_timestamp() - at))::float8 AS ms
       FROM destroyed WHERE owner = $1`,
      [owner],
    );
    return row?.ms;
  }

  async erasedStreamsOf(owner: string): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased WHERE owner = $1', [owner]);
  }

  async erasedStreams(): Promise<readonly StreamName[]> {
    return this.names('SELECT stream FROM erased', []);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  /** False where there are no tables and none may be made. */
  private async prepare(mayBegin: boolean): Promise<boolean> {
    const flushes = `SELECT current_setting('fsync') = 'on' AND current_setting('synchronous_commit') <> 'off' AS safe`;
    const [flushing] = await this.rows<{ safe: boolean }>(flushes, []);
    if (!flushing!.safe)
      throw new KeysUnavailable(
        'The key store does not wait for its disk (fsync or synchronous_commit is off): a key that is lost loses all that it sealed.',
      );
    const [there] = await this.rows<{ key: string | null }>(`SELECT to_regclass('key') AS key`, []);
    if (there!.key === null && !mayBegin) return false;
    await this.transaction(async (client) => {
      await client.query(LOCK_SCHEMA);
      await client.query(SCHEMA);
    });
    return true;
  }

  /** In the order of bytes, as the embedded key store tells them. */
  private async names(sql: string, parameters: readonly unknown[]): Promise<readonly StreamName[]> {
    const rows = await this.rows<{ stream: StreamName }>(`${sql} ORDER BY stream COLLATE "C"`, parameters);
    return rows.map(({ stream }) => stream);
  }

  private async rows<Row>(sql: string, parameters: readonly unknown[]): Promise<readonly Row[]> {
    const { rows } = await this.pool.query(sql, [...parameters]).catch(unavailable);
    return rows as readonly Row[];
  }

  private async transaction<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch(unavailable);
    try {
      await client.query('BEGIN');
      const done = await work(client);
      await client.query('COMMIT');
      client.release();
      return done;
    } catch (error) {
      // Not given back: the server rolls back what a closed connection left open.
      client.release(true);
      return unavailable(error);
    }
  }
}

/** Loaded where it is needed only, and not by every thread. */
async function poolOf(connectionString: string): Promise<pg.Pool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: STATEMENT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'sillage',
    options: '-c synchronous_commit=on -c default_transaction_isolation=read\\ committed',
  });
  // A connection that breaks while it rests is replaced when one is asked for.
  pool.on('error', () => {});
  return pool;
}

async function insertStream(client: pg.PoolClient, stream: StreamName, owner: string): Promise<void> {
  const sql = `INSERT INTO stream SELECT $1, $2 WHERE EXISTS (SELECT 1 FROM key WHERE owner = $2)
    ON CONFLICT DO NOTHING`;
  await client.query(sql, [stream, owner]);
}

/** The server's words may hold parts of what was sent; its code does not. */
function unavailable(error: unknown): never {
  if (error instanceof KeysUnavailable) throw error;
  const code = (error as { code?: unknown }).code;
  const said = typeof code === 'string' && /^[A-Z0-9_]{4,20}$/.test(code) ? ` (${code})` : '';
  throw new KeysUnavailable(`The key store in PostgreSQL does not answer as it must${said}.`);
}
