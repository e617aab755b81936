import type { Instant } from '#decider';
import {
  formatSavedCheck,
  isKeysFile,
  judgeFile,
  keyPolicy,
  parsePolicy,
  readSaved,
  readShown,
  type Asked,
  type Check,
  type CommittedEvent,
  type LogPolicy,
  type PersonVerdict,
  type Result,
} from '#transparency';

/** The texts of what a person chose, as they are. */
export interface Chosen {
  readonly file: string;
  /** A policy (c2sp.org/tlog-policy), or the log's verifier key alone. */
  readonly trust: string;
  /** A check or a checkpoint that was kept; for an old receipt, the log as it is now (`/v1/log/keys`). */
  readonly saved?: string;
  /** Whose file it is. */
  readonly person?: string;
}

export type Examined =
  | {
      readonly verdict: PersonVerdict['verdict'];
      readonly checks: readonly Check[];
      readonly events: readonly CommittedEvent[];
      /** The text of the file to keep for the next time. */
      readonly keep?: string;
    }
  /** `which` of the texts cannot be read, and why. */
  | { readonly verdict: 'unreadable'; readonly which: 'file' | 'trust' | 'saved'; readonly reason: string };

/** What `sillage verify` does with files, by the same checks. Pure: nothing is read, nothing is sent. */
export function examine({ file, trust, saved, person }: Chosen, now: Instant): Examined {
  const text = trust.trim();
  const policy = /\s/.test(text) ? parsePolicy(trust) : keyPolicy(text);
  if (!policy.ok) return { verdict: 'unreadable', which: 'trust', reason: policy.reason };
  const kept = keptIn(saved, policy.value);
  if (!kept.ok) return { verdict: 'unreadable', which: 'saved', reason: kept.reason };
  const judged = judgeFile(file, {
    policy: policy.value,
    now,
    ...kept.value,
    ...(person && { person }),
  });
  if (!judged.ok) return { verdict: 'unreadable', which: 'file', reason: judged.reason };
  const { verdict, checks, events, save } = judged.value;
  return { verdict, checks, events, ...(save && { keep: formatSavedCheck(save) }) };
}

function keptIn(saved: string | undefined, policy: LogPolicy): Result<Pick<Asked, 'saved' | 'shown'>> {
  if (saved === undefined) return { ok: true, value: {} };
  if (isKeysFile(saved)) {
    const shown = readShown(saved, policy);
    return shown.ok ? { ok: true, value: { shown: shown.value } } : shown;
  }
  const kept = readSaved(saved, policy);
  return kept.ok ? { ok: true, value: { saved: kept.value } } : kept;
}
