import type { CheckName } from '#transparency';

/** Everything the page says itself; what the checks say is in `told`. */
export interface Words {
  readonly title: string;
  readonly intro: string;
  readonly offline: string;
  readonly save: string;
  readonly language: string;
  readonly fileStep: string;
  readonly file: string;
  readonly fileHint: string;
  readonly trustStep: string;
  readonly trustHint: string;
  readonly trustFile: string;
  readonly trustText: string;
  readonly earlierStep: string;
  readonly saved: string;
  readonly savedHint: string;
  readonly person: string;
  readonly personHint: string;
  readonly verify: string;
  readonly working: string;
  readonly missing: Readonly<Record<'file' | 'trust', string>>;
  readonly unreadable: Readonly<Record<'file' | 'trust' | 'saved', string>>;
  readonly result: string;
  readonly verdicts: Readonly<Record<Outcome, { readonly word: string; readonly means: string }>>;
  readonly whatNow: string;
  readonly limits: readonly string[];
  readonly limitsTitle: string;
  readonly wrong: string;
  readonly notable: string;
  readonly general: string;
  readonly streams: Readonly<Record<string, string>>;
  readonly marks: Readonly<Record<'passed' | 'failed' | 'warned' | 'skipped', string>>;
  readonly checks: Readonly<Record<CheckName, string>>;
  readonly allChecks: string;
  readonly keep: string;
  readonly keepHint: string;
  readonly keepName: string;
  /** `n`: how many events. */
  readonly contents: (n: number) => string;
  readonly contentsHint: string;
  /** In place of it, where the file failed. */
  readonly unproved: string;
  readonly event: string;
}

/** A receipt is about one event, so its verdict says less. */
export type Outcome = 'complete' | 'unaltered' | 'receipt' | 'sinceLoss' | 'failed' | 'unreadable';
