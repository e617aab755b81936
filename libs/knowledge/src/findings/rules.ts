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
  'outside-care-team': {
    severity: 'major',
    fr: 'Partagé hors de l’équipe de soins sans accord de la personne.',
    en: 'Shared outside the care team without the person’s agreement.',
  },
  'border-not-agreed': {
    severity: 'major',
    fr: 'Transmis à une autre institution sans l’accord que le texte demande.',
    en: 'Passed to another institution without the agreement that the law asks for.',
  },
  'purpose-differs': {
    severity: 'major',
    fr: 'Réutilisé pour un autre but que celui pour lequel il avait été obtenu.',
    en: 'Reused for another purpose than the one it was obtained for.',
  },
  'session-reused': {
    severity: 'critical',
    fr: 'Appris en commission, et utilisé ou conservé hors de cette commission.',
    en: 'Learnt in a commission, and used or kept outside of that commission.',
  },
  'recipient-not-bound': {
    severity: 'major',
    fr: 'Le destinataire n’était pas tenu au secret.',
    en: 'The recipient was not bound by secrecy.',
  },
  'person-not-informed': {
    severity: 'major',
    fr: 'La personne n’a pas été informée à temps.',
    en: 'The person was not informed in time.',
  },
  'mandate-over': {
    severity: 'major',
    fr: 'Un mandat ou un siège n’était pas en vigueur au moment du partage.',
    en: 'A mandate or a seat was not in force when it was shared.',
  },
  'kept-after-mandate': {
    severity: 'minor',
    fr: 'Le mandat a pris fin, aucune destruction n’est attestée.',
    en: 'The mandate has ended and no purge is attested.',
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
