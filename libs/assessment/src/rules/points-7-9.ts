import { rule } from './rule.js';

const JUSTIFY = [
  'Écrivez pourquoi ce destinataire a besoin de cet élément.',
  'Write why this recipient needs this item.',
] as const;
const REMOVE = ['Retirez cet élément.', 'Leave this item out.'] as const;
const REPORT = [
  'Joignez le rapport daté et signé, avec ses sources et les critères.',
  'Attach the dated, signed report, with its sources and criteria.',
] as const;
const AGREE = [
  'Recueillez l’accord pour ce passage vers une autre institution.',
  'Obtain agreement to this passing to another institution.',
] as const;

export const POINT_7 = {
  'p7-ok': rule(
    'ok',
    'Seul le strict nécessaire est transmis.',
    'Only what is strictly necessary is passed on.',
  ),
  'p7-no-provision': rule(
    'not-applicable',
    'Sans texte, il n’y a rien à mesurer au nécessaire.',
    'Without a provision there is nothing to measure necessity against.',
  ),
  'p7-no-justification': rule(
    'block',
    'Rien ne dit pourquoi cet élément est nécessaire à ce destinataire.',
    'Nothing says why this recipient needs this item.',
    JUSTIFY,
    { softens: true },
  ),
  'p7-justify': rule(
    'warn',
    'On ne dit pas pourquoi cet élément est nécessaire.',
    'It is not said why this item is needed.',
    JUSTIFY,
  ),
  'p7-excluded': rule(
    'block',
    'Le texte cité exclut ce type d’information.',
    'The cited provision excludes this kind of information.',
    REMOVE,
  ),
  'p7-unrelated': rule(
    'block',
    'Cet élément est sans lien avec le point examiné.',
    'This item has nothing to do with the point examined.',
    REMOVE,
  ),
  'p7-whole-file': rule('warn', 'Tout un dossier est joint.', 'A whole file is attached.', [
    'N’envoyez que les pages utiles.',
    'Send only the pages that are needed.',
  ]),
  'p7-commentary': rule(
    'warn',
    'Un commentaire accompagne l’information.',
    'A commentary goes with the information.',
    ['Tenez-vous-en aux faits.', 'Keep to the facts.'],
  ),
  'c1-no-report': rule(
    'block',
    'La situation est présentée sans rapport d’instructeur.',
    'The case is presented without an instructor’s report.',
    REPORT,
    { softens: true },
  ),
  'c1-report-incomplete': rule(
    'block',
    'Il manque au rapport l’auteur, la date, les sources ou les critères.',
    'The report lacks its author, date, sources or criteria.',
    REPORT,
    { softens: true },
  ),
  'c3-off-agenda': rule(
    'block',
    'Cet élément ne répond pas à l’ordre du jour ni aux critères de la commission.',
    'This item answers neither the agenda nor the commission’s criteria.',
    [
      'Inscrivez la situation à l’ordre du jour, ou retirez l’élément.',
      'Put the case on the agenda, or leave the item out.',
    ],
  ),
  'c4-criteria-suffice': rule(
    'warn',
    'Les critères généraux semblent suffire : un examen collectif est-il utile ?',
    'General criteria seem to suffice: is collective examination needed?',
    [
      'Écrivez pourquoi la situation demande un examen collectif.',
      'Write why the case needs collective examination.',
    ],
  ),
  'c6-withheld': rule(
    'warn',
    'Un élément essentiel est gardé sans dire pourquoi.',
    'An essential item is withheld without reasons.',
    ['Écrivez pourquoi il n’est pas partagé.', 'Write why it is not shared.'],
  ),
} as const;

