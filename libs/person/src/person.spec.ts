import { describe, expect, test } from '@jest/globals';
import { asCode, asId, recorded, type EventId, type Recorded } from '#decider';
import { civilDate } from '#time';
import type { PersonEvent } from './person.events.js';
import { actsOn, momentsOfKnowing } from './item.js';
import { PERSON_EVENT_TYPES, personFold } from './person.js';
import {
  CCAS,
  described,
  granted,
  henri,
  id,
  informed,
  NURSE,
  objected,
  representedBy,
  SOCIAL_WORKER,
  SSIAD,
  anIntention,
} from './testing.js';

const noel = { kind: 'mandate', mandate: SOCIAL_WORKER, institution: CCAS } as const;
const nurse = { kind: 'mandate', mandate: NURSE, institution: SSIAD } as const;
const himself = { kind: 'person' } as const;
const ALL = { items: [], categories: [], recipients: [], purposes: [] };
const day = civilDate('2026-02-10');
const disclosure = id('Disclosure', 1);

function told(overrides: object = {}): PersonEvent {
  return {
    type: 'DisclosureRecorded',
    data: {
      disclosure,
      discloser: nurse,
      items: [{ item: id('Item', 1) }],
      recipients: [noel],
      purpose: asCode('care-coordination'),
      basis: { consents: [id('Consent', 1)], restsOn: 'consent' },
      frame: 'exchange',
      channel: 'phone',
      onward: [],
      cites: [],
      ...overrides,
    },
    effectiveAt: civilDate('2026-01-10'),
  };
}

function fold(...events: readonly PersonEvent[]) {
  return events
    .map((event, i) => recorded(event, i) as Recorded<PersonEvent>)
    .reduce((state, event) => personFold.evolve(state, event), personFold.initial);
}

describe('a person', () => {
  test('is unknown until registered, and nothing before counts', () => {
    expect(fold(described(), granted())).toEqual({ status: 'unknown' });
  });

  test('is closed by an erasure, and nothing after counts', () => {
    const closed: PersonEvent = { type: 'StreamClosed', data: { request: 'r' } };
    expect(fold(closed, described())).toEqual({ status: 'closed' });
  });

  test('may be merged with another, and dies', () => {
    const person = henri(
      { type: 'PersonMerged', data: { other: id('Person', 2), streams: [], reason: 'doublon' } },
      { type: 'PersonDied', data: { source: 'mairie' }, effectiveAt: day },
    );
    expect([person.merged.toArray(), person.diedAt]).toEqual([[id('Person', 2)], day]);
  });

  test('keeps an earlier care relation when somebody comes back', () => {
    const started = {
      type: 'CareRelationStarted',
      data: { mandate: NURSE, institution: SSIAD, declaredBy: 'person' },
    };
    const ended = { type: 'CareRelationEnded', data: { mandate: NURSE }, effectiveAt: day };
    const person = henri(...([started, ended, started] as PersonEvent[]));
    expect(
      person.care
        .get(NURSE)
        ?.map(({ until }) => until)
        .toArray(),
    ).toEqual([day, undefined]);
  });

  test('is in care until it ends, and represented until it ends', () => {
    const person = henri(
      { type: 'CareRelationStarted', data: { mandate: NURSE, institution: SSIAD, declaredBy: 'person' } },
      { type: 'CareRelationEnded', data: { mandate: NURSE }, effectiveAt: day },
      representedBy(1),
      { type: 'RepresentationEnded', data: { representative: id('Representative', 1), until: day } },
      { type: 'CapacityAssessed', data: { ableToDecide: true, domain: 'personal', by: 'médecin' } },
      {
        type: 'OutsiderRegistered',
        data: { outsider: id('Outsider', 1), kind: 'relative', name: 'Claire' },
      },
    );
    expect(person.care.get(NURSE)?.last()).toMatchObject({ until: day, institution: SSIAD });
    expect(person.representations.get(id('Representative', 1))).toMatchObject({ validUntil: day });
    expect([person.capacity.size, person.outsiders.size]).toEqual([1, 1]);
  });
});

