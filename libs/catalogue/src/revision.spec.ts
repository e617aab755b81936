import { describe, expect, it } from '@jest/globals';
import { asCode } from '#decider';
import type { Catalogue } from './catalogue.js';
import type { Text } from './entries.js';
import { loadCatalogue } from './load.file.js';
import {
  applyRevision,
  firstRevision,
  rebuild,
  type CatalogueRevised,
  type ChangedEntry,
  type Revision,
} from './revision.js';

const shipped = loadCatalogue();
const title: Text = { fr: 'Relu', en: 'Reviewed' };
const retention = shipped.retention(asCode<'Retention'>('mdph-file'))!;

function revision(version: string, ...changed: ChangedEntry[]): Revision {
  return { version, validFrom: '2026-07-01', title, changed };
}

function longerRule(months: number): ChangedEntry {
  const { reliability: _, ...entry } = retention;
  return { section: 'retention', entry: { ...entry, period: { months } } };
}

function revised(catalogue: Catalogue, change: Revision) {
  const result = applyRevision(catalogue, change);
  if (result.kind === 'rejected') throw new Error(result.problems[0]!.message);
  return result;
}

describe('revising the catalogue', () => {
  it('replaces an entry and leaves the old version as it was', () => {
    const { catalogue } = revised(shipped, revision('2026.2', longerRule(72)));
    expect(catalogue.retention(retention.code)?.period).toEqual({ months: 72 });
    expect(shipped.retention(retention.code)?.period).toEqual({ months: 60 });
    expect(catalogue.version).toBe('2026.2');
    expect(catalogue.digest).not.toBe(shipped.digest);
  });

  it('adds and removes entries', () => {
    const telex: ChangedEntry = {
      section: 'channels',
      entry: { code: 'telex', name: { fr: 'Télex', en: 'Telex' }, secure: false },
    };
    const { catalogue } = revised(
      shipped,
      revision('2026.2', telex, { section: 'channels', removed: 'other' }),
    );
    expect(catalogue.channel('telex')?.secure).toBe(false);
    expect(catalogue.channel('other')).toBeUndefined();
  });

  it.each<[string, Revision & { digest?: string }, string]>([
    ['a version already published', revision('2026.1'), 'has been published already'],
    [
      'an entry still referred to',
      revision('2026.2', { section: 'purposes', removed: 'schooling-support' }),
      'which is not in purposes.json',
    ],
    [
      'a digest that is not that of the result',
      { ...revision('2026.2'), digest: 'ab' },
      'but the entries give',
    ],
    [
      'a section that does not exist',
      revision('2026.2', { section: 'laws' as 'levels', removed: 'x' }),
      'which is no section',
    ],
  ])('rejects %s', (_, change, message) => {
    const result = applyRevision(shipped, change);
    expect(result.kind).toBe('rejected');
    if (result.kind === 'rejected') expect(result.problems[0]!.message).toContain(message);
  });
});

describe('rebuilding a version from the ledger', () => {
  const first = firstRevision(shipped);
  const second = revised(shipped, revision('2026.2', longerRule(72)));
  const third = revised(second.catalogue, revision('2026.3', longerRule(84)));
  // What comes back from a store has been through JSON.
  const stored = JSON.parse(JSON.stringify([first, second.event, third.event])) as CatalogueRevised['data'][];

  it('gives each version again, with its digest', () => {
    expect(rebuild([])).toBeUndefined();
    expect(rebuild(stored.slice(0, 1))?.digest).toBe(shipped.digest);
    expect(rebuild(stored.slice(0, 2))?.digest).toBe(second.catalogue.digest);
    expect(rebuild(stored)?.retention(retention.code)?.period).toEqual({ months: 84 });
  });

  it('refuses events whose entries were altered', () => {
    const [a, b] = structuredClone(stored) as [typeof first, typeof first];
    (b.changed[0] as { entry: { period: unknown } }).entry.period = { months: 1 };
    expect(() => rebuild([a, b])).toThrow('catalogue 2026.2 cannot be rebuilt');
  });
});
