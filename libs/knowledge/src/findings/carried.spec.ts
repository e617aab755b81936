import { describe, expect, test } from '@jest/globals';
import { asCode } from '#decider';
import { personTesting, type PersonEvent, type ReportedData, type RestsOn } from '#person';
import { civilDate } from '#time';
import { ITEM, worker } from '../duties/story.testing.js';
import { elsewhereAfter, TERRITORY } from '../elsewhere/elsewhere.testing.js';
import { ItemWays } from '../ways.js';
import { knowledgeBy } from '../who-knows/who-knows.projection.js';
import { allFindings } from './all-findings.js';
import { at, granted, henri, told, withdrawn } from './story.testing.js';

const { id, informed, objected, representedBy } = personTesting;

const OUTSIDE = asCode<'Provision'>('csp-l1110-4-iii-outside-team');
const TOLD = { ...informed(), ...at('2026-01-08') } as PersonEvent;

const rules = (...events: readonly PersonEvent[]) =>
  allFindings(henri(...events), elsewhereAfter(...TERRITORY)).map(({ rule }) => rule);

function statuses(...events: readonly PersonEvent[]) {
  const person = henri(...events);
  const holder = `mandate:${worker.mandate}`;
  return knowledgeBy(person, ITEM, holder, ItemWays.of(person, ITEM).of(holder)).map(({ status }) => status);
}

const resting = (restsOn: RestsOn, consents = [] as readonly ReturnType<typeof id<'Consent'>>[]) =>
  told(1, { basis: { provision: OUTSIDE, consents, restsOn } });

const { basis: _, ...silent } = told(1, {}).data as ReportedData;
const ofNoBasis = (more: Partial<ReportedData> = {}): PersonEvent => ({
  type: 'DisclosureReported',
  data: { ...silent, ...more },
  ...at('2026-01-09'),
});

describe('what something else than a consent carries', () => {
  test.each(['exception', 'safety-rule', 'human-decision'] as const)('holds by %s', (restsOn) => {
    expect(statuses(resting(restsOn))).toEqual(['in-use']);
  });

  test('ends by the word of a person who was to be asked afterwards, and by no other', () => {
    const against: PersonEvent = { ...objected(), ...at('2026-02-01') };
    expect(statuses(resting('exception'), against)).toEqual(['in-use', 'basis-withdrawn']);
    expect(statuses(resting('safety-rule'), against)).toEqual(['in-use']);
    expect(statuses(resting('human-decision'), against)).toEqual(['in-use']);
  });

  test('ends with the consent that carries this part of it', () => {
    const mixed = resting('exception', [id<'Consent'>('Consent', 1)]);
    expect(statuses(granted, mixed, withdrawn('2026-02-01'))).toEqual(['in-use', 'basis-withdrawn']);
  });
});

/** What an act lacks that names a consent which nobody gave, across institutions. */
const lacking = ['no-valid-basis', 'outside-care-team', 'border-not-agreed'];

describe('a consent that is recorded after the report of the act', () => {
  test('clears what was found, and carries what the recipient knows', () => {
    expect(rules(resting('consent'))).toEqual([...lacking, 'person-not-informed']);
    expect(rules(resting('consent'), TOLD, granted)).toEqual([]);
    expect(statuses(resting('consent'))[0]).toBe('basis-withdrawn');
    expect(statuses(resting('consent'), granted)[0]).toBe('in-use');
  });

  test('carries it no longer once it is withdrawn', () => {
    const story = [resting('consent'), TOLD, granted, withdrawn('2026-02-01')];
    expect(rules(...story)).toEqual([]);
    expect(statuses(...story)).toEqual(['in-use', 'basis-withdrawn']);
  });

  test('carries an act of which nobody told the basis', () => {
    const bare = (...events: readonly PersonEvent[]) => allFindings(henri(...events), elsewhereAfter());
    expect(bare(ofNoBasis())).toMatchObject([{ rule: 'no-valid-basis' }]);
    expect(bare(ofNoBasis(), granted)).toEqual([]);
    expect(statuses(ofNoBasis(), granted, withdrawn('2026-02-01'))).toEqual(['in-use', 'basis-withdrawn']);
  });

  test('clears nothing where it began after the act, or the report names another', () => {
    const later = { ...granted, ...at('2026-01-10') } as PersonEvent;
    expect(rules(resting('consent'), TOLD, later)).toEqual(lacking);
    expect(statuses(resting('consent', [id<'Consent'>('Consent', 9)]), granted)).toEqual(['basis-withdrawn']);
  });
});

describe('a reported word to a representative', () => {
  const guardian = (verified: boolean) => representedBy(1, { verified, mandate: worker.mandate });

  test('is information and no finding, where the representative is verified', () => {
    expect(rules(guardian(true), ofNoBasis())).toEqual([]);
    expect(rules(guardian(false), ofNoBasis())).toContain('no-valid-basis');
  });
});

describe('knowledge that is kept too long', () => {
  test('is found also where what it rested on is gone', () => {
    const act = told(1, {
      basis: { consents: [id('Consent', 1)], restsOn: 'consent', provision: OUTSIDE },
      retainUntil: civilDate('2026-05-31'),
    });
    expect(rules(TOLD, granted, act, withdrawn('2026-05-01'))).toEqual(['retention-over']);
    const purged: PersonEvent = {
      type: 'PurgeAttested',
      data: { holder: worker, items: [ITEM], remains: 'nothing' },
      ...at('2026-05-31'),
    };
    expect(rules(TOLD, granted, act, withdrawn('2026-05-01'), purged)).toEqual([]);
  });
});
