import type { Catalogue } from '#catalogue';
import type { PreparedCase, PreparedSession } from '../prepare-session/prepared.js';
import type { Barred, Gap, Preparation } from '../prepare-session/preparation.js';
import { markup, NOTHING, type Html, type Piece } from './html.js';
import { frenchDay, listOf, pageOf, tableOf, termsOf } from './page.js';
import { frameOf, POINT_NAMES, professional, STATE_NAMES, VERDICT_NAMES } from './words.js';

/** What a secretariat takes to the session: each case, and what it still needs. */
export function agendaSheet(prepared: PreparedSession, catalogue: Catalogue): string {
  const { name, on, agenda } = prepared;
  const { purpose, regime } = frameOf(catalogue, prepared);
  const frame: readonly (readonly [string, Piece])[] = [
    ['Commission', name],
    ['Séance du', frenchDay(on)],
    ['Finalité', purpose],
    ['Cadre légal', regime],
  ];
  return pageOf({
    title: 'Feuille de séance',
    header: markup`<h1>Feuille de séance</h1>
${termsOf(frame)}`,
    main:
      agenda.length === 0
        ? markup`<p>Aucune situation n’est inscrite à l’ordre du jour.</p>`
        : markup`${agenda.map(caseSection)}`,
    footer: markup`<p>${DESTROY}</p>
<p>Aide à la décision, qui ne remplace pas un conseil juridique.</p>`,
  });
}

const DESTROY =
  'Document de séance : à détruire à la fin de la séance par chaque participant. Seul le relevé de conclusions est conservé.';

function caseSection(one: PreparedCase, i: number): Html {
  const { personName, question, whyCollective, reporter, items, expected, preparation } = one;
  const terms: readonly (readonly [string, Piece])[] = [
    ['Question posée', question],
    ['Pourquoi ensemble', whyCollective],
    ['Instructeur', professional(reporter)],
    ['Rapport', reportOf(one)],
  ];
  return markup`<section aria-labelledby="situation-${i + 1}">
<h2 id="situation-${i + 1}">${i + 1}. ${personName}</h2>
${termsOf(terms)}
<h3>Informations à présenter</h3>
${listOf(items.map(({ label }) => label ?? 'Libellé effacé'))}
<h3>Membres attendus</h3>
${expected.length === 0 ? NOBODY : listOf(expected.map(professional))}
${preparation ? readiness(one, preparation) : NOTHING}
</section>`;
}

const NOBODY = markup`<p>Aucun membre ne siège pour cette situation ce jour-là.</p>`;

function reportOf({ report }: PreparedCase): Piece {
  if (!report) return 'Manquant : sans rapport, rien ne peut être présenté.';
  const { author, date, diagnosisSources, criteria, knownToPerson } = report;
  return listOf([
    `${professional(author)}, ${frenchDay(date)}`,
    `Diagnostics : ${diagnosisSources}`,
    `Critères : ${criteria}`,
    knownToPerson
      ? 'La personne en a connaissance.'
      : 'Il n’est pas établi que la personne en a connaissance.',
  ]);
}

function readiness(one: PreparedCase, { verdict, missing, toInform, barred }: Preparation): Html {
  const named = namesIn(one);
  return markup`<h3>Le partage est-il possible ?</h3>
<p class="verdict">${VERDICT_NAMES[verdict]}</p>
${informing(toInform, named)}
${barred.length === 0 ? NOTHING : barredTable(barred, named)}
${missing.length === 0 ? NOTHING : missingTable(missing, named)}`;
}

function informing({ items, recipients }: Preparation['toInform'], named: Named): Html {
  if (items.length === 0) return markup`<p>La personne a été informée du partage.</p>`;
  return markup`<h3>Informer la personne avant la séance</h3>
<p>Informations : ${named(items)}. Destinataires : ${named(recipients)}.</p>`;
}

type Named = (keys: readonly string[]) => string;

/** Labels of items, names of members, by their ids. */
function namesIn({ items, expected }: PreparedCase): Named {
  const names = new Map<string, string>([
    ...items.map(({ item, label }) => [item, label ?? 'libellé effacé'] as const),
    ...expected.map((who) => [`mandate:${who.mandate}`, who.name ?? professional(who)] as const),
  ]);
  return (keys) => keys.map((key) => names.get(key) ?? key).join(', ');
}

function barredTable(barred: readonly Barred[], named: Named): Html {
  const rows = barred.map(({ recipient, items, because, cautions, toPass }) => [
    named([recipient]),
    named(items),
    listOf([...because, ...cautions].map(({ fr }) => fr)),
    listOf(toPass.map(({ fr }) => fr)),
  ]);
  const head = ['Membre', 'Informations', 'Pourquoi', 'Pour que ce soit possible'];
  return tableOf('Ne peut pas être partagé avec', head, rows);
}

function missingTable(missing: readonly Gap[], named: Named): Html {
  const rows = missing.map(({ state, point, sentence, caution, toPass, items, recipients }) => [
    `${point}.\u00A0${POINT_NAMES[point]}`,
    STATE_NAMES[state],
    [sentence, ...(caution ? [caution] : [])].map(({ fr }) => fr).join(' '),
    toPass.fr,
    `${named(items)}, pour ${named(recipients)}`,
  ]);
  const head = ['Point', 'Gravité', 'Constat', 'À faire', 'Concerne'];
  return tableOf('Ce qui reste à faire', head, rows);
}
