export interface Text {
  readonly fr: string;
  readonly en: string;
}

export type VerificationStatus =
  | 'official-text-read'
  | 'text-read-on-secondary-site'
  | 'secondary-commentary'
  | 'from-knowledge-not-re-read'
  /** Ours, not the law's: a data officer may change it. */
  | 'design-choice';

/** Where an entry comes from: an address, or `provision:<id>` for a text that stands in this catalogue. */
export interface Sourced {
  readonly sources: readonly string[];
  readonly verification: { readonly status: VerificationStatus; readonly asOf: string | null };
}

export const LEVELS = ['public', 'personal', 'confidential', 'secret'] as const;
export type Level = (typeof LEVELS)[number];
