/** Reads CSV as RFC 4180 has it, with semicolons: one list of cells a line. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^;\n"]*))(;|\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (!match) throw new Error('This is no CSV.');
    const [, quoted, plain = '', end] = match;
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ';') continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

/** One object a line, by the titles of the first. */
export function readTable(text: string): readonly Readonly<Record<string, string>>[] {
  const [titles = [], ...lines] = readCsv(text);
  return lines.map((line) => Object.fromEntries(line.map((value, i) => [titles[i]!, value])));
}
