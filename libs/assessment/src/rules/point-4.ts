import { rule } from './rule.js';

const INFORM = [
  'Dites à la personne quoi, à qui et pourquoi, avant le partage.',
  'Tell the person what, to whom and why, before sharing.',
] as const;
const ASK = [
  'Recueillez l’accord de qui peut le donner.',
  'Obtain the agreement of whoever may give it.',
] as const;
const LIFT = [
  'Parlez-en avec la personne ; seul son changement d’avis ouvre le partage.',
  'Talk it over with the person; only their change of mind opens the sharing.',
] as const;
const VERIFY = [
  'Vérifiez le titre de qui a parlé, et la date de naissance.',
  'Verify the standing of whoever spoke, and the birth date.',
] as const;

export const POINT_4 = {
  'p4-requisition': rule(
    'not-applicable',
    'Réquisition : le secret de l’enquête dispense d’information et d’accord.',
    'Requisition: the secrecy of the inquiry dispenses with information and agreement.',
  ),
  'p4-information-not-applicable': rule(
    'not-applicable',
    'Ce texte ne touche pas à l’information de la personne.',
    'This provision does not concern informing the person.',
  ),
  'p4-informed': rule('ok', 'La personne a été informée avant.', 'The person was informed beforehand.'),
  'p4-information-not-required': rule(
    'ok',
    'Ce texte dispense d’informer la personne avant.',
    'This provision dispenses with informing the person beforehand.',
  ),
  'p4-partly-informed': rule(
    'warn',
    'Une des personnes à informer ne l’a pas été.',
    'One of those who must be informed was not.',
    INFORM,
    { duty: 'inform-person' },
  ),
  'p4-not-informed': rule(
    'block',
    'La personne n’a pas été informée avant, et ce texte l’exige.',
    'The person was not informed beforehand, and this provision requires it.',
    INFORM,
    { duty: 'inform-person' },
  ),
  'p4-exception': rule(
    'document',
    'Personne non informée : l’exception est motivée par écrit. Informez dès que possible.',
    'Person not informed: the exception is reasoned in writing. Inform as soon as possible.',
    null,
    { duty: 'inform-person' },
  ),
  'p4-inform-soon': rule(
    'warn',
    'La personne n’a pas été informée ; elle doit l’être.',
    'The person was not informed; they must be.',
    INFORM,
    { duty: 'inform-person' },
  ),
  'p4-consent-valid': rule(
    'ok',
    'Un accord valable couvre ce partage.',
    'A valid agreement covers this sharing.',
  ),
  'p4-consent-missing': rule(
    'block',
    'Aucun accord valable ne couvre ce partage.',
    'No valid agreement covers this sharing.',
    ASK,
    { sanctions: ['cp-226-13', 'cp-226-22'] },
  ),
  'p4-consent-doubtful': rule(
    'escalate',
    'On ne sait pas si qui a donné l’accord pouvait le donner.',
    'It is not known whether whoever agreed could do so.',
    VERIFY,
  ),
  'p4-nobody-may-consent': rule(
    'escalate',
    'Personne de connu ne peut donner l’accord : une personne désignée décide.',
    'Nobody known may give the agreement: a named person decides.',
    ['Faites établir qui peut consentir.', 'Have it established who may consent.'],
  ),
  'p4-emergency': rule(
    'warn',
    'Urgence ou impossibilité motivée : l’accord est à recueillir dès que possible.',
    'Emergency or impossibility with a reason: agreement is to be sought as soon as possible.',
    ASK,
    { duty: 'seek-consent' },
  ),
  'p4-no-objection': rule('ok', 'Personne ne s’est opposé.', 'Nobody has objected.'),
  'p4-objected': rule(
    'block',
    'Une opposition ou un refus est en vigueur.',
    'An objection or refusal is in force.',
    LIFT,
    { sanctions: ['cp-226-18-1', 'cp-226-13'] },
  ),
  'p4-objection-doubtful': rule(
    'escalate',
    'Une opposition est en vigueur, mais le titre de son auteur n’est pas vérifié.',
    'An objection is in force, but its author’s standing is not verified.',
    VERIFY,
  ),
  'p4-record-sought': rule(
    'document',
    'L’accord n’est pas exigé ; notez s’il a été recherché.',
    'Agreement is not required; record whether it was sought.',
    null,
    { duty: 'record-consent-sought' },
  ),
  'p4-answer-objection': rule(
    'warn',
    'La loi permet ce partage malgré l’opposition ; il faut y répondre.',
    'The law allows this sharing despite the objection; it must be answered.',
    ['Répondez à la personne, avec les motifs.', 'Answer the person, with reasons.'],
    { duty: 'answer-objection', sanctions: ['cp-226-18-1'] },
  ),
  'p4-objection-to-weigh': rule(
    'escalate',
    'La personne s’oppose et le texte se tait : une personne désignée décide.',
    'The person objects and the provision is silent: a named person decides.',
    LIFT,
    { sanctions: ['cp-226-18-1'] },
  ),
  'p4-parents-disagree': rule(
    'escalate',
    'Un titulaire de l’autorité parentale accepte, un autre refuse : une personne désignée décide.',
    'One holder of parental authority agrees, another refuses: a named person decides.',
    ['Recherchez l’accord des deux, ou saisissez le juge.', 'Seek the agreement of both, or go to court.'],
  ),
  'p4-parent-silent': rule(
    'warn',
    'Un seul titulaire de l’autorité parentale a donné son accord.',
    'Only one holder of parental authority has agreed.',
    ['Recueillez l’accord de l’autre titulaire.', 'Obtain the agreement of the other holder.'],
  ),
  'p4-age-unknown': rule('warn', 'L’âge de la personne n’est pas connu.', 'The person’s age is not known.', [
    'Inscrivez sa date de naissance.',
    'Record the birth date.',
  ]),
  'c5-not-informed': rule(
    'block',
    'La personne n’a pas été informée avant la commission.',
    'The person was not informed before the commission.',
    INFORM,
    { duty: 'inform-person' },
  ),
  'c5-exception': rule(
    'document',
    'Personne non informée avant la commission : le motif est écrit.',
    'Person not informed before the commission: the reason is in writing.',
    null,
    { duty: 'inform-person' },
  ),
  'c5-report-unknown': rule(
    'warn',
    'On ne sait pas si la personne connaît le rapport présenté.',
    'It is not known whether the person knows the report that is tabled.',
    ['Présentez le rapport à la personne avant la séance.', 'Show the person the report before the session.'],
  ),
} as const;
