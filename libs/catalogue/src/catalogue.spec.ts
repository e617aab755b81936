import { describe, expect, it } from '@jest/globals';
import { asCode } from '#decider';
import { catalogueOf } from './catalogue.js';
import { digestOf } from './digest.hash.js';
import { loadCatalogue } from './load.file.js';
import { canBeABasis } from './provision.js';

const catalogue = loadCatalogue();
const provision = (id: string) => catalogue.provision(asCode<'Provision'>(id));

describe('looking up', () => {
  it('finds an entry by its code, and nothing by an unknown one', () => {
    expect(catalogue.purpose(asCode<'Purpose'>('child-danger-alert'))?.name.fr).toBe(
      'Information préoccupante',
    );
    expect(catalogue.category(asCode<'Category'>('health-data'))?.defaultLevel).toBe('secret');
    expect(catalogue.binding(asCode<'Binding'>('public-agent-status'))?.firmness).toBe('debated');
    expect(catalogue.notice('care-team/2025-01')?.version).toBe('2025-01');
    expect(catalogue.purpose(asCode<'Purpose'>('curiosity'))).toBeUndefined();
  });

  it('turns a text into a code only where the catalogue holds it', () => {
    expect(catalogue.codeOf('Provision', 'casf-l226-2-1')).toBe('casf-l226-2-1');
    expect(catalogue.codeOf('Provision', 'casf-l226-2-99')).toBeUndefined();
    expect(catalogue.codeOf('Purpose', 'casf-l226-2-1')).toBeUndefined();
  });

  it('counts a nurse among health professionals', () => {
    expect([...catalogue.allCategories(['nurse', 'esms-staff'])].sort()).toEqual([
      'esms-staff',
      'health-professional',
      'nurse',
    ]);
  });

  it('shows how far each entry can be relied on', () => {
    expect(provision('casf-l226-2-1')?.reliability).toMatchObject({ settled: true, caution: null });
    expect(provision('casf-l221-3-transfer')?.reliability).toMatchObject({
      settled: false,
      confidence: 'medium',
    });
    expect(provision('cc-1984-on-behalf')?.reliability.caution?.en).toMatch(/memory/);
    expect(catalogue.retention(asCode<'Retention'>('ledger-proof'))?.reliability.caution?.en).toMatch(
      /design choice/,
    );
    expect(provision('cpp-40-al2')?.reliability.caution?.en).toMatch(/Uncertain/);
  });
});

describe('finding the provisions for a disclosure', () => {
  it('asks purpose, discloser, recipient and category', () => {
    const found = catalogue.provisionsFor({
      purpose: asCode<'Purpose'>('eviction-prevention'),
      discloserCategories: ['social-worker'],
      recipientCategories: ['ccapex-instructor'],
      category: asCode<'Category'>('resources-debt'),
    });
    expect(found.map((p) => p.id)).toEqual(['loi-90-449-7-2-to-instructor']);
  });

  it('leaves out what excludes the category', () => {
    const found = catalogue.provisionsFor({
      purpose: asCode<'Purpose'>('eviction-prevention'),
      category: asCode<'Category'>('detailed-diagnosis'),
    });
    expect(found.map((p) => p.id)).toEqual(['loi-90-449-7-2-from-instructor']);
  });

  it('never offers a prohibition, a rule of secrecy, or 226-14 in general', () => {
    const offered = catalogue.provisionsFor({});
    expect(offered.every(canBeABasis)).toBe(true);
    expect(offered.map((p) => p.id)).not.toContain('cp-226-14-general');
    expect(offered.map((p) => p.id)).not.toContain('cp-226-13');
    expect(offered).toHaveLength(44);
  });
});

describe('the digest', () => {
  const { content } = catalogue;

  it('does not depend on the order of entries or fields', () => {
    const { purposes } = content.sections;
    const shuffled = [...purposes]
      .reverse()
      .map((p) => Object.fromEntries(Object.entries(p).reverse()) as unknown as typeof p);
    expect(digestOf({ ...content, sections: { ...content.sections, purposes: shuffled } })).toBe(
      catalogue.digest,
    );
  });

  it('changes with any word', () => {
    const [first, ...rest] = content.sections.channels;
    const channels = [{ ...first!, secure: false }, ...rest];
    expect(catalogueOf({ ...content, sections: { ...content.sections, channels } }).digest).not.toBe(
      catalogue.digest,
    );
  });

  it('is 64 hexadecimal digits', () => {
    expect(catalogue.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