describe('what the person said', () => {
  test('keeps every withdrawal of a consent with its date', () => {
    const withdrawn = (excluded: object): PersonEvent => ({
      type: 'ConsentWithdrawn',
      data: { consent: id('Consent', 1), by: himself, means: 'oral', excluded: { ...ALL, ...excluded } },
      effectiveAt: day,
    });
    const person = henri(informed(), granted(), withdrawn({ items: [id('Item', 1)] }), withdrawn({}));
    expect(person.consents.get(id('Consent', 1))!.exclusions).toMatchObject([
      {
        excluded: { ...ALL, items: [id('Item', 1)] },
        effectiveAt: day,
        by: himself,
        origin: { revision: 3 },
      },
      { excluded: ALL, effectiveAt: day, by: himself, origin: { revision: 4 } },
    ]);
  });

  test('keeps an objection with its answer and its end', () => {
    const person = henri(
      objected(),
      {
        type: 'ObjectionAnswered',
        data: { objection: id('Objection', 1), by: NURSE, answer: 'rejected', reason: 'obligation' },
      },
      {
        type: 'ObjectionLifted',
        data: { objection: id('Objection', 1), by: himself, means: 'oral' },
        effectiveAt: day,
      },
    );
    expect(person.objections.get(id('Objection', 1))).toMatchObject({
      answers: [{ answer: 'rejected' }],
      liftedAt: day,
      lifted: { effectiveAt: day, revision: 3 },
    });
  });

  test('says where and when each fact was recorded', () => {
    const person = henri(informed());
    expect(person.informations.get(id('Information', 1))!.origin).toMatchObject({
      revision: 1,
      effectiveAt: civilDate('2026-01-08'),
    });
  });
});

