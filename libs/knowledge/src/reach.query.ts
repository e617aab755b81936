import type { Actor } from '#decider';
import { problem } from '#http';
import type { Reader } from './reader.query.js';

/** What a caller sees of a question over many persons. */
export interface Reach {
  /** Of the caller's mandate; null: everything. */
  readonly institution: string | null;
  /** The caller as somebody who owes. */
  readonly debtor: string;
  /** The institution that is asked about; null: all of them. */
  readonly asked: string | null;
}

/**
 * A mandate sees what its own institution answers for, a program everything.
 * @param asked the institution that is asked about
 * @throws Problem 403 for another's
 */
export function reachOf(reader: Reader, { kind, id }: Actor, asked: string | undefined): Reach {
  const debtor = `${kind}:${id}`;
  if (kind !== 'mandate') return { institution: null, debtor, asked: asked ?? null };
  const [row] = reader.rows('SELECT institution FROM mandate WHERE mandate = ? LIMIT 1', id);
  const institution = row?.['institution'] as string | undefined;
  if (institution === undefined || (asked !== undefined && asked !== institution)) throw notYours();
  return { institution, debtor, asked: institution };
}

function notYours() {
  return problem(
    403,
    'not-permitted',
    'A mandate sees what its own institution answers for.',
    'Leave the institution out, or ask under a mandate of it.',
  );
}
