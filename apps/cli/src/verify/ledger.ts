import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sealer } from '#event-store';
import { auditFile, LogStore, type Audit } from '#log';
import { isSealed, Sealing } from '#sealing';
import {
  denied,
  labelOf,
  lossBehind,
  lossSentence,
  openCheckpoint,
  originOf,
  parseCheckpoint,
  parseNote,
  rangeAt,
  renamed,
  rootOf,
  sameBytes,
  type Checkpoint,
  type Label,
} from '#transparency';
import { openKeys, readConfig } from '../../../api/src/index.js';
import { conclude, say } from './report.js';
import { read, trusted, Unreadable, type Trust } from './trust.js';

const SHOWN = 200;

/**
 * `sillage verify ledger --data-dir DIR`: replays the stream `log`, recomputes tree and map, and compares every row.
 * Beside a running server it reads what is committed; it writes nothing there.
 */
export async function verifyLedger(
  options: Trust & { readonly dataDir: string; readonly saved?: string },
): Promise<void> {
  const path = join(options.dataDir, 'ledger.db');
  if (!existsSync(path)) throw new Unreadable(`There is no ledger in ${options.dataDir}.`);
  const saved = options.saved === undefined ? undefined : checkpointIn(options.saved, options);
  const folder = mkdtempSync(join(tmpdir(), 'sillage-verify-'));
  const keys = await openSealer(options.dataDir);
  const log = LogStore.open(join(folder, 'log.db'));
  try {
    const audit = await auditFile(path, log, keys.sealer, keys.erased);
    tell(audit, log);
    const kept = saved === undefined || continuesSaved(log, saved);
    if (audit.findings.length === 0 && kept) conclude('unaltered', 'every row is as it was logged.');
    else conclude('failed', 'the ledger is not the one that was logged.');
  } finally {
    log.close();
    await keys.close();
    rmSync(folder, { recursive: true });
  }
}

function tell({ findings, compared, sealed, notYetLogged, erasing }: Audit, log: LogStore): void {
  for (const { position, sentence } of findings.slice(0, SHOWN))
    say('failed', position === undefined ? 'ledger' : `position ${position}`, sentence);
  if (findings.length > SHOWN) say('failed', 'more', `${findings.length - SHOWN} other rows are wrong.`);
  const { size } = log.range;
  for (const loss of log.losses) say('warned', 'loss', lossSentence(loss));
  say('passed', 'log', `${size} entries were replayed, the map of each checkpoint among them.`);
  say('passed', 'events', `${compared} rows were compared with the log.`);
  if (sealed > 0)
    say('warned', 'sealed', `${sealed} of them without their columns and contents: their key is not there.`);
  if (erasing > 0)
    say(
      'warned',
      'erasing',
      `${erasing} are gone: the key store lists their streams as erased, and the log does not name them yet.`,
    );
  if (notYetLogged > 0)
    say('skipped', 'not-yet-logged', `${notYetLogged} events came after the log's last batch.`);
}

/** An earlier name of the log is one under which it declared a loss. */
function continuesSaved(log: LogStore, saved: Checkpoint): boolean {
  const { losses } = log;
  const shown = { losses, checkpoint: { ...saved, origin: losses.at(-1)?.newOrigin ?? saved.origin } };
  const problem = denied(shown, saved);
  if (problem !== undefined) {
    say('failed', 'earlier-checkpoint', problem);
    return false;
  }
  const loss = lossBehind(shown, saved);
  if (loss) say('warned', 'earlier-checkpoint', lossSentence(loss));
  return loss !== undefined || beginsWith(log, saved);
}

function beginsWith(log: LogStore, saved: Checkpoint): boolean {
  const there = saved.size <= log.range.size;
  const same = there && sameBytes(rootOf(rangeAt(saved.size, log)), saved.root);
  if (same)
    say('passed', 'earlier-checkpoint', `The first ${saved.size} entries are those of the kept checkpoint.`);
  else if (there)
    say(
      'failed',
      'earlier-checkpoint',
      `The first ${saved.size} entries are not those of the kept checkpoint.`,
    );
  else say('failed', 'earlier-checkpoint', `The log has ${log.range.size} entries and had ${saved.size}.`);
  return same;
}

/** The signature is checked where it is said whom to trust. */
function checkpointIn(file: string, trust: Trust): Checkpoint {
  const note = read(file);
  const policy = (trust.policy ?? trust.key) ? trusted(trust) : undefined;
  const opened = policy && openCheckpoint(note, renamed(policy, originOf(note) ?? policy.origin));
  if (opened && !opened.ok) throw new Unreadable(`${file}: ${opened.reason}.`);
  const parsed = parseNote(note);
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
  if (checkpoint.ok) return checkpoint.value;
  throw new Unreadable(`${file}: ${checkpoint.reason}.`);
}

interface OpenedKeys {
  readonly sealer: Sealer;
  /** What the key store lists as erased. */
  readonly erased: ReadonlySet<Label>;
  close(): Promise<void>;
}

/** Without the keys (an auditor's copy of the ledger) only clear streams are opened. */
async function openSealer(dataDir: string): Promise<OpenedKeys> {
  const { keysUrl, transit } = readConfig(process.env);
  const files = [...(keysUrl ? [] : ['keys.db']), ...(transit ? [] : ['root.key'])];
  if (files.every((file) => existsSync(join(dataDir, file)))) {
    const { store, root } = await openKeys({ keysDir: dataDir, keysUrl, transit }, false);
    const erased = new Set((await store.erasedStreams()).map(labelOf));
    return { sealer: new Sealing(store, root), erased, close: () => store.close() };
  }
  const clear = {
    seal: (_: number, plain: Uint8Array) => plain,
    open: (_: number, body: Uint8Array) => body,
  };
  const sealer: Sealer = {
    cipherOf: async (stream) => (isSealed(stream) ? undefined : clear),
    cipherFor: async () => clear,
  };
  return { sealer, erased: new Set(), close: async () => {} };
}