describe('items and disclosures', () => {
  test('an item is requalified without its holdings', () => {
    const data = { item: id('Item', 1), level: 'personal', reason: 'erreur' } as const;
    const person = henri(described(), { type: 'InformationRequalified', data });
    expect(person.items.get(id('Item', 1))).toMatchObject({ level: 'personal', label: 'risque de chute' });
    expect(person.items.get(id('Item', 1))).not.toHaveProperty('reason');
    expect(person.holdings.get(id('Item', 1))!.size).toBe(1);
  });

  test('a holder knows an item by holding, receiving or passing it on, unless the act was retracted', () => {
    const declared: PersonEvent = {
      type: 'HoldingDeclared',
      data: {
        item: id('Item', 1),
        holder: noel,
        purpose: asCode('social-follow-up'),
        source: { kind: 'person' },
      },
      effectiveAt: day,
    };
    const person = henri(described(), told(), declared);
    const dates = momentsOfKnowing(person, id('Item', 1), noel).map(({ effectiveAt }) => effectiveAt);
    expect(dates).toEqual([day, civilDate('2026-01-10')]);
    expect(momentsOfKnowing(person, id('Item', 1), nurse)).toHaveLength(2);
    const retracted: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure, changes: {}, retracted: true, reason: 'erreur' },
    };
    expect(momentsOfKnowing(henri(described(), told(), retracted), id('Item', 1), noel)).toEqual([]);
  });

  test('an act stands once among those on an item, however often it names it and is changed', () => {
    const twice: PersonEvent = {
      type: 'DisclosureReported',
      data: {
        disclosure: id('Disclosure', 2),
        items: [{ item: id('Item', 1) }, { item: id('Item', 1) }],
        reporter: NURSE,
        source: 'réunion',
        certainty: 'likely',
      },
      effectiveAt: day,
    };
    const changes = { items: [{ item: id('Item', 1) }], channel: 'paper' } as const;
    const corrected: PersonEvent = {
      type: 'DisclosureCorrected',
      data: { disclosure, changes, reason: 'erreur' },
    };
    const contested: PersonEvent = { type: 'DisclosureContested', data: { disclosure, ground: 'non' } };
    const person = henri(described(), told(), twice, corrected, contested);
    expect(actsOn(person, id('Item', 1))).toEqual([
      expect.objectContaining({ disclosure, channel: 'paper', contests: [expect.anything()] }),
      expect.objectContaining({ disclosure: id('Disclosure', 2) }),
    ]);
  });

  test('the acts on an item are those of the state that is asked, before and after a change', () => {
    const before = henri(described(), told());
    expect(actsOn(before, id('Item', 1)).map(({ contests }) => contests.length)).toEqual([0]);
    const after = henri(described(), told(), {
      type: 'DisclosureContested',
      data: { disclosure, ground: 'non' },
    });
    const since = { ...before, acts: after.acts };
    expect(actsOn(since, id('Item', 1)).map(({ contests }) => contests.length)).toEqual([1]);
    expect(actsOn(before, id('Item', 1)).map(({ contests }) => contests.length)).toEqual([0]);
  });

  test('an act carries its corrections, contests, effects and retention', () => {
    const person = henri(
      described(1),
      described(2),
      told(),
      {
        type: 'DisclosureCorrected',
        data: {
          disclosure,
          changes: { items: [{ item: id('Item', 2) }], channel: 'paper' },
          actEffectiveAt: day,
          duplicateOf: id('Disclosure', 2),
          reason: 'erreur',
        },
      },
      { type: 'DisclosureContested', data: { disclosure, ground: 'non' }, effectiveAt: day },
      {
        type: 'ContestAnswered',
        data: { disclosure, by: NURSE, answer: 'upheld', reason: 'oui' },
        effectiveAt: civilDate('2026-02-11'),
      },
      { type: 'DisclosureContested', data: { disclosure, ground: 'encore' }, effectiveAt: day },
      { type: 'EffectObserved', data: { disclosure, effect: 'aide', by: NURSE } },
      { type: 'RetentionChanged', data: { disclosure, retainUntil: day, reason: 'fin' } },
    );
    expect(person.acts.get(disclosure)).toMatchObject({
      reported: false,
      channel: 'paper',
      effectiveAt: day,
      duplicateOf: id('Disclosure', 2),
      contests: [{ from: day, until: civilDate('2026-02-11') }, { from: day }],
      effects: ['aide'],
      retainUntil: day,
      retracted: false,
    });
    expect(person.actsByItem.get(id('Item', 2))!.toArray()).toEqual([disclosure]);
  });

  test('a report leaves out what nobody told', () => {
    const data = { disclosure, reporter: NURSE, source: 'réunion', certainty: 'likely' } as const;
    const person = henri({ type: 'DisclosureReported', data, effectiveAt: day });
    expect(person.acts.get(disclosure)).toMatchObject({
      reported: true,
      items: [],
      recipients: [],
    });
    expect(person.acts.get(disclosure)!.onward).toBeUndefined();
  });
});

