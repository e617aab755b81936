import { List } from 'immutable';
import type { Fold, Recorded } from '#decider';
import { civilDate, startMs } from '#time';
import type { Catalogue } from './catalogue.js';
import { applyRevision, type CatalogueRevised } from './revision.js';

/** A version that was published: what it is called, from when it holds, and what it says. */
export interface PublishedVersion {
  readonly catalogue: Catalogue;
  readonly event: CatalogueRevised['data'];
}

export interface Published {
  /** Oldest first. */
  readonly versions: List<PublishedVersion>;
}

/** Throws on events that do not give the digest they carry: a catalogue that was tampered with decides nothing. */
export const catalogueFold: Fold<Published, Recorded<CatalogueRevised>> = {
  initial: { versions: List() },
  evolve({ versions }, { data }) {
    const revised = applyRevision(versions.last()?.catalogue, data);
    if (revised.kind === 'rejected')
      throw new Error(`Catalogue ${data.version} cannot be rebuilt: ${revised.problems[0]!.message}`);
    return { versions: versions.push({ catalogue: revised.catalogue, event: data }) };
  },
};

/** The newest version whose first day has come; before all of them the first. */
export function inForceAt({ versions }: Published, nowMs: number): Catalogue | undefined {
  const begun = versions.findLast(({ event }) => startMs(civilDate(event.validFrom)) <= nowMs);
  return (begun ?? versions.first())?.catalogue;
}

export function versionNamed({ versions }: Published, version: string): PublishedVersion | undefined {
  return versions.find(({ event }) => event.version === version);
}
