import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asCode, asId } from '#decider';
import { personTesting, type DutyDischarged, type PersonEvent } from '#person';
import { civilDate } from '#time';
import { dutyRows } from './duties.projection.js';
import { elsewhereFold } from '../elsewhere/elsewhere.js';
import { Judgements } from '../findings/judged.js';
import { owedAbout } from './owed.js';
import { acted, assessed, guard, ITEM, nurse, owedOn, projected, worker } from './story.testing.js';

const { aConsent, CCAS, id, informed, NURSE, objected, representedBy, SOCIAL_WORKER, SSIAD } = personTesting;
const ACT = id('Disclosure', 1);

/** What is owed on a day: `kind state`. */
function owed(day: string, ...events: readonly PersonEvent[]): readonly string[] {
  return owedOn(day, [...projected(...events).rows.values()].flat());
}

const at = (day: string) => ({ effectiveAt: civilDate(day) });
const purged = (day: string, remains: 'nothing' | 'memory' = 'nothing', holder = worker): PersonEvent => ({
  type: 'PurgeAttested',
  data: { holder, items: [ITEM], remains },
  ...at(day),
});
const discharged = (kind: string, institution = SSIAD, day = '2026-03-10'): PersonEvent => {
  const data: DutyDischarged['data'] = { disclosure: ACT, kind, by: NURSE, institution };
  return { type: 'DutyDischarged', data, ...at(day) };
};
const granted = (day: string): PersonEvent => ({ type: 'ConsentGranted', data: aConsent(), ...at(day) });
const refused = (day: string): PersonEvent => {
  const { items, categories, recipients, purposes } = aConsent();
  const scope = { items, categories, recipients, purposes };
  const data = {
    refusal: id('Consent', 9),
    by: { kind: 'person' } as const,
    means: 'oral' as const,
    ...scope,
  };
  return { type: 'ConsentRefused', data, ...at(day) };
};
const told = (day: string): PersonEvent => ({ ...informed(), ...at(day) });
const answered = (day: string, institution?: typeof SSIAD): PersonEvent => ({
  type: 'ObjectionAnswered',
  data: {
    objection: id('Objection', 1),
    by: NURSE,
    ...(institution ? { institution } : {}),
    answer: 'accepted',
    reason: 'x',
  },
  ...at(day),
});
const effect = (day: string): PersonEvent => ({
  type: 'EffectObserved',
  data: { disclosure: ACT, effect: 'x', by: NURSE },
  ...at(day),
});
const inCare = (day: string): PersonEvent => ({
  type: 'CareRelationStarted',
  data: { mandate: SOCIAL_WORKER, institution: CCAS, declaredBy: 'institution' },
  ...at(day),
});
const objection = (day: string): PersonEvent => ({ ...objected(), ...at(day) });
const objectedToAll = (day: string): PersonEvent => ({ ...objected({ recipients: [] }), ...at(day) });
const story = (kinds: Parameters<typeof assessed>[2]) => [
  acted(1, worker, '2026-03-02'),
  assessed(1, worker, kinds),
];

