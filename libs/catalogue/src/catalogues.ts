import type { Catalogue } from './catalogue.js';

/** Where commands and queries take the catalogue from: the version in force when they ask. */
export abstract class Catalogues {
  abstract current(): Promise<Catalogue>;
}
