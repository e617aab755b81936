import type { Catalogue } from '#catalogue';
import { civilDate } from '#time';
import type { ConclusionView, HeardCase, HeldSession } from '../session-record/held.js';
import { markup, NOTHING, type Html, type Piece } from './html.js';
import { frenchDay, listOf, pageOf, termsOf } from './page.js';
import { cautionsOn, frameOf, professional } from './words.js';

/**
 * What is kept of a session (CSTS): who was there, what it came to, who has still to attest. The labels of what was
 * heard are not on it: they stay in the ledger.
 */
export function closingRecord(record: HeldSession, catalogue: Catalogue): string {
  const { name, on, closedAt, agenda } = record;
  const { purpose, regime } = frameOf(catalogue, record);
  const frame: readonly (readonly [string, Piece])[] = [
    ['Commission', name],
    ['Séance du', frenchDay(on)],
    ['Finalité', purpose],
    ['Cadre légal', regime],
    ['Clôture', closedAt ? frenchDay(closedAt) : 'La séance n’est pas close.'],
  ];
  return pageOf({
    title: 'Relevé de conclusions',
    header: markup`<h1>Relevé de conclusions</h1>
${termsOf(frame)}`,
    main:
      agenda.length === 0
        ? markup`<p>Aucune situation n’a été examinée.</p>`
        : markup`${agenda.map((one, i) => caseSection(one, i, record))}`,
    footer: markup`<p>${[FENCE, ...cautionsOn(catalogue, FENCED_BY)].join(' ')}</p>
<p>Le détail des informations présentées ne figure pas sur ce relevé : il reste dans le registre.</p>`,
  });
}

const FENCE =
  'Ce qui a été entendu en séance ne peut servir ni à une autre finalité, ni dans un autre cadre (code pénal, articles 226-21 et 226-22).';

const FENCED_BY = ['cp-226-21', 'cp-226-22'];

function caseSection(one: HeardCase, i: number, record: HeldSession): Html {
  const { personName, question, reporter, present, guests, conclusions } = one;
  const invited: readonly (readonly [string, Piece])[] =
    guests.length === 0 ? [] : [['Invités', listOf(guests.map(professional))]];
  const terms: readonly (readonly [string, Piece])[] = [
    ['Question posée', question],
    ['Instructeur', professional(reporter)],
    ['Présents', present.length === 0 ? 'Non consigné' : listOf(present.map(professional))],
    ...invited,
  ];
  return markup`<section aria-labelledby="situation-${i + 1}">
<h2 id="situation-${i + 1}">${i + 1}. ${personName}</h2>
${termsOf(terms)}
${conclusions.length === 0 ? NO_CONCLUSION : markup`${conclusions.map(conclusionOf)}`}
${attestations(one, record)}
</section>`;
}

const NO_CONCLUSION = markup`<p>Aucun avis ni décision n’est consigné.</p>`;

function conclusionOf({ kind, label, levers, accompaniment, cooperation, on }: ConclusionView): Html {
  const terms: readonly (readonly [string, Piece])[] = [
    [kind === 'opinion' ? 'Avis' : 'Décision', label],
    ['Date', frenchDay(on)],
    ['Leviers d’action', levers ?? 'Non consigné'],
    ['Accompagnement', accompaniment ?? 'Non consigné'],
    ['Coopération', cooperation ?? 'Non consigné'],
  ];
  return markup`<h3>${kind === 'opinion' ? 'Avis rendu' : 'Décision prise'}</h3>
${termsOf(terms)}`;
}

function attestations({ toAttest }: HeardCase, { attestBy }: HeldSession): Html {
  if (attestBy === null) return NOTHING;
  if (toAttest.length === 0) return markup`<p>Aucune attestation de destruction n’est attendue.</p>`;
  return markup`<h3>Destruction à attester avant la fin du ${frenchDay(civilDate(attestBy))}</h3>
${listOf(toAttest.map(({ member }) => professional(member)))}`;
}
