import { describe, expect, test } from '@jest/globals';
import { personTesting } from '#person';
import { recordDisclosure } from '../record-disclosure/record-disclosure.js';
import { henriToldOfIt, intendedFacts } from '../testing.js';
import { assessDisclosure } from './assess-disclosure.js';

const { anIntention, id, objected } = personTesting;

describe('may I share this', () => {
  test('gets the answer that recording it would get', () => {
    for (const person of [henriToldOfIt(), henriToldOfIt(objected())]) {
      const answered = assessDisclosure(person, anIntention(), intendedFacts());
      const decided = recordDisclosure(person, anIntention(), intendedFacts());
      const refused = decided.kind === 'accepted' && decided.events[0]?.type === 'DisclosureRefused';
      if (answered.kind === 'rejected') throw new Error(answered.rejection.detail);
      expect(answered.assessment.verdict === 'deny').toBe(refused);
    }
  });

  test('says what would make it pass, point by point', () => {
    const answered = assessDisclosure(henriToldOfIt(objected()), anIntention(), intendedFacts());
    if (answered.kind === 'rejected') throw new Error(answered.rejection.detail);
    const [, , , fourth] = answered.assessment.points;
    expect(fourth).toMatchObject({
      point: 4,
      state: 'block',
      facts: [{ kind: 'objection', id: id('Objection', 1) }],
      toPass: { fr: expect.any(String), en: expect.any(String) },
    });
  });

  test('tells another institution that the person objects, and nothing more', () => {
    const facts = intendedFacts();
    const hiding = { ...facts, around: { ...facts.around, maySee: () => false } };
    const answered = assessDisclosure(henriToldOfIt(objected()), anIntention(), hiding);
    expect(JSON.stringify(answered)).not.toContain(id('Objection', 1));
    expect(answered).toMatchObject({ assessment: { verdict: 'deny' } });
  });

  test('asks the same of the request as recording does', () => {
    const asked = { ...anIntention(), act: { ...anIntention().act, items: [] } };
    expect(assessDisclosure(henriToldOfIt(), asked, intendedFacts())).toMatchObject({
      rejection: { kind: 'empty-scope', field: 'items' },
    });
  });
});
