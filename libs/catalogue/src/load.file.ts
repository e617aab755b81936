import { readFileSync } from 'node:fs';
import { catalogueOf, type Catalogue } from './catalogue.js';
import { SECTIONS, type CatalogueContent } from './entries.js';
import { describe, problemsIn } from './validate.js';

const DATA = new URL('../data/', import.meta.url);

let shipped: Catalogue | undefined;

/** The catalogue that ships with this build, read and checked once. Throws, naming every fault, if it has any. */
export function loadCatalogue(): Catalogue {
  return (shipped ??= readCatalogue(DATA));
}

/** @param directory ends with a slash and holds `version.json` and one file per section. */
export function readCatalogue(directory: URL): Catalogue {
  const sections = Object.fromEntries(SECTIONS.map((name) => [name, read(directory, name)]));
  const content: unknown = { version: read(directory, 'version'), sections };
  const problems = problemsIn(content);
  if (problems.length > 0)
    throw new Error(`the catalogue cannot be used:\n${problems.map(describe).join('\n')}`);
  return catalogueOf(content as CatalogueContent);
}

function read(directory: URL, name: string): unknown {
  const file = new URL(`${name}.json`, directory);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (fault) {
    throw new Error(`the catalogue cannot be used: ${name}.json cannot be read`, { cause: fault });
  }
}