describe('what an act leaves to be done', () => {
  test.each<[kind: string, fulfilment: PersonEvent]>([
    ['inform-person', told('2026-03-10')],
    ['seek-consent', granted('2026-03-10')],
    ['seek-consent', refused('2026-03-10')],
    ['record-consent-sought', refused('2026-03-10')],
    ['record-consent-sought', discharged('record-consent-sought')],
    ['answer-objection', discharged('answer-objection')],
    ['tell-secrecy', discharged('tell-secrecy')],
    ['settle-after-alert', discharged('settle-after-alert')],
    ['give-result', discharged('give-result')],
    ['attest-destruction', purged('2026-03-10')],
    ['attest-destruction', purged('2026-03-10', 'memory')],
    ['record-effect', effect('2026-03-10')],
    ['record-care-relation', inCare('2026-03-10')],
  ])('is %s: open, overdue after its day, done by what fulfils it', (kind, fulfilment) => {
    const before = story({ [kind]: kind === 'attest-destruction' ? worker : nurse });
    expect(owed('2026-03-01', ...before)).toEqual([]);
    expect(owed('2026-03-02', ...before)).toEqual([`${kind} open`]);
    expect(owed('2026-03-31', ...before)).toEqual([`${kind} open`]);
    expect(owed('2026-04-01', ...before)).toEqual([`${kind} overdue`]);
    expect(owed('2026-03-09', ...before, fulfilment)).toEqual([`${kind} open`]);
    expect(owed('2026-03-10', ...before, fulfilment)).toEqual([`${kind} done`]);
    expect(owed('2026-04-01', ...before, fulfilment)).toEqual([`${kind} done`]);
  });

  test('was overdue until it was done late', () => {
    const late = [...story({ 'record-effect': nurse }), effect('2026-05-01')];
    expect(owed('2026-04-30', ...late)).toEqual(['record-effect overdue']);
    expect(owed('2026-05-01', ...late)).toEqual(['record-effect done']);
  });

  test('is not done by another institution, nor by a word where a fact is asked for', () => {
    const before = story({ 'acknowledge-receipt': worker, 'record-effect': nurse });
    const words = [discharged('acknowledge-receipt'), discharged('record-effect')];
    expect(owed('2026-03-20', ...before, ...words)).toEqual([
      'acknowledge-receipt open',
      'record-effect open',
    ]);
    expect(owed('2026-03-20', ...before, discharged('acknowledge-receipt', CCAS))).toContain(
      'acknowledge-receipt done',
    );
  });

  test('ends what stands with its last day, or with a purge that leaves nothing', () => {
    const before = story({ 'no-onward-sharing': worker });
    expect(owed('2026-12-31', ...before)).toEqual(['no-onward-sharing open']);
    expect(owed('2027-01-01', ...before)).toEqual(['no-onward-sharing done']);
    expect(owed('2026-03-10', ...before, purged('2026-03-10', 'memory'))).toEqual(['no-onward-sharing open']);
    expect(owed('2026-03-10', ...before, purged('2026-03-10'))).toEqual(['no-onward-sharing done']);
  });

  test('follows the last day of keeping when it is changed', () => {
    const changed: PersonEvent = {
      type: 'RetentionChanged',
      data: { disclosure: ACT, retainUntil: civilDate('2026-06-30'), reason: 'x' },
    };
    expect(owed('2026-07-01', ...story({ purge: worker }))).toEqual(['purge open']);
    expect(owed('2026-07-01', ...story({ purge: worker }), changed)).toEqual(['purge overdue']);
  });

  test('waits for every objection that stood, and for its answer or its end', () => {
    const before = [objection('2026-02-20'), ...story({ 'answer-objection': nurse })];
    const ofAct = (rows: readonly string[]) => rows.filter((row) => row.startsWith('answer-objection'));
    expect(ofAct(owed('2026-03-15', ...before, discharged('answer-objection')))).toContain(
      'answer-objection open',
    );
    expect(new Set(owed('2026-03-15', ...before, answered('2026-03-12')))).toEqual(
      new Set(['answer-objection done']),
    );
  });

  test.each<[string, object]>([
    ['retracted', { retracted: true }],
    ['a duplicate', { duplicateOf: id('Disclosure', 2) }],
    ['corrected to another recipient', { changes: { recipients: [guard] } }],
  ])('is nothing once the act is %s', (_, correction) => {
    const corrected = {
      type: 'DisclosureCorrected',
      data: { disclosure: ACT, changes: {}, reason: 'x', ...correction },
    } as PersonEvent;
    const before = [acted(2, worker, '2026-03-01'), ...story({ purge: worker })];
    expect(owed('2026-03-20', ...before)).toEqual(['purge open']);
    expect(owed('2026-03-20', ...before, corrected)).toEqual([]);
  });

  test('is answered for by the discloser’s institution where the debtor has no mandate', () => {
    const { rows } = projected(acted(1, guard, '2026-03-02'), assessed(1, guard, { purge: guard }));
    expect([...rows.values()].flat()[0]).toMatchObject({
      debtor: `outsider:${guard.outsider}`,
      institution: SSIAD,
    });
  });

  test('asks to look at an exception again, unless the person has been told', () => {
    const exception = { kind: 'emergency', reason: 'x', reviewBy: civilDate('2026-03-05') } as const;
    const before = [acted(1, worker, '2026-03-02'), assessed(1, worker, {}, { exception })];
    expect(owed('2026-03-06', ...before)).toEqual(['review-exception overdue']);
    expect(owed('2026-03-06', ...before, told('2026-03-04'))).toEqual(['review-exception done']);
    expect(owed('2026-03-10', ...before, discharged('review-exception'))).toEqual(['review-exception done']);
  });

  test('asks to tell each holder of parental authority of a minor', () => {
    const parent = (n: number) => representedBy(n, { kind: 'parental-authority' });
    const toParent = (n: number, day: string): PersonEvent => ({
      ...informed({
        information: id('Information', n),
        to: { kind: 'representative', representative: id('Representative', n) },
      }),
      ...at(day),
    });
    const act = acted(1, worker, '1960-03-02');
    const young = [parent(1), parent(2), act, assessed(1, worker, { 'inform-person': nurse })];
    expect(owed('1960-06-01', ...young, toParent(1, '1960-05-01'), told('1960-05-01'))).toEqual([
      'inform-person open',
    ]);
    expect(owed('1960-06-01', ...young, toParent(1, '1960-05-01'), toParent(2, '1960-05-02'))).toEqual([
      'inform-person done',
    ]);
  });
});

