import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  compareLedgers,
  copyLedger,
  openKurrentStore,
  SqliteEventStore,
  type LedgerStore,
} from '#event-store';
import { LogStore } from '#log';
import { lockFolder, readConfig } from '../../api/src/index.js';
import { forgetPositions } from './positions.js';
import { CliError, progressLine } from './sentence.js';

/**
 * Moves a ledger to the other engine. The copy counts only when it was compared with the original; until then
 * the original stays in use, and a copy that was cut off is gone on with.
 */
export async function migrate({ to }: { readonly to: string }): Promise<void> {
  const { dataDir, kurrentUrl } = readConfig(process.env);
  if (to !== 'kurrentdb' && to !== 'file')
    throw new CliError('The ledger is moved --to kurrentdb or --to file.');
  if (!kurrentUrl)
    throw new CliError('Set SILLAGE_KURRENTDB_URL to the cluster that the ledger is moved from or to.');
  if (!existsSync(dataDir)) throw new CliError(`There is no data folder ${dataDir}.`);
  const lock = lockFolder(dataDir);
  const cluster = await openKurrentStore(kurrentUrl).catch((error: unknown) => {
    lock.close();
    throw error;
  });
  try {
    if (to === 'kurrentdb') await toCluster(dataDir, cluster);
    else await toFile(dataDir, cluster);
  } finally {
    await cluster.close();
    lock.close();
  }
}

async function toCluster(dataDir: string, cluster: LedgerStore): Promise<void> {
  const file = join(dataDir, 'ledger.db');
  if (!existsSync(file)) throw new CliError(`There is no ledger in ${dataDir}.`);
  const ledger = SqliteEventStore.open(file);
  const count = await move(ledger, cluster).finally(() => ledger.close());
  renameSync(file, `${file}.moved`);
  forgetPositions(dataDir);
  LogStore.remove(join(dataDir, 'log.db'));
  process.stdout.write(
    `${count} events were moved to KurrentDB and compared; the file is kept as ${file}.moved.\n`,
  );
}

async function toFile(dataDir: string, cluster: LedgerStore): Promise<void> {
  const file = join(dataDir, 'ledger.db');
  if (existsSync(file)) throw new CliError(`${dataDir} holds a ledger already.`);
  const copy = SqliteEventStore.open(`${file}.part`);
  const count = await move(cluster, copy).finally(() => copy.close());
  renameSync(`${file}.part`, file);
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}.part${suffix}`, { force: true });
  rmSync(join(dataDir, 'ledger.id'), { force: true });
  forgetPositions(dataDir);
  LogStore.remove(join(dataDir, 'log.db'));
  process.stdout.write(
    `${count} events were moved to ${file} and compared; those in KurrentDB are left there.\n`,
  );
}

async function move(from: LedgerStore, to: LedgerStore): Promise<number> {
  const identity = await from.identity();
  if (!identity) throw new CliError('There is no ledger to move.');
  const there = await to.identify(identity);
  if (there.id !== identity.id) throw new CliError('Another ledger is there already.');
  const line = progressLine('Events copied');
  await copyLedger(from, to, line);
  return compareLedgers(from, to);
}
