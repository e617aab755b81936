import { fillingOf, type Constructor, type Filling } from '#http';
import type { Body } from './line.js';

interface Tree {
  [field: string]: string | Tree;
}

/** Whether a request has a field at this path: `birthDate`, `by.kind`, `recipients.0.mandate`. */
export function takes(request: Constructor, [field = '', ...inner]: readonly string[]): boolean {
  const filling = fillingOf(request, field);
  if (filling === undefined || filling === 'objects') return false;
  if (typeof filling === 'string') return inner.length === 0;
  if ('part' in filling) return takes(filling.part(), inner);
  const [index = '', ...path] = inner;
  return /^\d{1,3}$/.test(index) && takes(filling.parts(), path);
}

/** The body of a request from cells, each with its path. What cannot be understood stays text, for the request's checks. */
export function bodyFrom(request: Constructor, cells: Iterable<readonly [readonly string[], string]>): Body {
  const tree: Tree = {};
  for (const [path, text] of cells) put(tree, path, text);
  return filled(request, tree);
}

function put(tree: Tree, [field = '', ...inner]: readonly string[], text: string): void {
  if (inner.length === 0) tree[field] = text;
  else put((tree[field] ??= {}) as Tree, inner, text);
}

function filled(request: Constructor, tree: Tree): Body {
  const fields = Object.entries(tree).map(([field, said]) => [
    field,
    valueOf(fillingOf(request, field), said),
  ]);
  return Object.fromEntries(fields) as Body;
}

function valueOf(filling: Filling | undefined, said: string | Tree): unknown {
  if (typeof said !== 'string') return partsOf(filling, said);
  switch (filling) {
    case 'texts':
    case 'ids':
      return said.split(/\s+/);
    case 'flag':
      return FLAGS.get(said.toLowerCase()) ?? said;
    case 'date':
      return said.replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1');
    default:
      return said;
  }
}

/** Parts are numbered as people number them or with gaps: their order counts. */
function partsOf(filling: Filling | undefined, said: Tree): unknown {
  if (typeof filling !== 'object') return said;
  if ('part' in filling) return filled(filling.part(), said);
  return Object.values(said).map((part) => filled(filling.parts(), part as Tree));
}

/** As French and English spreadsheets write them, and as people do. */
const FLAGS = new Map([
  ['vrai', true],
  ['true', true],
  ['oui', true],
  ['faux', false],
  ['false', false],
  ['non', false],
]);
