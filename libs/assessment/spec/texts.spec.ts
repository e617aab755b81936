import { describe, expect, it } from '@jest/globals';
import { unknownSanctions } from '../src/explain.js';
import { RULES } from '../src/rules/rules.js';
import { catalogue } from './given.js';

const rules = Object.entries(RULES);
const words = (text: string) => text.split(/\s+/).filter((word) => /\p{L}|\d/u.test(word)).length;

describe('what the rules say', () => {
  it.each(rules)('%s in both languages, in 25 words at most', (_, { sentence, toPass }) => {
    for (const text of [sentence.fr, sentence.en, toPass?.fr ?? 'x', toPass?.en ?? 'x']) {
      expect(text.trim()).not.toBe('');
      expect(words(text)).toBeLessThanOrEqual(25);
    }
    expect(sentence.fr).not.toBe(sentence.en);
  });

  it.each(rules.filter(([, r]) => r.state === 'block' || r.state === 'escalate'))(
    '%s with what would make it pass',
    (_, { toPass }) => {
      expect(toPass).not.toBeNull();
    },
  );

  it('never says « secret partagé »', () => {
    expect(JSON.stringify(RULES)).not.toMatch(/secrets? partagés?/i);
  });

  it('names sanctions that the catalogue holds', () => {
    expect(unknownSanctions(catalogue)).toEqual([]);
  });
});
