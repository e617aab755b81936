import { rule } from './rule.js';

export const POINT_1 = {
  'p1-ok': rule(
    'ok',
    'Le but, l’objectif et le bénéfice sont dits.',
    'Purpose, objective and benefit are stated.',
  ),
  'p1-purpose-missing': rule(
    'block',
    'Aucun but du catalogue n’est indiqué.',
    'No purpose of the catalogue is given.',
    ['Choisissez le but du partage.', 'Choose the purpose of the sharing.'],
  ),
  'p1-purpose-foreign': rule(
    'block',
    'Le texte cité ne sert pas ce but.',
    'The cited text does not serve this purpose.',
    [
      'Citez un texte qui sert ce but, ou nommez le vrai but.',
      'Cite a text for this purpose, or name the true purpose.',
    ],
    { sanctions: ['cp-226-21'] },
  ),
  'p1-reuse': rule(
    'block',
    'L’information a été obtenue pour un autre but : c’est une réutilisation.',
    'The information was obtained for another purpose: this is reuse.',
    [
      'Citez un texte qui nomme ce but, ou recueillez un accord qui le nomme.',
      'Cite a text that names this purpose, or obtain an agreement that does.',
    ],
    { sanctions: ['cp-226-21'], softens: true },
  ),
  'p1-objective-blank': rule(
    'warn',
    'L’objectif précis du partage n’est pas dit.',
    'The precise objective of the sharing is not stated.',
    [
      'Écrivez en une phrase ce que le partage doit permettre.',
      'Write in one sentence what the sharing should make possible.',
    ],
  ),
  'p1-no-benefit': rule(
    'warn',
    'On ne dit pas ce que la personne y gagne et pourra constater.',
    'It is not stated what the person gains and will be able to see.',
    [
      'Écrivez l’effet que la personne pourra constater.',
      'Write the effect that the person will be able to see.',
    ],
  ),
  'c7-session-reuse': rule(
    'block',
    'Ce qui a été appris en commission ne sert qu’à cette commission.',
    'What was learnt in a commission serves that commission only.',
    ['Recueillez un accord qui nomme ce nouvel usage.', 'Obtain an agreement that names this new use.'],
    { sanctions: ['cp-226-15', 'cp-226-21', 'cp-226-22'], softens: true },
  ),
  'c10-record-levers': rule(
    'document',
    'Notez aussi leviers, accompagnement et coopérations ; remettez le résultat à la personne.',
    'Also record levers, accompaniment and cooperation; give the person the result.',
    null,
    { duty: 'give-result' },
  ),
} as const;

export const POINT_2 = {
  'p2-ok': rule('ok', 'Le niveau de confidentialité est connu.', 'The level of confidentiality is known.'),
  'p2-no-gdpr-ground': rule(
    'block',
    'Donnée sensible sans motif légal pour ce but.',
    'Special-category data without a legal ground for this purpose.',
    [
      'Recueillez un accord exprès, ou retirez cet élément.',
      'Obtain an explicit agreement, or leave this item out.',
    ],
    { sanctions: ['gdpr-9', 'cp-226-19'] },
  ),
  'p2-level-missing': rule(
    'warn',
    'Aucun niveau n’est déclaré : l’information compte comme secrète.',
    'No level is declared: the information counts as secret.',
    ['Déclarez le niveau de cette information.', 'Declare the level of this information.'],
  ),
  'p2-third-party': rule(
    'warn',
    'L’information parle aussi d’un tiers.',
    'The information is also about a third party.',
    [
      'Retirez ce qui concerne le tiers, ou dites pourquoi c’est nécessaire.',
      'Leave out what concerns the third party, or say why it is needed.',
    ],
  ),
  'p2-declared-low': rule(
    'warn',
    'Le niveau déclaré est plus bas que celui de sa catégorie.',
    'The declared level is lower than that of its category.',
    ['Relevez le niveau, ou dites pourquoi il est plus bas.', 'Raise the level, or say why it is lower.'],
  ),
} as const;