const notice = (asks: 'purge' | 'acknowledge'): PersonEvent => ({
  type: 'NoticeIssued',
  data: {
    notice: id('Notice', 1),
    to: worker,
    items: [ITEM],
    disclosures: [ACT],
    because: asId<'Event'>('e'),
    since: civilDate('2026-03-05'),
    asks,
    answerBy: civilDate('2026-04-05'),
  },
  ...at('2026-03-06'),
});
const contested: PersonEvent = {
  type: 'DisclosureContested',
  data: { disclosure: ACT, ground: 'x' },
  ...at('2026-01-31'),
};
const escalated: PersonEvent = {
  type: 'DisclosureEscalated',
  data: {
    disclosure: ACT,
    to: NURSE,
    act: personTesting.anIntention(),
    decideBy: civilDate('2026-03-03'),
    reasons: [],
  },
  ...at('2026-03-02'),
};

describe('what else waits for an answer', () => {
  test('is a notice, until it is answered or its purge attested', () => {
    const before = [acted(1, worker, '2026-03-02'), notice('purge')];
    expect(owed('2026-03-05', ...before)).toEqual([]);
    expect(owed('2026-04-05', ...before)).toEqual(['purge-on-notice open']);
    expect(owed('2026-04-06', ...before)).toEqual(['purge-on-notice overdue']);
    expect(owed('2026-03-08', ...before, purged('2026-03-08'))).toEqual(['purge-on-notice done']);
    const closed: PersonEvent = {
      type: 'NoticeAcknowledged',
      data: { notice: id('Notice', 1), by: SOCIAL_WORKER },
      ...at('2026-03-09'),
    };
    const other = [acted(1, worker, '2026-03-02'), notice('acknowledge'), closed];
    expect(owed('2026-03-08', ...other)).toEqual(['acknowledge-notice open']);
    expect(owed('2026-03-09', ...other)).toEqual(['acknowledge-notice done']);
  });

  test('is an objection, from those who made known what it is about; else from those it names', () => {
    const institutions = (...events: readonly PersonEvent[]) =>
      [...projected(...events).rows.values()].flat().map((row) => row['institution']);
    expect(institutions(objection('2026-02-20'))).toEqual([CCAS]);
    expect(institutions(acted(1, worker, '2026-01-10'), objection('2026-02-20'))).toEqual([SSIAD]);
    expect(owed('2026-03-21', objection('2026-02-20'))).toEqual(['answer-objection overdue']);
    expect(owed('2026-03-21', objection('2026-02-20'), answered('2026-03-01'))).toEqual([
      'answer-objection done',
    ]);
  });

  test('is done for the institution that answered an objection, and waits for the other', () => {
    const both = [acted(1, worker, '2026-01-10'), acted(2, nurse, '2026-01-10', worker)];
    const answers = [answered('2026-03-01', SSIAD), answered('2026-03-02', CCAS)];
    const asked = (n: number) =>
      owed('2026-03-05', ...both, objectedToAll('2026-02-20'), ...answers.slice(0, n));
    expect(asked(0)).toEqual(['answer-objection open', 'answer-objection open']);
    expect([...asked(1)].sort()).toEqual(['answer-objection done', 'answer-objection open']);
    expect(asked(2)).toEqual(['answer-objection done', 'answer-objection done']);
  });

  test('is a contest, for a month counted in the calendar', () => {
    const before = [acted(1, worker, '2026-01-10'), contested];
    expect(owed('2026-02-28', ...before)).toEqual(['answer-contest open']);
    expect(owed('2026-03-01', ...before)).toEqual(['answer-contest overdue']);
  });

  test('is a decision, of the human being who was named', () => {
    const decided: PersonEvent = {
      type: 'EscalationDecided',
      data: { disclosure: ACT, by: NURSE, decision: 'deny', reason: 'x' },
      ...at('2026-03-04'),
    };
    expect(owed('2026-03-03', escalated)).toEqual(['decide-escalation open']);
    expect(owed('2026-03-04', escalated)).toEqual(['decide-escalation overdue']);
    expect(owed('2026-03-04', escalated, decided)).toEqual(['decide-escalation done']);
    expect([...projected(escalated).rows.values()].flat()[0]).toMatchObject({ debtor: `mandate:${NURSE}` });
  });
});

