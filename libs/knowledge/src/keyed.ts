import type { Row } from '#read-store';

/** The rows of one scope, by the id that tells the scopes apart. */
export type Keyed = readonly [ref: string, rows: readonly Row[]];
