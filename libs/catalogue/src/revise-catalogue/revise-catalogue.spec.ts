import { describe, expect, test } from '@jest/globals';
import { asCode, given } from '#decider';
import { parseInstant } from '#time';
import { loadCatalogue } from '../load.file.js';
import { catalogueFold, inForceAt, versionNamed } from '../published.js';
import { firstRevision, type Revision } from '../revision.js';
import { reviseCatalogue } from './revise-catalogue.js';

const shipped = loadCatalogue();
const first = { type: 'CatalogueRevised', data: firstRevision(shipped) } as const;
const phone = { code: asCode<'Channel'>('phone'), name: { fr: 'Téléphone', en: 'Telephone' }, secure: false };
const revision: Revision = {
  version: '2027-1',
  validFrom: '2027-01-01',
  title: { fr: 'Téléphone non sûr', en: 'Telephone not secure' },
  changed: [{ section: 'channels', entry: phone }],
};
const NOW = parseInstant('2026-12-15T09:00:00Z')!;
const decide = (overrides: Partial<Revision> = {}) =>
  given(catalogueFold, [first]).when(reviseCatalogue, { revision: { ...revision, ...overrides }, now: NOW });

describe('revise the catalogue', () => {
  test('records what changed, in full, with the digest of what results', () => {
    const [event] = decide().events();
    expect(event).toMatchObject({ data: { version: '2027-1', changed: revision.changed } });
    expect(event!.data.digest).not.toBe(shipped.digest);
  });

  test('holds from its first day, and the version before it until then', () => {
    const state = decide()
      .events()
      .reduce(
        (published, event) => catalogueFold.evolve(published, { ...event } as never),
        catalogueFold.evolve(catalogueFold.initial, first as never),
      );
    expect(inForceAt(state, Date.parse('2026-12-31T12:00:00Z'))!.version).toBe(shipped.version);
    expect(inForceAt(state, Date.parse('2027-01-01T12:00:00Z'))!.version).toBe('2027-1');
    expect(versionNamed(state, shipped.version)!.catalogue.digest).toBe(shipped.digest);
  });

  test('never reaches back to days on which another version was relied on', () => {
    expect(decide({ validFrom: '2026-12-15' }).rejection()).toMatchObject({ field: 'validFrom' });
    expect(decide({ validFrom: '2026-12-16' }).events()).toHaveLength(1);
  });

  test('refuses a version of a name that was published, and a catalogue that could not be used', () => {
    expect(decide({ version: shipped.version }).rejection()).toMatchObject({
      kind: 'already-exists',
      field: 'version',
    });
    const removed = decide({ changed: [{ section: 'purposes', removed: 'care-coordination' }] }).rejection();
    expect(removed).toMatchObject({ kind: 'contradiction', field: 'changed' });
    expect(removed.choices!.join()).toContain('care-coordination');
  });

  test('is not rebuilt from an event that was tampered with', () => {
    const forged = { ...first, data: { ...first.data, digest: 'x' } };
    expect(() => catalogueFold.evolve(catalogueFold.initial, forged as never)).toThrow(/cannot be rebuilt/);
  });
});
