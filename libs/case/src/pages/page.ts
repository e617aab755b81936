import type { Effective } from '#decider';
import { dayOf } from '#time';
import { markup, Html, type Piece } from './html.js';

/** Own tokens, fonts of the reader's machine; black on white, so that every printer does it justice. */
export const STYLE = `
@page { size: A4; margin: 18mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 9pt; } }
:root { color: #000; background: #fff; font: 11pt/1.45 system-ui, "Liberation Sans", Arial, sans-serif; }
body { max-width: 178mm; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.2rem; margin: 1.75rem 0 .5rem; border-top: 2px solid #000; padding-top: .75rem; }
h3, caption { font-size: 1rem; font-weight: bold; margin: 1rem 0 .25rem; }
h1, h2, h3, caption, .verdict { break-after: avoid; }
p { margin: .25rem 0; }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { font-weight: bold; }
dd { margin: 0; }
ul { margin: .25rem 0; padding-left: 1.25rem; }
dd ul, td ul { margin: 0; }
.verdict { border: 2px solid #000; padding: .4rem .6rem; font-weight: bold; }
.table { overflow-x: auto; margin: 1rem 0; }
.table:focus-visible { outline: 3px solid #000; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
caption { text-align: left; margin: 0; padding: .25rem 0; }
th, td { border: 1px solid #444; padding: .25rem .4rem; text-align: left; vertical-align: top; }
th { background: #eee; }
thead { display: table-header-group; }
tr, li, dl { break-inside: avoid; }
footer { margin-top: 2rem; border-top: 1px solid #444; padding-top: .5rem; font-size: .9rem; break-inside: avoid; }
@media (width < 32rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
@media print { body { max-width: none; padding: 0; } .table { overflow: visible; } }
`;

export interface Page {
  /** Neutral: it shows in the window and in the history of the browser. */
  readonly title: string;
  readonly header: Html;
  readonly main: Html;
  readonly footer: Html;
}

/** A page in French that stands alone: no script, nothing fetched from anywhere. */
export function pageOf({ title, header, main, footer }: Page): string {
  return markup`<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
${header}
</header>
<main>
${main}
</main>
<footer>
${footer}
</footer>
</body>
</html>
`.text;
}

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** `21 avril 2026`, `1er mai 2026`, in one line. */
export function frenchDay(when: Effective): string {
  const [year, month, day] = dayOf(when).split('-').map(Number) as [number, number, number];
  return [day === 1 ? '1er' : day, MONTHS[month - 1], year].join('\u00A0');
}

export function listOf(pieces: readonly Piece[]): Html {
  return markup`<ul>
${pieces.map((piece) => markup`<li>${piece}</li>`)}
</ul>`;
}

/** Terms and what they stand for. */
export function termsOf(terms: readonly (readonly [term: string, meaning: Piece])[]): Html {
  return markup`<dl>
${terms.map(([term, meaning]) => markup`<dt>${term}</dt><dd>${meaning}</dd>`)}
</dl>`;
}

/** What stands first in a row says what the row is about. On a narrow screen the table scrolls, not the page. */
export function tableOf(caption: string, head: readonly string[], rows: readonly (readonly Piece[])[]): Html {
  return markup`<div class="table" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${head.map((title) => markup`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(rowOf)}
</tbody>
</table>
</div>`;
}

function rowOf([first, ...rest]: readonly Piece[]): Html {
  return markup`<tr><th scope="row">${first!}</th>${rest.map((cell) => markup`<td>${cell}</td>`)}</tr>`;
}
