import type { Instant } from '#decider';
import {
  formatSavedCheck,
  judgeFile,
  keyPolicy,
  parsePolicy,
  readSaved,
  type Check,
  type CommittedEvent,
  type PersonVerdict,
} from '#transparency';

/** The texts of what a person chose, as they are. */
export interface Chosen {
  readonly file: string;
  /** A policy (c2sp.org/tlog-policy), or the log's verifier key alone. */
  readonly trust: string;
  /** A check or a checkpoint that was kept. */
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
  const kept = saved === undefined ? undefined : readSaved(saved, policy.value);
  if (kept && !kept.ok) return { verdict: 'unreadable', which: 'saved', reason: kept.reason };
  const judged = judgeFile(file, {
    policy: policy.value,
    now,
    ...(kept && { saved: kept.value }),
    ...(person && { person }),
  });
  if (!judged.ok) return { verdict: 'unreadable', which: 'file', reason: judged.reason };
  const { verdict, checks, events, save } = judged.value;
  return { verdict, checks, events, ...(save && { keep: formatSavedCheck(save) }) };
}
