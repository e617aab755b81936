import { accept, reject, type Decision } from '#decider';
import type { Published } from '../published.js';
import { applyRevision, type CatalogueRevised, type Revision } from '../revision.js';
import { describe } from '../validate.js';

export interface ReviseCatalogue {
  readonly revision: Revision;
}

/** A version is published whole or not at all: every fault of the result is named. */
export function reviseCatalogue(
  { versions }: Published,
  { revision }: ReviseCatalogue,
): Decision<CatalogueRevised> {
  if (versions.some(({ event }) => event.version === revision.version))
    return reject({
      kind: 'already-exists',
      field: 'version',
      detail: 'A version of this name has been published.',
      remedy: 'Give the new version a name of its own.',
    });
  const revised = applyRevision(versions.last()?.catalogue, revision);
  if (revised.kind === 'revised') return accept({ type: 'CatalogueRevised', data: revised.event });
  return reject({
    kind: 'contradiction',
    field: 'changed',
    detail: 'The catalogue that would result cannot be used.',
    remedy: 'Mend what is listed and publish it again; nothing was published.',
    choices: revised.problems.map(describe),
  });
}
