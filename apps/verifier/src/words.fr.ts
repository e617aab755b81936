import type { Words } from './words.js';

export const FRENCH_WORDS: Words = {
  title: 'Vérifier un fichier du registre',
  intro:
    'On vous a remis un reçu, ou le fichier de tout ce que le registre contient sur vous. Cette page contrôle que rien n’y a été changé, retiré ou caché.',
  offline:
    'Tout se passe sur votre appareil. Cette page n’envoie rien et n’a pas besoin d’Internet : vous pouvez l’enregistrer, couper la connexion, puis l’ouvrir.',
  save: 'Enregistrer cette page',
  language: 'Langue',
  fileStep: '1. Le fichier à vérifier',
  file: 'Votre fichier',
  fileHint: 'Le reçu ou le fichier de preuve. Son nom finit souvent par « .json ».',
  trustStep: '2. Les clés de confiance',
  trustHint:
    'Elles disent quelles signatures accepter. Demandez-les à quelqu’un d’autre que l’organisme que vous vérifiez : un témoin, une association, une autorité de contrôle.',
  trustFile: 'Fichier des clés',
  trustText: 'Ou collez ici les clés',
  earlierStep: '3. Pour aller plus loin (facultatif)',
  saved: 'Votre vérification précédente',
  savedHint:
    'Le fichier gardé la dernière fois : il montre si le registre a été réécrit depuis. Pour un ancien reçu : l’état actuel du registre (/v1/log/keys).',
  person: 'Numéro de la personne',
  personHint: 'Si vous le connaissez : le fichier d’une autre personne sera alors refusé.',
  verify: 'Vérifier',
  working: 'Vérification en cours…',
  missing: {
    file: 'Choisissez d’abord le fichier à vérifier.',
    trust: 'Choisissez le fichier des clés, ou collez les clés : sans elles, rien ne peut être vérifié.',
  },
  unreadable: {
    file: 'Ce fichier ne peut pas être lu',
    trust: 'Les clés de confiance ne peuvent pas être lues',
    saved: 'Votre vérification précédente ne peut pas être lue',
  },
  result: 'Résultat',
  verdicts: {
    complete: {
      word: 'Complet',
      means:
        'Rien n’a été changé et rien n’est caché. Un témoin qui recalcule tout le registre s’en porte garant.',
    },
    unaltered: {
      word: 'Intact',
      means:
        'Ce que montre ce fichier est bien ce qui a été inscrit. Mais aucun témoin qui recalcule tout le registre ne garantit que c’est tout.',
    },
    receipt: {
      word: 'Intact',
      means:
        'L’événement de ce reçu est bien celui qui a été inscrit. Un reçu ne dit rien des autres événements.',
    },
    sinceLoss: {
      word: 'Intact, après une perte',
      means:
        'Ce que montre ce fichier est bien ce qui a été inscrit. Mais le registre déclare avoir perdu une partie : pour le temps d’avant, personne ne peut dire que c’est tout.',
    },
    failed: {
      word: 'Échec',
      means: 'Ne vous fiez pas à ce fichier : au moins une vérification a échoué.',
    },
    unreadable: { word: 'Illisible', means: 'Rien n’a été vérifié.' },
  },
  whatNow:
    'Que faire ? Gardez ce fichier tel quel et demandez-en un nouveau à l’organisme. Si le nouveau échoue aussi, montrez les deux à une personne de confiance ou à l’autorité de contrôle (la CNIL).',
  limits: [
    'Certaines informations peuvent être masquées pour protéger une personne.',
    'Un registre ne voit pas les échanges que personne n’a notés.',
    'Le résultat ne vaut que si les clés de confiance sont les bonnes.',
  ],
  limitsTitle: 'Ce que cette vérification ne peut pas voir',
  wrong: 'Ce qui ne va pas',
  notable: 'À savoir',
  general: 'Le registre',
  streams: {
    person: 'Votre dossier',
    access: 'Qui a consulté votre dossier',
    deferral: 'Informations qui vous ont été remises plus tard',
  },
  marks: { passed: 'Réussi', failed: 'Échec', warned: 'À savoir', skipped: 'Sans objet' },
  checks: {
    receipt: 'Reçu',
    person: 'Personne',
    checkpoint: 'Signature du registre',
    witnesses: 'Témoins',
    replay: 'Témoin qui recalcule tout',
    freshness: 'Date des signatures',
    'earlier-checkpoint': 'Suite de votre vérification précédente',
    loss: 'Pertes déclarées',
    'map-entry': 'Sommaire du registre',
    neighbours: 'Sommaires qui donnent les dates',
    streams: 'Vos dossiers',
    bucket: 'Place dans le sommaire',
    events: 'Nombre d’événements',
    chain: 'Ordre des événements',
    inclusion: 'Présence dans le registre',
    openings: 'Contenu mot pour mot',
    'earlier-events': 'Événements déjà vérifiés',
    'recorded-times': 'Dates des événements',
    'logged-promptly': 'Délai d’inscription',
  },
  allChecks: 'Toutes les vérifications',
  keep: 'Garder cette vérification',
  keepHint:
    'Donnez ce petit fichier la prochaine fois : il montrera si le registre a été réécrit entre-temps.',
  keepName: 'verification.json',
  contents: (n) => `Ce que dit le fichier (${n} ${n === 1 ? 'événement' : 'événements'})`,
  contentsHint: 'Mot pour mot. Les événements sont comptés à partir de 0 ; les heures sont celles de Paris.',
  unproved: 'La vérification a échoué : ce qui suit n’est pas prouvé.',
  event: 'Événement',
};
