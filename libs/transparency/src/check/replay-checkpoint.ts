import type { Instant } from '#decider';
import { epochMs } from '#time';
import { sameBytes } from '../bytes.js';
import type { LogEntry } from '../log/entry.js';
import { extendLog } from '../log/extend.js';
import type { LogChanges, LogState } from '../log/state.js';
import { rootOf } from '../merkle/tree.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { fail, ok, type Result } from '../result.js';

/** How far the `at` of a checkpoint's map entry may be from the witness's clock. */
const TOLERANCE_MS = 60_000;

export interface Replay {
  /** What the witness knows: the log up to the last checkpoint it cosigned. */
  readonly state: LogState;
  /** The entries from there to the checkpoint, from the log's entry bundles. */
  readonly entries: readonly Uint8Array[];
  /** Its signature was verified (`openCheckpoint`). */
  readonly checkpoint: Checkpoint;
  /** The witness's own clock. */
  readonly now: Instant;
}

/**
 * Whether a replaying witness may cosign: the entries make this checkpoint and continue what was cosigned before,
 * every map root is right, the last leaf is the map entry, its time is right, no deferral is overdue. On success
 * the changes to remember before the cosignature is given out; on refusal nothing changes.
 */
export function replayCheckpoint({ state, entries, checkpoint, now }: Replay): Result<LogChanges> {
  const { size, root } = checkpoint;
  if (size !== state.range.size + entries.length)
    return fail(`the checkpoint is of ${size} entries, not ${state.range.size + entries.length}`);
  const extended = extendLog(state, entries);
  if (!extended.ok) return extended;
  const changes = extended.value;
  if (!sameBytes(rootOf(changes.range), root)) return fail("the entries do not make the checkpoint's root");
  if (changes.lastMap?.size !== size - 1) return fail('the last entry is not a map entry');
  const named = changes.losses.at(-1)?.newOrigin ?? checkpoint.origin;
  if (named !== checkpoint.origin) return fail(`the log goes on under the name ${named}`);
  const problem = timeProblem(state.lastMap?.at, changes.entries, now) ?? overdue(changes, now);
  return problem === undefined ? ok(changes) : fail(problem);
}

/** Map entries of checkpoints that this witness never saw can only be bounded by those around them. */
function timeProblem(
  from: Instant | undefined,
  entries: readonly LogEntry[],
  now: Instant,
): string | undefined {
  let before = from;
  for (const entry of entries) {
    if (entry.kind !== 'map') continue;
    if (before !== undefined && entry.at < before)
      return `the map entry of ${entry.at} follows one of ${before}`;
    if (epochMs(entry.at) > epochMs(now) + TOLERANCE_MS)
      return `a map entry is dated ${entry.at}, in the future`;
    before = entry.at;
  }
  const stale = entries.length > 0 && before !== undefined && epochMs(before) < epochMs(now) - TOLERANCE_MS;
  return stale ? `the last map entry is dated ${before}, over a minute ago` : undefined;
}

function overdue({ deferrals }: LogChanges, now: Instant): string | undefined {
  const late = [...deferrals].filter(([, until]) => until < now);
  if (late.length === 0) return undefined;
  return `${late.length} deferral(s) had to end or be reviewed by ${late.map(([, until]) => until).sort()[0]}`;
}
