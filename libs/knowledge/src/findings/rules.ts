import type { Text } from '#catalogue';

export const SEVERITIES = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Rules of compliance that recorded facts can break, with what breaking them weighs. */
export const FINDING_RULES = {
  'after-withdrawal': {
    severity: 'critical',
    fr: 'Partagé après un retrait, un refus ou une opposition.',
    en: 'Shared after a withdrawal, a refusal or an objection.',
  },
  'no-valid-basis': {
    severity: 'major',
    fr: 'Aucun fondement valable quand le partage a pris effet.',
    en: 'No valid basis when the sharing took effect.',
  },
  'onward-wider': {
    severity: 'major',
    fr: 'Transmis plus loin que ne le permettait le partage reçu.',
    en: 'Passed on further than the sharing it came from allowed.',
  },
  'retention-over': {
    severity: 'major',
    fr: 'La durée de conservation est passée, aucune destruction n’est attestée.',
    en: 'Retention is over and no purge is attested.',
  },
  'notice-unanswered': {
    severity: 'major',
    fr: 'Un avis est resté sans réponse.',
    en: 'A notice was left unanswered.',
  },
  'origin-not-confirmed': {
    severity: 'minor',
    fr: 'Rien au registre ne confirme d’où celui qui partage le tenait.',
    en: 'Nothing on record confirms how whoever shared it came to know.',
  },
  'decided-on-older-facts': {
    severity: 'minor',
    fr: 'Décidé pendant qu’un autre fait était inscrit sur la personne, sans en tenir compte.',
    en: 'Decided while another fact about the person was being recorded, without regard to it.',
  },
  'recorded-late': {
    severity: 'minor',
    fr: 'Inscrit plus d’une semaine après les faits.',
    en: 'Recorded more than a week after it happened.',
  },
} as const satisfies Readonly<Record<string, Text & { readonly severity: Severity }>>;
export type FindingRule = keyof typeof FINDING_RULES;
export const RULE_CODES = Object.keys(FINDING_RULES) as readonly FindingRule[];

/** A rule that recorded facts break. */
export interface Finding {
  readonly rule: FindingRule;
  /** What it is found out about: an act, a notice, a holder’s knowledge of an item. */
  readonly about: string;
  readonly disclosure: string | null;
  readonly item: string | null;
  readonly holder: string | null;
  /** Whose act it is, or who has not done it. */
  readonly institution: string | null;
  readonly facts: readonly { readonly kind: string; readonly id: string }[];
  readonly fromMs: number;
  readonly toMs?: number;
}
