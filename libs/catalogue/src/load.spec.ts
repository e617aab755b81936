import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { asCode } from '#decider';
import { SECTIONS } from './entries.js';
import { loadCatalogue, readCatalogue } from './load.file.js';
import { problemsIn } from './validate.js';

describe('the catalogue that ships', () => {
  const catalogue = loadCatalogue();

  it('has no problem', () => {
    expect(problemsIn(catalogue.content)).toEqual([]);
  });

  it('holds every purpose, category, level and provision of the legal page', () => {
    const { purposes, categories, levels, provisions, bindings } = catalogue.content.sections;
    expect(purposes).toHaveLength(31);
    expect(categories).toHaveLength(17);
    expect(levels.map((l) => l.code)).toEqual(['public', 'personal', 'confidential', 'secret']);
    expect(provisions).toHaveLength(108);
    expect(bindings).toHaveLength(16);
  });

  it('is read once, and frozen to the last leaf', () => {
    expect(loadCatalogue()).toBe(catalogue);
    expect(Object.isFrozen(catalogue)).toBe(true);
    expect(() => {
      (catalogue.content.sections.purposes[0]!.name as { fr: string }).fr = 'Autre';
    }).toThrow(TypeError);
  });

  it('gives every purpose but the marked ones a provision to rest on', () => {
    const carried = (code: string) =>
      catalogue
        .provisionsFor({ purpose: asCode<'Purpose'>(code) })
        .filter((p) => p.id !== 'cc-1984-on-behalf');
    const { purposes } = catalogue.content.sections;
    const without = purposes.filter((p) => carried(p.code).length === 0);
    expect(without.map((p) => [p.code, p.provisions])).toEqual([
      ['social-aid-instruction', 'being-sought'],
      ['income-support-insertion', 'being-sought'],
      ['protected-adult-representation', 'being-sought'],
      ['schooling-support', 'none-on-purpose'],
      ['rights-exercise', 'being-sought'],
    ]);
  });

  it('never says « secret partagé », which the law does not know', () => {
    for (const name of SECTIONS)
      expect(JSON.stringify(catalogue.content.sections[name])).not.toMatch(/secret partagé/i);
  });
});

describe('reading a catalogue', () => {
  it('names file, entry and field of what is wrong', () => {
    const directory = copyOfData();
    const file = join(directory, 'purposes.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"en": "Prevention"', '"en": ""'));
    expect(() => readCatalogue(pathToFileURL(`${directory}/`))).toThrow(
      'purposes.json: health-prevention: name.en has no English text',
    );
  });

  it('names a file that cannot be read', () => {
    const directory = copyOfData();
    writeFileSync(join(directory, 'levels.json'), '[');
    expect(() => readCatalogue(pathToFileURL(`${directory}/`))).toThrow('levels.json cannot be read');
  });
});

function copyOfData(): string {
  const directory = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const { version, sections } = loadCatalogue().content;
  writeFileSync(join(directory, 'version.json'), JSON.stringify(version));
  for (const name of SECTIONS)
    writeFileSync(join(directory, `${name}.json`), JSON.stringify(sections[name]).replaceAll('":"', '": "'));
  return directory;
}
