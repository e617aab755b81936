import type { Text } from '#catalogue';

/** Names of what is owed beside what the catalogue sets deadlines for. */
export const DUTY_TEXTS: Readonly<Record<string, Text>> = {
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
};
