import { accept, reject, type Decision, type Instant } from '#decider';
import { epochMs, parseEffective, startMs, type Rejected } from '#time';
import type { Published } from '../published.js';
import { applyRevision, type CatalogueRevised, type Revision } from '../revision.js';
import { describe } from '../validate.js';

export interface ReviseCatalogue {
  readonly revision: Revision;
  /** When it is published. */
  readonly now: Instant;
}

/** A version is published whole or not at all: every fault of the result is named. */
export function reviseCatalogue(
  { versions }: Published,
  { revision, now }: ReviseCatalogue,
): Decision<CatalogueRevised> {
  if (versions.some(({ event }) => event.version === revision.version))
    return reject({
      kind: 'already-exists',
      field: 'version',
      detail: 'A version of this name has been published.',
      remedy: 'Give the new version a name of its own.',
    });
  const past = rejectPast(revision.validFrom, now);
  if (past) return past;
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

/** What was lawful by the catalogue known on its day stays so: a version begins on a day to come. */
function rejectPast(validFrom: string, now: Instant): Rejected | undefined {
  const from = parseEffective(validFrom);
  if (from === undefined || startMs(from) > epochMs(now)) return undefined;
  return reject({
    kind: 'contradiction',
    field: 'validFrom',
    detail: 'A version cannot hold for days on which another one was relied on.',
    remedy: 'Give tomorrow or a later day.',
  });
}
