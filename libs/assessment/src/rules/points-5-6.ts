import { rule } from './rule.js';

const CHOOSE = [
  'Choisissez un destinataire que le texte désigne.',
  'Choose a recipient whom the provision designates.',
] as const;
const CARE = [
  'Faites inscrire sa participation à l’accompagnement, ou citez un autre texte.',
  'Have their part in the care recorded, or cite another provision.',
] as const;
const BIND = [
  'Adressez-vous à un professionnel tenu au secret par un texte.',
  'Turn to a professional whom a text binds by secrecy.',
] as const;
const CONFIRM_BINDING = [
  'Faites confirmer par le délégué le texte qui lie cette personne.',
  'Have the data officer confirm the text that binds this person.',
] as const;

export const POINT_5 = {
  'p5-ok': rule('ok', 'Chacun agit à un titre reconnu.', 'Everybody acts in a recognised capacity.'),
  'p5-discloser-not-in-force': rule(
    'block',
    'Votre mandat n’est pas en vigueur à cette date.',
    'Your mandate is not in force on this date.',
    ['Faites transmettre par un collègue en fonction.', 'Let a colleague in office pass it on.'],
    { softens: true },
  ),
  'p5-recipient-not-in-force': rule(
    'block',
    'Le mandat du destinataire n’est pas en vigueur à cette date.',
    'The recipient’s mandate is not in force on this date.',
    ['Adressez-vous à qui lui succède.', 'Turn to whoever took over.'],
  ),
  'p5-discloser-not-listed': rule(
    'block',
    'Le texte cité ne vous donne pas qualité pour transmettre.',
    'The cited provision does not entitle you to pass this on.',
    ['Citez un texte qui vise votre fonction.', 'Cite a provision that covers your function.'],
  ),
  'p5-recipient-not-listed': rule(
    'block',
    'Le texte cité ne désigne pas ce destinataire.',
    'The cited provision does not designate this recipient.',
    CHOOSE,
  ),
  'p5-not-named': rule(
    'block',
    'Ce texte exige un destinataire nommé.',
    'This provision requires a named recipient.',
    ['Nommez le professionnel qui recevra.', 'Name the professional who will receive.'],
  ),
  'p5-debated-standing': rule(
    'escalate',
    'Votre qualité repose sur un texte débattu : une personne désignée décide.',
    'Your standing rests on a debated text: a named person decides.',
    CONFIRM_BINDING,
    { softens: true },
  ),
  'p5-secret-without-provision': rule(
    'block',
    'Sans texte, personne n’a qualité pour recevoir une information secrète.',
    'Without a provision nobody has standing to receive secret information.',
    ['Citez un texte qui désigne ce destinataire.', 'Cite a provision that designates this recipient.'],
  ),
  'p5-mission-foreign': rule(
    'block',
    'La mission du destinataire ne sert pas ce but, et l’accord ne le nomme pas.',
    'The recipient’s mission does not serve this purpose, and no agreement names them.',
    ['Faites nommer ce destinataire dans l’accord.', 'Have the agreement name this recipient.'],
  ),
  'p5-discloser-care-ended': rule(
    'block',
    'Votre participation à l’accompagnement a pris fin.',
    'Your part in the care has ended.',
    CARE,
  ),
  'p5-recipient-care-ended': rule(
    'block',
    'La participation du destinataire à l’accompagnement a pris fin.',
    'The recipient’s part in the care has ended.',
    CARE,
  ),
  'p5-other-team': rule(
    'block',
    'Le destinataire appartient à une autre équipe de soins.',
    'The recipient belongs to another care team.',
    ['Citez le texte du partage hors de l’équipe.', 'Cite the provision on sharing outside the team.'],
  ),
  'p5-team-across-institutions': rule(
    'block',
    'Une même équipe est déclarée entre deux institutions, sans trace.',
    'One team is declared across two institutions, with nothing on record.',
    [
      'Faites inscrire l’équipe commune, ou citez un autre texte.',
      'Have the joint team recorded, or cite another provision.',
    ],
  ),
  'p5-no-membership': rule(
    'block',
    'Le destinataire n’est pas membre de cette commission pour cette situation.',
    'The recipient is not a member of this commission for this case.',
    ['Adressez-vous à un membre désigné.', 'Turn to an appointed member.'],
  ),
  'p5-declared': rule(
    'warn',
    'La relation avec la personne est déclarée, sans trace : elle sera inscrite.',
    'The relation to the person is declared, with nothing on record: it will be recorded.',
    CARE,
    { duty: 'record-care-relation' },
  ),
  'c2-unidentified': rule(
    'block',
    'Un participant n’est pas identifié par sa mission et sa fonction.',
    'A participant is not identified by mission and function.',
    ['Inscrivez sa mission et sa fonction.', 'Record their mission and function.'],
    { softens: true },
  ),
  'c2-not-bound': rule(
    'block',
    'Un participant n’est pas tenu au secret, ce que la commission exige.',
    'A participant is not bound by secrecy, which the commission requires.',
    BIND,
    { softens: true },
  ),
} as const;

export const POINT_6 = {
  'p6-ok': rule(
    'ok',
    'Le secret de chacun est établi autant que ce partage l’exige.',
    'Everybody’s secrecy is established as far as this sharing requires.',
  ),
  'p6-discloser-unbound': rule(
    'block',
    'Aucun texte ne vous tient au secret, et ce partage l’exige.',
    'No text binds you by secrecy, and this sharing requires it.',
    [
      'Faites transmettre par un professionnel tenu au secret.',
      'Let a professional bound by secrecy pass it on.',
    ],
  ),
  'p6-recipient-unbound': rule(
    'block',
    'Aucun texte ne tient le destinataire au secret.',
    'No text binds the recipient by secrecy.',
    BIND,
  ),
  'p6-discloser-debated': rule(
    'escalate',
    'Le texte qui vous tient au secret est débattu : une personne désignée décide.',
    'The text that binds you by secrecy is debated: a named person decides.',
    CONFIRM_BINDING,
    { softens: true },
  ),
  'p6-recipient-debated': rule(
    'escalate',
    'Le texte qui tient le destinataire au secret est débattu : une personne désignée décide.',
    'The text that binds the recipient by secrecy is debated: a named person decides.',
    CONFIRM_BINDING,
    { softens: true },
  ),
} as const;
