import { existsSync, writeFileSync } from 'node:fs';
import { epochMs, instantOf, systemClock } from '#time';
import {
  asOf,
  denied,
  lossBehind,
  lossSentence,
  openCheckpoint,
  openLog,
  parseKeysFile,
  proveConsistency,
  verifyConsistency,
  type Checkpoint,
  type KeysFile,
  type LogPolicy,
  type OpenedCheckpoint,
  type OpenedLog,
  type Policy,
} from '#transparency';
import { conclude, say } from './report.js';
import { proofFromTiles } from './tiles.js';
import { read, readFrom, trusted, Unreadable, type Trust } from './trust.js';

const DAY_MS = 86_400_000;

/** `sillage verify checkpoint --saved FILE [--url URL]`: the log only grew since the checkpoint in the file. */
export async function verifyCheckpoint(
  options: Trust & { readonly saved: string; readonly url?: string },
): Promise<void> {
  const policy = trusted(options);
  const { saved, url } = options;
  if (url === undefined) return judge(opened(read(saved), policy, saved), policy);
  const base = url.replace(/\/$/, '');
  const { checkpoint: note, now } = await served(base, policy);
  const kept = existsSync(saved) ? read(saved) : undefined;
  if (kept === undefined)
    say('skipped', 'earlier-checkpoint', `Nothing was kept before; ${saved} keeps this one.`);
  const earlier = kept === undefined ? undefined : opened(kept, asOf(kept, policy, now), saved);
  const found = earlier ? await continuation(earlier.checkpoint, now, base) : 'continued';
  if (found === 'failed')
    return conclude(
      'failed',
      `keep ${saved} and what the server answers: together they prove that the log was cut or rewritten.`,
    );
  for (const loss of now.losses) say('warned', 'loss', lossSentence(loss));
  if (found === 'lost') say('skipped', 'saved', `${saved} stays as it is: it proves what was lost.`);
  judge(now, policy);
  if (found === 'continued' && process.exitCode !== 1) writeFileSync(saved, note);
}

function opened(note: string, policy: LogPolicy, source: string): OpenedCheckpoint {
  const checkpoint = openCheckpoint(note, policy);
  if (checkpoint.ok) return checkpoint.value;
  throw new Unreadable(`${source} is no checkpoint of this log: ${checkpoint.reason}.`);
}

/** The checkpoint that a server shows, signed with the key that the log came to. @throws Unreadable */
async function served(base: string, policy: Policy): Promise<KeysFile & { readonly now: OpenedLog }> {
  const source = `${base}/v1/log/keys`;
  const file = parseKeysFile(await readFrom(source));
  if (!file.ok) throw new Unreadable(`${source}: ${file.reason}.`);
  const { checkpoint } = file.value;
  const now = openLog(checkpoint, policy, file.value);
  if (!now.ok) throw new Unreadable(`${source} is no checkpoint of this log: ${now.reason}.`);
  return { ...file.value, now: now.value };
}

type Continuation = 'continued' | 'lost' | 'failed';

/** Whether the log as it is shown begins with what was kept, but for what it declares as lost. */
async function continuation(earlier: Checkpoint, log: OpenedLog, base: string): Promise<Continuation> {
  const name = 'earlier-checkpoint';
  const problem = denied(log, earlier);
  if (problem !== undefined) {
    say('failed', name, problem);
    return 'failed';
  }
  const loss = lossBehind(log, earlier);
  if (!loss) return (await continues(earlier, log.checkpoint, base)) ? 'continued' : 'failed';
  say(
    'warned',
    name,
    `The log had ${earlier.size} entries, and declares that those from ${loss.kept} on were lost.`,
  );
  return 'lost';
}

async function continues(earlier: Checkpoint, now: Checkpoint, base: string): Promise<boolean> {
  const name = 'earlier-checkpoint';
  if (now.size < earlier.size) {
    say('failed', name, `The log has ${now.size} entries now and had ${earlier.size}.`);
    return false;
  }
  const proof = await proofFromTiles(now.size, base, (nodes) =>
    proveConsistency(earlier.size, now.size, nodes),
  );
  const [oldRoot, newRoot] = [earlier.root, now.root];
  const good = verifyConsistency({ oldSize: earlier.size, oldRoot, newSize: now.size, newRoot, proof });
  if (good)
    say('passed', name, `The log of ${earlier.size} entries is the beginning of that of ${now.size}.`);
  else say('failed', name, `The log of ${now.size} entries does not continue that of ${earlier.size}.`);
  return good;
}

function judge({ checkpoint, cosignatures }: OpenedCheckpoint, { quorum }: Policy): void {
  say(
    'passed',
    'checkpoint',
    `The log ${checkpoint.origin} signed a checkpoint of ${checkpoint.size} entries.`,
  );
  const names = cosignatures.map(({ witness }) => witness.key.name).join(', ');
  const enough = cosignatures.length >= quorum;
  say(
    enough ? (cosignatures.length > 0 ? 'passed' : 'warned') : 'failed',
    'witnesses',
    `${cosignatures.length} cosigned${names && ` (${names})`}; ${quorum} are asked for.`,
  );
  const newestMs = Math.max(0, ...cosignatures.map(({ timestampS }) => timestampS * 1000));
  if (newestMs > 0 && newestMs < epochMs(systemClock.now()) - DAY_MS)
    say(
      'warned',
      'freshness',
      `The newest cosignature is of ${instantOf(newestMs)}, more than 24 hours ago.`,
    );
  if (enough) conclude('unaltered', 'the checkpoint stands.');
  else conclude('failed', 'too few witnesses cosigned: others may be shown another log.');
}