const CITE = [
  'Citez un texte de loi qui autorise ce partage.',
  'Cite a provision of law that authorises this sharing.',
] as const;

export const POINT_3 = {
  'p3-ok': rule(
    'ok',
    'Un texte en vigueur autorise ce partage.',
    'A provision in force authorises this sharing.',
  ),
  'p3-no-provision': rule(
    'block',
    'Information à caractère secret sans texte qui autorise son partage ; l’accord seul n’y suffit pas.',
    'Secret information with no provision that authorises sharing it; agreement alone is not enough.',
    CITE,
    { sanctions: ['cp-226-13'] },
  ),
  'p3-unfit-provision': rule(
    'block',
    'Le texte cité n’autorise aucun partage : il compte comme absent.',
    'The cited text authorises no sharing: it counts as none.',
    CITE,
    { sanctions: ['cp-226-13'] },
  ),
  'p3-text-sought': rule(
    'block',
    'Aucun texte n’est connu pour ce but ; il est recherché.',
    'No provision is known for this purpose; one is being sought.',
    [
      'Faites la démarche pour la personne, avec son accord sur chaque élément.',
      'Make the request for the person, who agrees to each item.',
    ],
    { sanctions: ['cp-226-13'] },
  ),
  'p3-none-on-purpose': rule(
    'block',
    'Aucun texte n’autorise ce partage pour ce but, et c’est voulu.',
    'No provision authorises sharing for this purpose, and that is intended.',
    [
      'Laissez la personne ou ses parents le dire eux-mêmes.',
      'Let the person or the parents tell it themselves.',
    ],
    { sanctions: ['cp-226-13'] },
  ),
  'p3-above-max-level': rule(
    'block',
    'Le texte cité ne va pas jusqu’à ce niveau d’information.',
    'The cited provision does not reach this level of information.',
    [
      'Partagez des faits moins sensibles, ou citez un autre texte.',
      'Share less sensitive facts, or cite another provision.',
    ],
  ),
  'p3-not-in-force': rule(
    'block',
    'Le texte cité n’est pas en vigueur à cette date.',
    'The cited provision is not in force on this date.',
    ['Citez le texte en vigueur.', 'Cite the provision in force.'],
    { softens: true },
  ),
  'p3-low-confidence': rule(
    'escalate',
    'La lecture de ce texte est très incertaine : une personne désignée décide.',
    'The reading of this provision is very uncertain: a named person decides.',
    ['Faites confirmer la lecture par le délégué.', 'Have the data officer confirm the reading.'],
    { softens: true },
  ),
  'p3-requisition': rule(
    'escalate',
    'Une réquisition oppose devoir et secret : une personne désignée décide, par écrit.',
    'A requisition sets duty against secrecy: a named person decides, in writing.',
    [
      'Faites examiner le motif légitime par la direction et le délégué.',
      'Have management and the data officer examine the legitimate reason.',
    ],
  ),
  'p3-cpp-40': rule(
    'escalate',
    'Agent tenu au secret : l’article 40 ne tranche pas, une personne désignée décide.',
    'An agent bound by secrecy: article 40 does not settle it, a named person decides.',
    ['Vérifiez d’abord l’article 226-14 du code pénal.', 'Check article 226-14 of the criminal code first.'],
    { softens: true },
  ),
  'p3-medium-confidence': rule(
    'warn',
    'La lecture de ce texte reste à confirmer.',
    'The reading of this provision is still to be confirmed.',
    ['Signalez l’usage de ce texte au délégué.', 'Tell the data officer that this provision is used.'],
  ),
  'p3-dates-unknown': rule(
    'ok',
    'Les dates de ce texte ne sont pas connues : il compte comme en vigueur.',
    'The dates of this provision are not known: it counts as in force.',
  ),
} as const;
