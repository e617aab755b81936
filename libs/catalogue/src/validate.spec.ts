import { describe, expect, it } from '@jest/globals';
import type { CatalogueContent, SectionName } from './entries.js';
import { loadCatalogue } from './load.file.js';
import { describe as told, problemsIn } from './validate.js';

type Loose = Record<string, unknown>;

/** The shipped content with one thing changed in it. */
function broken(section: SectionName, change: (entries: Loose[]) => void): CatalogueContent {
  const content = structuredClone(loadCatalogue().content);
  change(content.sections[section] as unknown as Loose[]);
  return content;
}

function entry(entries: Loose[], key: string): Loose {
  return entries.find((e) => e['code'] === key || e['id'] === key)!;
}

describe('checking a catalogue', () => {
  const faults: readonly [string, CatalogueContent, string][] = [
    [
      'a purpose that does not exist',
      broken('provisions', (e) => (entry(e, 'casf-l226-2-1')['purposes'] = ['child-alert'])),
      'provisions.json: casf-l226-2-1: purposes[0] names child-alert, which is not in purposes.json',
    ],
    [
      'an actor category that does not exist',
      broken(
        'provisions',
        (e) => (((entry(e, 'cp-223-6')['recipients'] as Loose)['categories'] as string[])[1] = 'polise'),
      ),
      'provisions.json: cp-223-6: recipients.categories[1] names polise, which is not in actors.json',
    ],
    [
      'a sanction that does not exist',
      broken('provisions', (e) => (entry(e, 'cp-40')?.['x'], (e[0]!['sanctionsIfMissed'] = ['cp-1']))),
      'provisions.json: csp-l1110-4-i: sanctionsIfMissed[0] names cp-1, which is not in provisions.json',
    ],
    [
      'a source that points to no provision',
      broken('deadlines', (e) => (entry(e, 'inform-person')['sources'] = ['provision:gdpr-99'])),
      'deadlines.json: inform-person: sources[0] names gdpr-99, which is not in provisions.json',
    ],
    [
      'a text without its translation',
      broken('categories', (e) => (entry(e, 'housing')['name'] = { fr: 'Logement' })),
      'categories.json: housing: name.en has no English text',
    ],
    [
      'two entries of one name',
      broken('channels', (e) => e.push(structuredClone(e[0]!))),
      'channels.json: oral: code stands twice in this file',
    ],
    [
      'a value outside its list',
      broken('bindings', (e) => (entry(e, 'rsa-mission')['firmness'] = 'sure')),
      'bindings.json: rsa-mission: firmness is "sure", which is none of firm, debated',
    ],
    [
      'a misspelt field',
      broken('levels', (e) => (entry(e, 'secret')['rang'] = 3)),
      'levels.json: secret: rang is not a known field',
    ],
    [
      'an entry without a name',
      broken('retention', (e) => delete e[2]!['code']),
      'retention.json: entry 3: code is not a text, or is empty',
    ],
    [
      'a period that is none',
      broken('deadlines', (e) => (entry(e, 'purge')['period'] = { years: 2 })),
      'deadlines.json: purge: period is not a number of months or of days',
    ],
    [
      'a duty without a deadline',
      broken('deadlines', (e) => e.splice(e.indexOf(entry(e, 'give-result')), 1)),
      'deadlines.json: give-result: code is missing from this file',
    ],
  ];

  it.each(faults)('names file, entry and field of %s', (_, content, message) => {
    expect(problemsIn(content).map(told)).toEqual([message]);
  });

  it('says what is missing where there is nothing', () => {
    expect(problemsIn(undefined).map((p) => p.file)).toContain('purposes.json');
    expect(problemsIn({ version: { version: '1' } }).map(told)).toContain(
      'version.json: version: validFrom is not a date like 2026-01-31',
    );
  });
});
