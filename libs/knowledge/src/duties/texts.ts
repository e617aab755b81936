import type { Catalogue, DutyKind, Text } from '#catalogue';

/** Names of what is owed beside what the catalogue sets deadlines for. */
const OWN_TEXTS = {
  'purge-on-notice': {
    fr: "Détruire ce que vise l'avis, ou y répondre",
    en: 'Purge what the notice names, or answer it',
  },
  'acknowledge-notice': { fr: "Accuser réception de l'avis", en: 'Acknowledge the notice' },
  'purge-on-lapse': {
    fr: "Détruire ce qu'un accord échu ne fonde plus, ou en obtenir un nouveau",
    en: 'Purge what a consent that has lapsed carries no longer, or obtain another',
  },
  'acknowledge-lapse': {
    fr: "Prendre acte de l'accord échu ; autre chose fonde encore ce qui est su",
    en: 'Acknowledge the consent that has lapsed; something else still carries what is known',
  },
  'answer-contest': { fr: 'Répondre à la contestation', en: 'Answer the contest' },
  'answer-access': {
    fr: "Répondre à la demande d'accès de la personne",
    en: 'Answer the person’s request for access',
  },
  'review-deferral': {
    fr: "Réexaminer le report de l'information de la personne, ou y mettre fin",
    en: 'Look at the deferral of telling the person again, or end it',
  },
  'review-exception': { fr: "Réexaminer l'exception", en: 'Look at the exception again' },
} as const satisfies Readonly<Record<string, Text>>;
type OwnKind = keyof typeof OWN_TEXTS;

export function dutyText(kind: string, catalogue: Catalogue): Text {
  return kind in OWN_TEXTS ? OWN_TEXTS[kind as OwnKind] : catalogue.deadline(kind as DutyKind).name;
}

/**
 * Whether the person is told that it is owed. What says how the discloser's side judged an act, or that they are not told
 * for now, is for that side alone; so is its own bookkeeping.
 */
const IS_TOLD: Readonly<Record<DutyKind | OwnKind, boolean>> = {
  'inform-person': true,
  'seek-consent': true,
  'answer-objection': true,
  'answer-contest': true,
  'answer-access': true,
  'tell-secrecy': true,
  'acknowledge-receipt': true,
  purge: true,
  'purge-on-notice': true,
  'acknowledge-notice': true,
  'purge-on-lapse': true,
  'acknowledge-lapse': true,
  'no-onward-sharing': true,
  'notify-changes': true,
  'attest-destruction': true,
  'record-effect': true,
  'give-result': true,
  'decide-escalation': true,
  'record-consent-sought': false,
  'record-care-relation': false,
  'settle-after-alert': false,
  'review-exception': false,
  'review-deferral': false,
};
export const TOLD_KINDS: readonly string[] = Object.entries(IS_TOLD).flatMap(([kind, told]) =>
  told ? [kind] : [],
);