export const POINT_8 = {
  'p8-same-institution': rule(
    'ok',
    'L’information reste dans l’institution.',
    'The information stays in the institution.',
  ),
  'p8-agreed': rule(
    'ok',
    'L’accord couvre le passage vers l’autre institution.',
    'The agreement covers the passing to the other institution.',
  ),
  'p8-provision-instead': rule(
    'document',
    'Le texte cité tient lieu d’accord pour ce passage.',
    'The cited provision stands in for agreement to this passing.',
  ),
  'p8-agreement-lacking': rule(
    'warn',
    'Le texte se tait sur l’accord, et aucun n’est recueilli.',
    'The provision is silent on agreement, and none was obtained.',
    AGREE,
  ),
  'p8-emergency': rule(
    'warn',
    'Urgence ou impossibilité : l’accord reste à recueillir.',
    'Emergency or impossibility: agreement is still to be obtained.',
    AGREE,
  ),
  'p8-no-agreement': rule(
    'block',
    'Une autre institution recevrait l’information sans accord valable.',
    'Another institution would receive the information without valid agreement.',
    AGREE,
    { sanctions: ['cp-226-13', 'cp-226-22'] },
  ),
  'p8-objected': rule(
    'block',
    'Une opposition ou un refus barre le passage vers l’autre institution.',
    'An objection or refusal bars the passing to the other institution.',
    AGREE,
    { sanctions: ['cp-226-18-1', 'cp-226-13'] },
  ),
  'p8-answer-objection': rule(
    'warn',
    'Le passage est permis malgré l’opposition ; il faut y répondre.',
    'The passing is allowed despite the objection; it must be answered.',
    ['Répondez à la personne, avec les motifs.', 'Answer the person, with reasons.'],
    { duty: 'answer-objection' },
  ),
  'p8-to-decide': rule(
    'escalate',
    'L’accord au passage est contesté ou douteux : une personne désignée décide.',
    'Agreement to the passing is contested or doubtful: a named person decides.',
    AGREE,
  ),
  'p8-onward-barred': rule(
    'block',
    'L’information a été reçue à la condition de ne pas la transmettre ainsi.',
    'The information was received on condition that it not be passed on like this.',
    ['Demandez à qui vous l’a transmise, ou à la personne.', 'Ask whoever passed it to you, or the person.'],
    { sanctions: ['cp-226-21', 'cp-226-22'] },
  ),
  'p8-no-manager': rule(
    'warn',
    'Aucun responsable ne répond de ce passage.',
    'No manager answers for this passing.',
    ['Indiquez le responsable qui valide.', 'Name the manager who validates.'],
  ),
} as const;

export const POINT_9 = {
  'p9-trace': rule(
    'document',
    'Le partage laisse une trace : accusé, durée, destruction, avis des changements.',
    'The sharing leaves a trace: receipt, duration, destruction, notice of changes.',
  ),
  'p9-not-recordable': rule(
    'block',
    'On ne pourra pas dire à la personne qui a reçu l’information.',
    'The person could not be told who received the information.',
    [
      'Nommez le destinataire, ou assurez la trace des accès.',
      'Name the recipient, or make sure accesses are logged.',
    ],
    { sanctions: ['gdpr-15', 'cp-226-17'] },
  ),
  'p9-no-retention': rule(
    'block',
    'Aucune règle de conservation n’est choisie.',
    'No retention rule is chosen.',
    ['Choisissez une règle de conservation.', 'Choose a retention rule.'],
    { sanctions: ['cp-226-20'] },
  ),
  'p9-no-file': rule(
    'block',
    'Ce texte interdit tout fichier, et une copie est gardée.',
    'This provision bars any file, and a copy is kept.',
    ['Ne gardez ni copie ni note.', 'Keep neither copy nor note.'],
    { sanctions: ['cp-226-19', 'cp-226-21'] },
  ),
  'p9-duty-impossible': rule(
    'block',
    'Une obligation née de ce partage ne peut plus être tenue.',
    'A duty that follows from this sharing can no longer be met.',
    ['Corrigez la date, ou désignez quelqu’un en fonction.', 'Correct the date, or name somebody in office.'],
    { sanctions: ['cp-226-20'] },
  ),
  'p9-insecure-channel': rule(
    'warn',
    'Le moyen de transmission n’est pas connu comme sûr.',
    'The channel is not known to be secure.',
    ['Employez une messagerie sécurisée ou la parole directe.', 'Use secure messaging or speak directly.'],
    { sanctions: ['cp-226-17'] },
  ),
  'p9-beyond-rule': rule(
    'warn',
    'La durée demandée dépasse la règle de conservation.',
    'The period asked for goes beyond the retention rule.',
    ['Raccourcissez la durée.', 'Shorten the period.'],
    { sanctions: ['cp-226-20'] },
  ),
  'p9-rule-for-others': rule(
    'warn',
    'Cette règle de conservation vise d’autres buts ou d’autres informations.',
    'This retention rule is for other purposes or other information.',
    [
      'Choisissez la règle de ce but et de ces informations.',
      'Choose the rule for this purpose and information.',
    ],
    { sanctions: ['cp-226-20'] },
  ),
  'c8-kept-from-session': rule(
    'block',
    'Une copie, une note ou un fichier est tiré de la séance.',
    'An export, note or file is made from the session.',
    ['Ne gardez que le relevé de décision.', 'Keep only the decision statement.'],
    { sanctions: ['cp-226-19', 'cp-226-18-1'] },
  ),
  'c9-destroy-papers': rule(
    'document',
    'Chaque participant atteste la destruction de ses documents de séance.',
    'Every participant attests the destruction of session papers.',
    null,
    { duty: 'attest-destruction' },
  ),
} as const;
