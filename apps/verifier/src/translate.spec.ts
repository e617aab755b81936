import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { REASONS } from './reasons.fr.js';
import { FRENCH } from './sentences.fr.js';
import { frenchOf, told } from './translate.js';
import { ENGLISH_WORDS } from './words.en.js';
import { FRENCH_WORDS } from './words.fr.js';

const SOURCES = resolve(__dirname, '../../../libs/transparency/src');
/** Texts of the formats, which nobody is told. */
const FORMATS = ['cosignature/v1', '— {} {}', 'log {}', 'extra', 'index'];

/** Every text of more than one word in what checks and reads files: `{}` for each value. */
function sentencesOfTheChecks(): readonly string[] {
  const files = ['check', 'notes'].flatMap((folder) =>
    readdirSync(join(SOURCES, folder)).map((file) => join(SOURCES, folder, file)),
  );
  return [...files, join(SOURCES, 'log/parse-entry.ts')]
    .filter((file) => !file.endsWith('.spec.ts') && !file.endsWith('replay-checkpoint.ts'))
    .flatMap(textsIn)
    .filter((text) => text.includes(' ') && !FORMATS.some((format) => text.startsWith(format)));
}

function textsIn(file: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    // Faults of the program are not for persons.
    if (ts.isThrowStatement(node)) return;
    if (ts.isStringLiteralLike(node)) found.push(node.text);
    if (ts.isTemplateExpression(node))
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join(''));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return found;
}

describe('the French of the checks', () => {
  test('has every sentence that they can say, and no other', () => {
    const said = new Set(sentencesOfTheChecks());
    const french = { ...FRENCH, ...REASONS };
    expect([...said].filter((sentence) => !Object.hasOwn(french, sentence))).toEqual([]);
    expect(Object.keys(french).filter((sentence) => !said.has(sentence))).toEqual([]);
  });

  test('keeps every value, in its order', () => {
    for (const [english, french] of Object.entries({ ...FRENCH, ...REASONS }))
      expect([english, french.split('{}').length]).toEqual([english, english.split('{}').length]);
  });

  test('is found for what is said, reasons inside of sentences among them', () => {
    expect(frenchOf('The checkpoint is refused: the signature by w1.example is wrong.')).toBe(
      'L’état signé du registre est refusé : la signature de w1.example est fausse.',
    );
    expect(frenchOf('Nobody says this.')).toBeUndefined();
    expect(told('The map is the one of 2026-03-02T10:00:00.000Z.', 'fr')).toBe(
      'Le sommaire est celui du 2 mars 2026 à 11:00:00.',
    );
    expect(told('The map is the one of 2026-03-02T10:00:00.000Z.', 'en')).toBe(
      'The map is the one of 2 March 2026 at 11:00:00.',
    );
  });

  test('has a word for all that the English page has', () => {
    const keysOf = (value: object): string[] =>
      Object.entries(value).flatMap(([key, each]) =>
        typeof each === 'object' ? keysOf(each as object).map((inner) => `${key}.${inner}`) : [key],
      );
    expect(keysOf(FRENCH_WORDS)).toEqual(keysOf(ENGLISH_WORDS));
  });
});
