import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type Passing, type PersonEvent } from '#person';
import { ITEM, nurse, worker } from '../duties/story.testing.js';
import { factsToTell } from './facts-to-tell.js';
import { at, henri, told } from './story.testing.js';

const { id } = personTesting;
const holding: PersonEvent = {
  type: 'HoldingDeclared',
  data: { item: ITEM, holder: worker, purpose: asCode('care-coordination'), source: { kind: 'person' } },
  ...at('2026-01-02'),
};
const person = henri(holding, told(1, {}));
const by = (discloser: Passing['discloser']) => ({ item: ITEM, discloser }) as Passing;
const declared = [...person.holdings.get(ITEM)!].find(
  ({ holder }) => holder.kind === worker.kind && holder.mandate === worker.mandate,
)!;
const ref = { kind: 'holding', id: declared.origin.event };

describe('what a finding tells of the facts behind it', () => {
  test('names how the discloser had it, and not what somebody learnt under another mandate', () => {
    expect(factsToTell(person, by(worker), [ref])).toEqual([ref]);
    expect(factsToTell(person, by(nurse), [ref])).toEqual([]);
    expect(factsToTell(person, by(undefined), [ref])).toEqual([]);
  });

  test('names an act by which the discloser came to have it, and no act between others', () => {
    const received = { kind: 'holding', id: id('Disclosure', 1) };
    expect(factsToTell(person, by(worker), [received])).toEqual([
      { kind: 'disclosure', id: id('Disclosure', 1) },
    ]);
    expect(factsToTell(person, by(nurse), [received])).toEqual([]);
  });

  test('calls what was said a word, once, and leaves out where else somebody works', () => {
    const words = ['objection', 'refusal', 'withdrawal'].map((kind) => ({ kind, id: 'w' }));
    expect(factsToTell(person, by(nurse), words)).toEqual([{ kind: 'word', id: 'w' }]);
    const elsewhere = ['care-relation', 'membership', 'representation'].map((kind) => ({ kind, id: 'x' }));
    expect(factsToTell(person, by(nurse), [...elsewhere, { kind: 'consent' }])).toEqual([]);
  });
});