describe('what follows', () => {
  test('is kept by its own id', () => {
    const because = asId<'Event'>('e') as EventId;
    const person = henri(
      { type: 'DisclosureRefused', data: { ...refusal(), disclosure } },
      { type: 'DisclosureEscalated', data: { disclosure, to: NURSE, act: anIntention(), reasons: [] } },
      { type: 'EscalationDecided', data: { disclosure, by: NURSE, decision: 'deny', reason: 'non' } },
      {
        type: 'CaseReferred',
        data: {
          case: 'c',
          commission: 'm',
          question: 'q',
          whyCollective: 'w',
          reporter: NURSE,
          items: [],
        },
      },
      { type: 'OpinionGiven', data: { case: 'c', label: 'avis' } },
      { type: 'DecisionTaken', data: { case: 'c', label: 'décision' } },
      {
        type: 'NoticeIssued',
        data: {
          notice: id('Notice', 1),
          to: noel,
          items: [],
          disclosures: [],
          since: day,
          because,
          asks: 'purge',
          answerBy: day,
        },
      },
      { type: 'NoticeContested', data: { notice: id('Notice', 1), by: NURSE, ground: 'loi' } },
      { type: 'PurgeAttested', data: { holder: noel, items: [id('Item', 1)], remains: 'nothing' } },
      { type: 'FindingTreated', data: { finding: 'f', treatment: 'accepted', reason: 'r' } },
      {
        type: 'AccessRequested',
        data: { request: 'a', by: { kind: 'person' }, means: 'oral', institution: SSIAD, answerBy: day },
      },
      { type: 'AccessAnswered', data: { request: 'a', by: NURSE, recipients: [] } },
      { type: 'LegalHoldPlaced', data: { hold: 'h', ground: 'procès' } },
      { type: 'LegalHoldLifted', data: { hold: 'h' } },
      { type: 'ErasureRequested', data: { request: 'e' } },
      { type: 'DeferralRevealed', data: { deferral: id('Deferral', 1), facts: [] } },
    );
    expect(person.refused.toArray()).toEqual([disclosure]);
    expect(person.escalations.get(disclosure)).toMatchObject({ decided: { decision: 'deny' } });
    expect(person.cases.get('c')!.conclusions.map(({ label }) => label)).toEqual(['avis', 'décision']);
    expect(person.notices.get(id('Notice', 1))).toMatchObject({ state: 'contested' });
    expect(person.purges.get(id('Item', 1))!.size).toBe(1);
    expect(person.treatments.get('f')).toMatchObject({ treatment: 'accepted' });
    expect(person.accessRequests.get('a')).toMatchObject({
      institution: SSIAD,
      answeredAt: expect.anything(),
    });
    expect([person.legalHolds.size, person.erasureRequested]).toEqual([
      0,
      expect.objectContaining({ request: 'e' }),
    ]);
    expect(person.revealed.toArray()).toEqual([id('Deferral', 1)]);
  });

  test('is left alone by events about what is not there', () => {
    const person = henri();
    const after = [
      { type: 'ConsentWithdrawn', data: { consent: id('Consent', 9), excluded: ALL } },
      { type: 'ObjectionAnswered', data: { objection: id('Objection', 9) } },
      { type: 'ObjectionLifted', data: { objection: id('Objection', 9) } },
      { type: 'CareRelationEnded', data: { mandate: NURSE } },
      { type: 'RepresentationEnded', data: { representative: id('Representative', 9), until: day } },
      { type: 'InformationRequalified', data: { item: id('Item', 9) } },
      { type: 'DisclosureCorrected', data: { disclosure, changes: {} } },
      { type: 'EffectObserved', data: { disclosure, effect: '' } },
      { type: 'RetentionChanged', data: { disclosure, retainUntil: day } },
      { type: 'EscalationDecided', data: { disclosure } },
      { type: 'OpinionGiven', data: { case: 'c' } },
      { type: 'NoticeClosed', data: { notice: id('Notice', 9) } },
      { type: 'AccessAnswered', data: { request: 'a' } },
      { type: 'LegalHoldLifted', data: { hold: 'h' } },
      { type: 'DisclosureAssessed', data: { disclosure } },
      { type: 'NonDisclosureJustified', data: { mandate: NURSE } },
    ] as unknown as readonly PersonEvent[];
    for (const event of after) {
      expect(PERSON_EVENT_TYPES).toContain(event.type);
      expect(personFold.evolve(person, recorded(event, 9) as Recorded<PersonEvent>)).toEqual(person);
    }
  });
});

function refusal() {
  const purpose = asCode<'Purpose'>('care-coordination');
  return { discloser: nurse, items: [], recipients: [noel], purpose, reasons: [] };
}