describe('one event after the other', () => {
  const KINDS = [
    'inform-person',
    'seek-consent',
    'purge',
    'answer-objection',
    'record-care-relation',
    'record-effect',
  ];
  const kinds = Object.fromEntries(KINDS.map((kind) => [kind, nurse]));
  const days = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`);
  const exception = { kind: 'emergency', reason: 'x', reviewBy: civilDate('2026-03-05') } as const;
  const some: readonly ((day: string) => PersonEvent)[] = [
    (day) => acted(1, worker, day),
    (day) => acted(2, guard, day),
    () => assessed(1, worker, kinds),
    () => assessed(2, guard, kinds, { exception }),
    told,
    granted,
    refused,
    objection,
    answered,
    (day) => purged(day),
    effect,
    inCare,
    () => notice('purge'),
    () => contested,
    () => escalated,
    () => representedBy(1, { kind: 'parental-authority' }),
    () => ({
      type: 'DisclosureCorrected',
      data: { disclosure: ACT, changes: {}, retracted: true, reason: 'x' },
    }),
    () => ({
      type: 'DisclosureCorrected',
      data: {
        disclosure: ACT,
        changes: { purpose: asCode('x') },
        duplicateOf: id('Disclosure', 2),
        reason: 'x',
      },
    }),
  ];
  const histories = fc.array(
    fc.tuple(fc.constantFrom(...some), days).map(([make, day]) => make(day)),
    { maxLength: 14 },
  );

  test('leaves what reading all of them at once tells', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const { rows, person } = projected(acted(2, guard, '2026-03-01'), ...events);
        const all = [
          ...[id('Disclosure', 1), id('Disclosure', 2)].map((ref) => ['disclosure', ref] as const),
          ['notice', id('Notice', 1)] as const,
          ['objection', id('Objection', 1)] as const,
        ];
        for (const [about, ref] of all)
          expect(rows.get(ref) ?? []).toEqual(
            dutyRows(
              person,
              about,
              ref,
              owedAbout(new Judgements(person, elsewhereFold.initial), about, ref),
            ),
          );
      }),
      { numRuns: 500 },
    );
  });
});
