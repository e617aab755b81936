import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const ATTEMPTS = 600;

/** A real PostgreSQL on a scratch folder and a free port of loopback, gone when it is stopped. */
export class PostgresServer {
  private constructor(
    private readonly folder: string,
    private child: ChildProcess,
    private readonly start: () => ChildProcess,
    private readonly port: number,
  ) {}

  /** @throws when PostgreSQL is not installed, in a sentence that says how to get it */
  static async start(): Promise<PostgresServer> {
    const bin = binaries();
    const who = serverUser();
    const folder = mkdtempSync(join(tmpdir(), 'sillage-postgres-'));
    const data = join(folder, 'data');
    mkdirSync(data, { mode: 0o700 });
    if (who.uid !== undefined) for (const path of [folder, data]) chownSync(path, who.uid, who.gid);
    const options = ['-D', data, '-U', 'sillage', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
    execFileSync(join(bin, 'initdb'), options, { ...who, cwd: folder, stdio: 'ignore' });
    const port = await freePort();
    const own = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder];
    const start = () => spawn(join(bin, 'postgres'), own, { ...who, cwd: folder, stdio: 'ignore' });
    const server = new PostgresServer(folder, start(), start, port);
    await server.untilReady();
    return server;
  }

  /** Makes an empty database. @returns its address */
  async database(name: string): Promise<string> {
    await this.run('postgres', `CREATE DATABASE "${name}"`);
    return this.url(name);
  }

  /** What another program with full rights on the database does. */
  async run(database: string, sql: string): Promise<readonly Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url(database) });
    client.on('error', () => {});
    await client.connect();
    try {
      return (await client.query(sql)).rows as Record<string, unknown>[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Runs a statement in a transaction that stays open until it is rolled back. */
  async hold(database: string, sql: string): Promise<{ rollBack(): Promise<void> }> {
    const client = new pg.Client({ connectionString: this.url(database) });
    await client.connect();
    await client.query('BEGIN');
    await client.query(sql);
    return { rollBack: () => client.end() };
  }

  /** Ends every process of the server at once, as a power cut does, and starts it again. */
  async crash(): Promise<void> {
    // SIGQUIT: immediate shutdown, nothing is flushed, and recovery follows at the next start.
    await this.end('SIGQUIT');
    this.child = this.start();
    await this.untilReady();
  }

  async pause(): Promise<void> {
    await this.end('SIGINT');
  }

  async resume(): Promise<void> {
    this.child = this.start();
    await this.untilReady();
  }

  async stop(): Promise<void> {
    await this.end('SIGINT');
    rmSync(this.folder, { recursive: true, force: true });
  }

  private url(database: string): string {
    return `postgres://sillage@127.0.0.1:${this.port}/${database}`;
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }

  private async untilReady(): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const ready = await this.run('postgres', 'SELECT 1').catch(() => undefined);
      if (ready) return;
      if (this.child.exitCode !== null) throw new Error(`PostgreSQL ended with ${this.child.exitCode}.`);
      await sleep(100);
    }
    throw new Error('PostgreSQL was started and does not answer.');
  }
}

/** The newest version of Debian's package, or whatever stands on the path. */
function binaries(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a)).map((one) => join(DEBIAN, one, 'bin'));
  const folders = [...newest, ...(process.env['PATH'] ?? '').split(':')];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  if (found === undefined)
    throw new Error('This test needs PostgreSQL: install it with "apt-get install postgresql".');
  return found;
}

/** PostgreSQL refuses to run as root: it runs as the user of its package then. */
function serverUser(): { readonly uid: number; readonly gid: number } | { readonly uid?: undefined } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  if (line === undefined)
    throw new Error('This test runs as root and needs the user "postgres" of the package.');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
