/**
 * The French of every sentence and reason that the checks can say. `{}` is a value, in the order of the English; a
 * value that is a sentence itself is looked up too. A spec compares this list with the sources of the checks.
 */
export const FRENCH: Readonly<Record<string, string>> = {
  'The checkpoint is refused: {}.': 'L’état signé du registre est refusé : {}.',
  'The log {} signed a checkpoint of {} entries.': 'Le registre {} a signé son état : {} lignes.',
  'The file leaves out one of your streams.': 'Il manque un de vos dossiers dans ce fichier.',
  'The file shows a stream that is not yours.': 'Ce fichier montre un dossier qui n’est pas le vôtre.',
  'The file shows a stream twice.': 'Ce fichier montre deux fois le même dossier.',
  'The file is about your streams, all of them.': 'Ce fichier parle de vos dossiers, et de tous.',
  'Without a map nothing can be said about your streams.':
    'Sans le sommaire du registre, on ne peut rien dire de vos dossiers.',
  'Only {} of the {} witnesses asked for have cosigned this checkpoint.':
    'Seulement {} témoin(s) sur les {} demandés ont signé cet état du registre.',
  'No witness cosigned this checkpoint, so others may have been shown another log.':
    'Aucun témoin n’a signé cet état : on a pu montrer un autre registre à d’autres personnes.',
  'Independent witnesses ({}) saw this checkpoint.':
    'Des témoins indépendants ({}) ont vu et signé cet état du registre.',
  'A witness recomputed the whole log before it cosigned.':
    'Un témoin a recalculé tout le registre avant de signer.',
  'No witness that recomputes the whole log has cosigned.':
    'Aucun témoin qui recalcule tout le registre n’a signé.',
  'There is no cosignature to date it by.': 'Sans signature de témoin, rien ne donne la date.',
  'The newest cosignature is more than 24 hours old ({}).':
    'La dernière signature d’un témoin a plus de 24 heures ({}).',
  'A witness cosigned within the last 24 hours.': 'Un témoin a signé dans les dernières 24 heures.',
  'No earlier check was kept.': 'Vous n’avez pas donné de vérification précédente.',
  'The log has {} entries now and had {} at the earlier check.':
    'Le registre a {} lignes, et en avait {} lors de votre vérification précédente : il a été raccourci.',
  'The log of the earlier check is the beginning of this one.':
    'Le registre de votre vérification précédente est bien le début de celui-ci.',
  'The log was not shown to continue the one of the earlier check.':
    'Rien ne montre que ce registre continue celui de votre vérification précédente.',
  'The log signed with another key at the earlier check, and that one did not hand over.':
    'Lors de votre vérification précédente, le registre signait avec une autre clé, qui n’a pas désigné celle-ci.',
  'The log had {} entries at the earlier check, and declares that those from {} on were lost: only your own events can be compared.':
    'Le registre avait {} lignes lors de votre vérification précédente, et déclare avoir perdu celles à partir de la ligne {} : seuls vos propres événements peuvent être comparés.',
  'The earlier checkpoint is of another log.': 'L’état gardé est celui d’un autre registre.',
  'The log had {} entries under its earlier name, and declares that it had only {} when some were lost: the declaration is false.':
    'Le registre avait {} lignes sous son ancien nom, et déclare n’en avoir eu que {} lors de sa perte : la déclaration est fausse.',
  'The checkpoint that the log declares as its last one before a loss is not the one that it has shown: the declaration is false.':
    'L’état que le registre déclare comme le dernier avant une perte n’est pas celui qu’il a montré : la déclaration est fausse.',
  'The file leaves out a loss that the log declares.':
    'Ce fichier passe sous silence une perte que le registre déclare.',
  'The log declares that of its {} entries those from {} on were lost; your events of until then are all here.':
    'Le registre déclare que, sur ses {} lignes, celles à partir de la ligne {} ont été perdues ; vos événements jusque-là sont tous ici.',
  'The log declares that of its {} entries under the name {} those from {} on were lost: what they held is here only where it was logged again.':
    'Le registre déclare que, sur ses {} lignes sous le nom {}, celles à partir de la ligne {} ont été perdues : ce qu’elles contenaient n’est ici que si cela a été inscrit de nouveau.',
  'Of the {} events of the earlier check some are gone: they were in the log, in the part that it declares as lost.':
    'Sur les {} événements de votre vérification précédente, certains ont disparu : ils étaient dans le registre, dans la partie qu’il déclare perdue.',
  'The log has {} entries, fewer than its receipt says.':
    'Le registre a {} lignes, moins que ne le dit son reçu.',
  'It was entry {} of the log {}, which declares that its entries from {} on were lost: where it gives out no receipt of it as {}, the event is lost, not false.':
    'C’était la ligne {} du registre {}, qui déclare avoir perdu ses lignes à partir de la ligne {} : s’il n’en donne pas de reçu sous le nom {}, l’événement est perdu, il n’est pas faux.',
  'The log declares no loss of it; whether it stands there was not looked at.':
    'Le registre ne déclare pas l’avoir perdu ; sa présence n’a pas été contrôlée.',
  'It stands in the log as that is shown, at the same place.':
    'Il est dans le registre tel qu’il est montré, à la même place.',
  'The log as it is shown has something else in its place, and declares no loss of it.':
    'Le registre tel qu’il est montré a autre chose à sa place, et ne déclare pas l’avoir perdu.',
  'The last entry of the checkpoint is not its map entry.':
    'La dernière ligne du registre n’est pas son sommaire.',
  'The map is the one of {}.': 'Le sommaire est celui du {}.',
  'A map entry of the file is not in the log.':
    'Un sommaire montré par ce fichier n’est pas dans le registre.',
  'The map entries of the file are in the log.':
    'Les sommaires montrés par ce fichier sont dans le registre.',
  'It was refused because {}.': 'Il est refusé : {}.',
  '{}, event {} of {}, recorded {}, is what was committed to.':
    '{}, événement {} de {}, inscrit le {}, est mot pour mot ce qui a été inscrit.',
  'It is in the log {} of {} entries.': 'Il est dans le registre {}, qui a {} lignes.',
  'The file is read as that of the person {}.': 'Ce fichier est lu comme celui de la personne {}.',
  'A receipt does not show whether the log continues the one of the earlier check.':
    'Un reçu ne montre pas si le registre continue celui de votre vérification précédente.',
  'The log is the one of the earlier check.': 'Le registre est celui de votre vérification précédente.',
  'The log is not the one of the earlier check.':
    'Le registre n’est pas celui de votre vérification précédente.',
  'What the map says about this stream is proved.': 'Ce que le sommaire dit de ce dossier est prouvé.',
  "The part of the map that is shown for this stream is not the checkpoint's.":
    'La partie du sommaire montrée pour ce dossier n’est pas celle qui a été signée.',
  'The part of the map shown is malformed.': 'La partie du sommaire montrée est mal formée.',
  'The map proves that this stream has no event.': 'Le sommaire prouve que ce dossier ne contient rien.',
  'The file shows events that the map does not know.':
    'Ce fichier montre des événements que le sommaire ne connaît pas.',
  'The map counts the same {} events as the file.':
    'Le sommaire compte autant d’événements que ce fichier : {}.',
  'The map does not stand for the {} events of the file: some are hidden.':
    'Le sommaire ne correspond pas aux {} événements de ce fichier : il y en a de cachés.',
  'The entry of event {} cannot be read.': 'La ligne de l’événement {} ne peut pas être lue.',
  'The entry of event {} is of another stream.': 'La ligne de l’événement {} est celle d’un autre dossier.',
  'Event {} is missing: {} stands in its place.': 'L’événement {} manque : {} est à sa place.',
  'Event {} does not follow the one before it.': 'L’événement {} ne suit pas celui d’avant.',
  'Event {} stands before its predecessor in the log.':
    'L’événement {} est placé dans le registre avant celui qu’il suit.',
  'Each event names the one before it.': 'Chaque événement nomme celui d’avant.',
  'Each event is in the log.': 'Chaque événement est dans le registre.',
  'Event {} is not in the log.': 'L’événement {} n’est pas dans le registre.',
  'Event {} belongs to another stream.': 'L’événement {} appartient à un autre dossier.',
  'Event {} says that it is event {}.': 'L’événement {} dit qu’il est l’événement {}.',
  'Event {} is not what was committed to.':
    'L’événement {} n’est pas celui qui a été inscrit : il a été changé.',
  'The stored bytes of event {} are not those that were logged.':
    'Les données gardées de l’événement {} ne sont pas celles qui ont été inscrites.',
  'Each event is word for word what was logged.': 'Chaque événement est mot pour mot ce qui a été inscrit.',
  'The events of the earlier check are all there, unchanged.':
    'Les événements de votre vérification précédente sont tous là, inchangés.',
  'The {} events of the earlier check are not there as they were.':
    'Les {} événements de votre vérification précédente ne sont plus là comme ils étaient.',
  'Event {} has no time in UTC with milliseconds.': 'L’événement {} n’a pas de date lisible.',
  'The file lacks the map entries around event {}.':
    'Il manque dans ce fichier les sommaires autour de l’événement {}.',
  'Event {} is dated before the event it follows.':
    'L’événement {} porte une date antérieure à celle de l’événement qu’il suit.',
  'Each event was logged when it says it was recorded.':
    'Chaque événement est entré dans le registre à la date qu’il porte.',
  'Event {} is back-dated: it was logged after {}.':
    'L’événement {} est antidaté : il est entré dans le registre après le {}.',
  'Event {} is dated ahead: it was logged before {}.':
    'L’événement {} est postdaté : il est entré dans le registre avant le {}.',
  'Each event reached the log within minutes.':
    'Chaque événement est entré dans le registre en quelques minutes.',
  ' So with {} more.': ' C’est le cas de {} autre(s).',
  'Event {} says {}, and the log counted nothing from {} to {}: it stood still, or the event is back-dated.{}':
    'L’événement {} porte la date du {}, et le registre n’a rien compté du {} au {} : il était à l’arrêt, ou l’événement est antidaté.{}',
};
