import { LedgerFile, type Sealer } from '#event-store';
import type { Label } from '#transparency';
import type { LogStore } from '../log-store.js';
import { auditLedger, type Audit } from './audit-ledger.js';

/** Audits the ledger in a file, and the file itself: what SQLite finds wrong with it is a finding like others. */
export async function auditFile(
  path: string,
  log: LogStore,
  sealer: Sealer,
  erased?: ReadonlySet<Label>,
): Promise<Audit> {
  let file: LedgerFile | undefined;
  try {
    file = LedgerFile.open(path);
    const ledger = file;
    const damages = ledger.damages().map((damage) => ({ sentence: `SQLite finds: ${damage}.` }));
    const audit = await auditLedger(() => ledger.rows(), log, sealer, erased);
    return { ...audit, findings: [...damages, ...audit.findings] };
  } catch (error) {
    const sentence = `The ledger file is damaged: ${(error as Error).message}.`;
    return { findings: [{ sentence }], compared: 0, sealed: 0, notYetLogged: 0, erasing: 0 };
  } finally {
    file?.close();
  }
}
