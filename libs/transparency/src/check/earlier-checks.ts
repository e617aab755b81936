import { sameBytes } from '../bytes.js';
import type { LossEntry, MapEntry } from '../log/entry.js';
import { verifyConsistency } from '../merkle/verify.js';
import type { Check, ProofBundle, SavedCheck } from './bundle.js';
import { keyAt, namesOf, type OpenedLog } from './open-log.js';

/** That nothing was cut off or rewritten since the person's last check, but for what the log declares as lost. */
export function checkEarlier(log: OpenedLog, bundle: ProofBundle, saved?: SavedCheck): Check {
  const name = 'earlier-checkpoint';
  if (saved === undefined) return { name, verdict: 'skipped', sentence: 'No earlier check was kept.' };
  const lost = lossBehind(log, saved);
  const problem = earlierProblem(log, saved, lost) ?? (lost ? undefined : growthProblem(log, bundle, saved));
  if (problem !== undefined) return { name, verdict: 'failed', sentence: problem };
  return lost
    ? {
        name,
        verdict: 'warned',
        sentence: `The log had ${saved.size} entries at the earlier check, and declares that those from ${lost.kept} on were lost: only your own events can be compared.`,
      }
    : { name, verdict: 'passed', sentence: 'The log of the earlier check is the beginning of this one.' };
}

type Kept = Pick<SavedCheck, 'size' | 'root' | 'origin'>;

/** The loss for which a log of that size and name cannot be compared as a whole: it left less of it. */
export function lossBehind(
  { losses }: Pick<OpenedLog, 'losses'>,
  { size, origin }: Kept,
): LossEntry | undefined {
  const from = losses.findIndex(({ oldOrigin }) => oldOrigin === (origin ?? losses[0]?.oldOrigin));
  return from < 0 ? undefined : losses.slice(from).find(({ kept }) => size > kept);
}

/** Where somebody holds a checkpoint that the declaration denies; undefined where it may be as it says. */
export function denied(log: Pick<OpenedLog, 'losses' | 'checkpoint'>, kept: Kept): string | undefined {
  const { size, root, origin = namesOf(log)[0] } = kept;
  if (!namesOf(log).includes(origin!)) return 'The earlier checkpoint is of another log.';
  const loss = log.losses.find(({ oldOrigin }) => oldOrigin === origin);
  if (loss === undefined) return undefined;
  if (size > loss.oldSize)
    return `The log had ${size} entries under its earlier name, and declares that it had only ${loss.oldSize} when some were lost: the declaration is false.`;
  return size === loss.oldSize && !sameBytes(root, loss.oldRoot)
    ? 'The checkpoint that the log declares as its last one before a loss is not the one that it has shown: the declaration is false.'
    : undefined;
}

/**
 * What the log declares as lost. `survived`: all events of the earlier check are there. Only where this was made of the
 * very checkpoint that is declared, nothing of the person can have been lost.
 */
export function checkLosses(
  log: OpenedLog,
  map: MapEntry,
  saved: SavedCheck | undefined,
  survived: boolean,
): readonly Check[] {
  const name = 'loss';
  if (map.loss !== log.losses.at(-1)?.size)
    return [{ name, verdict: 'failed', sentence: 'The file leaves out a loss that the log declares.' }];
  return log.losses.map((loss) => {
    const isCovered = survived && saved?.size === loss.oldSize && lossBehind(log, saved) === loss;
    return isCovered
      ? {
          name,
          verdict: 'passed',
          sentence: `The log declares that of its ${loss.oldSize} entries those from ${loss.kept} on were lost; your events of until then are all here.`,
        }
      : { name, verdict: 'warned', sentence: lossSentence(loss) };
  });
}

export function lossSentence({ oldOrigin, oldSize, kept }: LossEntry): string {
  return `The log declares that of its ${oldSize} entries under the name ${oldOrigin} those from ${kept} on were lost: what they held is here only where it was logged again.`;
}

function earlierProblem(log: OpenedLog, saved: SavedCheck, lost: LossEntry | undefined): string | undefined {
  const problem = denied(log, saved);
  if (problem !== undefined) return problem;
  const { checkpoint } = log;
  if (!lost && checkpoint.size < saved.size)
    return `The log has ${checkpoint.size} entries now and had ${saved.size} at the earlier check.`;
  const key = keyAt(Math.min(saved.size, lost?.size ?? saved.size), log);
  return saved.key && !sameBytes(saved.key, key)
    ? 'The log signed with another key at the earlier check, and that one did not hand over.'
    : undefined;
}

function growthProblem(
  { checkpoint }: OpenedLog,
  bundle: ProofBundle,
  saved: SavedCheck,
): string | undefined {
  const grown = verifyConsistency({
    oldSize: saved.size,
    oldRoot: saved.root,
    newSize: checkpoint.size,
    newRoot: checkpoint.root,
    proof: bundle.consistency ?? [],
  });
  return grown ? undefined : 'The log was not shown to continue the one of the earlier check.';
}
