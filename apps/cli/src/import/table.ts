import { stringify } from 'csv-stringify/sync';
import { CliError } from '../sentence.js';
import { bodyFrom, takes } from './cells.js';
import type { Row } from './csv.js';
import { isKind, KINDS } from './kinds.js';
import { fault, lineOf, type Fault, type Read } from './line.js';

/** What the file of errors says of a line; where such a file is imported, it is passed by. */
export const OF_ERRORS = ['line', 'field', 'problem', 'remedy'];
const OF_LINES = ['type', 'ref', 'person'];

/** The titles of the file of errors that goes with these rows. */
export function titlesOfErrors(titles: readonly string[]): string {
  return `\ufeff${csvLine([...OF_ERRORS, ...told(titles, titles)])}`;
}

/** Lines of a table, by the titles of its first row. @throws CliError for titles that no line has */
export async function* tableLines(
  rows: AsyncIterable<Row>,
  begin: (titles: readonly string[]) => void,
): AsyncGenerator<Read, void> {
  let titles: readonly string[] | undefined;
  for await (const row of rows) {
    if (titles) yield readRow(titles, row);
    else {
      checkTitles(row.cells);
      begin((titles = row.cells));
    }
  }
}

function checkTitles(titles: readonly string[]): void {
  if (!titles.includes('type')) throw new CliError('The first row has no title “type”: see docs/import.');
  for (const [i, title] of titles.entries()) {
    const isKnown = [...OF_LINES, ...OF_ERRORS].includes(title);
    const path = title.split('.');
    if (!isKnown && !Object.values(KINDS).some(({ request }) => takes(request, path)))
      throw new CliError(
        `No line has a field “${title}” (column ${i + 1}): check its spelling, or take it out.`,
      );
    if (titles.indexOf(title) !== i) throw new CliError(`The title “${title}” stands twice.`);
  }
}

function readRow(titles: readonly string[], { number, cells }: Row): Read {
  const mended = (faults: readonly Fault[]) =>
    csvLine([number, ...summed(faults), ...told(titles, [...cells, ...titles.map(() => '')])]);
  if (cells.slice(titles.length).some((cell) => cell !== '')) {
    const more = fault(
      '',
      'The row has more cells than titles.',
      'Give each cell a title, or put quotes around it.',
    );
    return { number, said: { faults: [more] }, mended };
  }
  return { number, said: saidIn(titles, cells), mended };
}

function saidIn(titles: readonly string[], cells: readonly string[]): Read['said'] {
  const filledIn = titles.flatMap((title, i): [string, string][] => {
    const cell = (cells[i] ?? '').replace(GUARDED, '');
    return cell === '' || OF_ERRORS.includes(title) ? [] : [[title, cell]];
  });
  const { type, ref, person } = Object.fromEntries(filledIn) as Partial<Record<string, string>>;
  if (!isKind(type)) return lineOf(type, ref, person, {});
  const { request } = KINDS[type];
  const fields = filledIn.filter(([title]) => !OF_LINES.includes(title));
  const stranger = fields.find(([title]) => !takes(request, title.split('.')));
  if (stranger)
    return {
      faults: [fault(stranger[0], `A line of type ${type} has no such field.`, 'Leave the cell empty.')],
    };
  const paths = fields.map(([title, cell]) => [title.split('.'), cell] as const);
  return lineOf(type, ref, person, bodyFrom(request, paths));
}

/** Exports put it before what looks like a formula. */
const GUARDED = /^'(?=[=+\-@\t\r])/;

/** What belongs to the columns that the user wrote. */
function told<Cell>(titles: readonly string[], cells: readonly Cell[]): readonly Cell[] {
  return titles.flatMap((title, i) => (OF_ERRORS.includes(title) ? [] : [cells[i]!]));
}

function summed(faults: readonly Fault[]): readonly string[] {
  return (['field', 'problem', 'remedy'] as const).map((of) => faults.map((one) => one[of]).join(' | '));
}

export function csvLine(cells: readonly (string | number)[]): string {
  return stringify([cells], { delimiter: ';', escape_formulas: true });
}
