/** Text that is markup already; everything else is escaped where it is put in. */
export class Html {
  constructor(readonly text: string) {}
}

export type Piece = string | number | Html | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup with pieces put in: between tags, or inside quotes of an attribute. */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const filled = template.map((text, i) => (i === 0 ? text : written(pieces[i - 1]!) + text));
  return new Html(filled.join(''));
}

function written(piece: Piece): string {
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(({ text }) => text).join('\n');
  return String(piece).replace(/[&<>"']/g, (sign) => ESCAPES[sign]!);
}

export const NOTHING = new Html('');
