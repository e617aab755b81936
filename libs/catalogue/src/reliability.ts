import type { Sourced, Text, VerificationStatus } from './entries.js';

/** How far an entry can be relied on; shown wherever the entry is. */
export interface Reliability {
  readonly status: VerificationStatus;
  readonly confidence: 'high' | 'medium' | 'low' | 'not-graded';
  /** The text itself was read and its reading is not doubted. */
  readonly settled: boolean;
  /** What to tell whoever relies on it; nothing where it is settled. */
  readonly caution: Text | null;
}

export type Found<Entry> = Entry & { readonly reliability: Reliability };

const CAUTIONS: Readonly<Record<VerificationStatus, Text | null>> = {
  'official-text-read': null,
  'text-read-on-secondary-site': null,
  'secondary-commentary': {
    fr: 'Connu par des commentaires : le texte officiel n’a pas été relu.',
    en: 'Known through commentary: the official text was not re-read.',
  },
  'from-knowledge-not-re-read': {
    fr: 'Noté de mémoire : non vérifié.',
    en: 'Noted from memory: not verified.',
  },
  'design-choice': {
    fr: 'Choix de conception, non une règle de droit.',
    en: 'A design choice, not a rule of law.',
  },
};

const DOUBTED: Text = {
  fr: 'Lecture incertaine : à confirmer par le délégué à la protection des données.',
  en: 'Uncertain reading: to be confirmed by the data officer.',
};

export function reliabilityOf(
  entry: Sourced & { readonly confidence?: 'high' | 'medium' | 'low' },
): Reliability {
  const { status } = entry.verification;
  const confidence = entry.confidence ?? 'not-graded';
  const doubted = confidence === 'medium' || confidence === 'low';
  const caution = CAUTIONS[status] ?? (doubted ? DOUBTED : null);
  return { status, confidence, settled: caution === null, caution };
}
