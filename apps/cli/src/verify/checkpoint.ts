import { existsSync, writeFileSync } from 'node:fs';
import { epochMs, instantOf, systemClock } from '#time';
import {
  ED25519,
  nodesFromTiles,
  openCheckpoint,
  openLog,
  parseKeysFile,
  proveConsistency,
  tilePath,
  verifierKey,
  verifyConsistency,
  type Checkpoint,
  type Hash,
  type KeysFile,
  type OpenedCheckpoint,
  type OpenedLog,
  type Policy,
  type Tile,
} from '#transparency';
import { conclude, say } from './report.js';
import { fetchBytes, read, readFrom, trusted, Unreadable, type Trust } from './trust.js';

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
  const earlier = existsSync(saved) ? opened(read(saved), before(now, policy), saved) : undefined;
  if (earlier === undefined)
    say('skipped', 'earlier-checkpoint', `Nothing was kept before; ${saved} keeps this one.`);
  else if (!(await continues(earlier.checkpoint, now.checkpoint, base)))
    return conclude(
      'failed',
      `keep ${saved} and what the server answers: together they prove that the log was cut or rewritten.`,
    );
  judge(now, policy);
  if (process.exitCode !== 1) writeFileSync(saved, note);
}

function opened(note: string, policy: Policy, source: string): OpenedCheckpoint {
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

/** For a checkpoint that was kept: the keys that the log shows it had count as well as those of the policy. */
function before({ rotations }: OpenedLog, policy: Policy): Policy {
  const used = rotations.flatMap(({ oldKey, newKey }) => [oldKey, newKey]);
  const keys = [...policy.logKeys, ...used.map((key) => verifierKey(policy.origin, ED25519, key))];
  return { ...policy, logKeys: [...new Map(keys.map((key) => [key.id, key])).values()] };
}

async function continues(earlier: Checkpoint, now: Checkpoint, base: string): Promise<boolean> {
  const name = 'earlier-checkpoint';
  if (now.size < earlier.size) {
    say('failed', name, `The log has ${now.size} entries now and had ${earlier.size}.`);
    return false;
  }
  const proof = await proofFromTiles(earlier.size, now.size, base);
  const [oldRoot, newRoot] = [earlier.root, now.root];
  const good = verifyConsistency({ oldSize: earlier.size, oldRoot, newSize: now.size, newRoot, proof });
  if (good)
    say('passed', name, `The log of ${earlier.size} entries is the beginning of that of ${now.size}.`);
  else say('failed', name, `The log of ${now.size} entries does not continue that of ${earlier.size}.`);
  return good;
}

/** Fetches the tiles that the proof asks for, one after the other. */
async function proofFromTiles(oldSize: number, newSize: number, base: string): Promise<readonly Hash[]> {
  const tiles = new Map<string, Uint8Array>();
  for (;;) {
    let missing: Tile | undefined;
    const nodes = nodesFromTiles(newSize, (tile) => {
      const known = tiles.get(tilePath(tile));
      if (known === undefined) missing = tile;
      return known ?? new Uint8Array(tile.width * 32);
    });
    const proof = proveConsistency(oldSize, newSize, nodes);
    if (missing === undefined) return proof;
    tiles.set(tilePath(missing), await fetchBytes(`${base}/${tilePath(missing)}`));
  }
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
