import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Checkpoints } from '#read-store';

/**
 * Checkpoints are positions of a ledger as it was: for one that was moved to another engine, or lost its end, what can be
 * made anew is; the outbox keeps what it delivered and reads from the first event again.
 */
export function forgetPositions(dataDir: string): void {
  for (const name of readdirSync(dataDir))
    if (/^(read-\d+|reactions)\.db/.test(name)) rmSync(join(dataDir, name), { force: true });
  const outbox = join(dataDir, 'outbox.db');
  if (!existsSync(outbox)) return;
  const checkpoints = Checkpoints.open(outbox);
  checkpoints.forget();
  checkpoints.close();
}
