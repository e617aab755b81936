import { describe, expect, test } from '@jest/globals';
import { asCode, recorded, type Instant, type Recorded } from '#decider';
import { personTesting, type ConsentData, type Holder, type PersonEvent } from '#person';
import { addDays, civilDate } from '#time';
import { elsewhereFold } from '../elsewhere/elsewhere.js';
import { Judgements } from '../findings/judged.js';
import { at, henri, told } from '../findings/story.testing.js';
import { ItemWays } from '../ways.js';
import { lapseChanges } from './affected-duties.js';
import { lapseRows, readingOf } from './lapses.js';
import { guard, ITEM, nurse, owedOn, worker } from './story.testing.js';

const { aConsent, id, representedBy, SSIAD } = personTesting;
const doctor = { kind: 'mandate', mandate: id('Mandate', 7), institution: id('Institution', 7) } as const;

const agreed = (
  n: number,
  until: string,
  more: Partial<ConsentData> = {},
  on = '2026-01-08',
): PersonEvent => ({
  type: 'ConsentGranted',
  data: aConsent({
    consent: id('Consent', n),
    recipients: [worker],
    validFrom: civilDate(on),
    validUntil: civilDate(until),
    ...more,
  }),
  ...at(on),
});
const act = (n: number, consent: number, from: typeof nurse | typeof worker, to: Holder, on = '2026-01-09') =>
  told(
    n,
    { discloser: from, recipients: [to], basis: { consents: [id('Consent', consent)], restsOn: 'consent' } },
    on,
  );
const purged = (
  on: string,
  holder: Holder = worker,
  remains: 'nothing' | 'memory' = 'nothing',
): PersonEvent => ({
  type: 'PurgeAttested',
  data: { holder, items: [ITEM], remains },
  ...at(on),
});
/** What the social worker says that they have by themselves. */
const holding = (effectiveAt: string): PersonEvent => ({
  type: 'HoldingDeclared',
  data: {
    item: ITEM,
    holder: worker,
    purpose: asCode('care-coordination'),
    source: { kind: 'observation' },
  },
  effectiveAt: effectiveAt as Instant,
});
const withdrawn = (n: number, on: string): PersonEvent => ({
  type: 'ConsentWithdrawn',
  data: {
    consent: id('Consent', n),
    by: { kind: 'person' },
    means: 'written',
    excluded: { items: [], categories: [], recipients: [], purposes: [] },
  },
  ...at(on),
});

function rowsOn(holder: string, events: readonly PersonEvent[]) {
  const person = henri(...events);
  return lapseRows(readingOf(person, ITEM, ItemWays.of(person, ITEM)), holder);
}

/** What a holder owes on a day: `kind state`. */
function owed(day: string, events: readonly PersonEvent[], holder: string = `mandate:${worker.mandate}`) {
  return owedOn(day, rowsOn(holder, events));
}

const shared = [agreed(1, '2026-03-31'), act(1, 1, nurse, worker)];

describe('a consent that is over', () => {
  test('asks its holders to purge what rested on it alone, within thirty days, without any event', () => {
    expect(owed('2026-03-31', shared)).toEqual([]);
    expect(owed('2026-04-01', shared)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-05-01', shared)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-05-02', shared)).toEqual(['purge-on-lapse overdue']);
    expect(rowsOn(`mandate:${worker.mandate}`, shared)[0]).toMatchObject({
      about: 'disclosure',
      id: id('Disclosure', 1),
      debtor: `mandate:${worker.mandate}`,
      institution: worker.institution,
    });
  });

  test('asks nothing of whoever learnt it otherwise, of what the law carries, nor of what was taken back', () => {
    expect(owed('2026-05-01', shared, `mandate:${nurse.mandate}`)).toEqual([]);
    expect(owed('2026-05-01', [agreed(1, '2026-03-31'), told(1, {})])).toEqual([]);
    expect(owed('2026-05-01', [...shared, withdrawn(1, '2026-02-01')])).toEqual([]);
  });

  test('ends with the purge, also where something remains with its reason', () => {
    for (const remains of ['nothing', 'memory'] as const) {
      const story = [...shared, purged('2026-04-10', worker, remains)];
      expect(owed('2026-04-09', story)).toEqual(['purge-on-lapse open']);
      expect(owed('2026-04-10', story)).toEqual(['purge-on-lapse done']);
    }
    expect(owed('2026-05-01', [...shared, purged('2026-03-20')])).toEqual([]);
    expect(owed('2026-05-01', [...shared, purged('2026-04-10', nurse)])).toEqual(['purge-on-lapse open']);
  });

  test('asks it again of whoever learnt it anew after the purge', () => {
    const again = act(2, 1, nurse, worker, '2026-03-25');
    expect(owed('2026-05-01', [...shared, purged('2026-03-20'), again])).toEqual(['purge-on-lapse open']);
  });

  test('ends with another consent, until that one is over too', () => {
    const renewed = [...shared, agreed(2, '2026-05-31', {}, '2026-04-15')];
    expect(owed('2026-04-14', renewed)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-04-15', renewed)).toEqual(['purge-on-lapse done']);
    expect(owed('2026-06-01', renewed)).toEqual(['purge-on-lapse done', 'purge-on-lapse open']);
    expect(owed('2026-05-02', [...renewed, withdrawn(2, '2026-05-01')])).toContain('purge-on-lapse open');
  });

  test('asks nothing where another consent was there before it was over', () => {
    const renewed = [...shared, agreed(2, '2026-05-31', {}, '2026-03-15')];
    expect(owed('2026-05-31', renewed)).toEqual([]);
    expect(owed('2026-06-01', renewed)).toEqual(['purge-on-lapse open']);
    const foreign = [...shared, agreed(2, '2026-05-31', { recipients: [guard] }, '2026-03-15')];
    expect(owed('2026-04-01', foreign)).toEqual(['purge-on-lapse open']);
  });

  test('asks the same of everybody down the onward tree, and of the institution that told an outsider', () => {
    const onward = [
      agreed(1, '2026-03-31', { recipients: [worker], onward: [guard, doctor] }),
      act(1, 1, nurse, worker),
      act(2, 1, worker, doctor, '2026-01-10'),
      told(3, { discloser: worker, recipients: [guard] }, '2026-01-10'),
    ];
    expect(owed('2026-04-01', onward, `mandate:${doctor.mandate}`)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-04-01', onward, `outsider:${guard.outsider}`)).toEqual(['purge-on-lapse open']);
    expect(rowsOn(`outsider:${guard.outsider}`, onward)[0]).toMatchObject({
      institution: worker.institution,
    });
    const learntLater = [...onward, told(4, { recipients: [worker] }, '2026-02-01')];
    expect(owed('2026-04-01', learntLater, `outsider:${guard.outsider}`)).toEqual(['purge-on-lapse open']);
    const renewed = [...onward, agreed(2, '2026-12-31', {}, '2026-04-15')];
    expect(owed('2026-04-15', renewed, `outsider:${guard.outsider}`)).toEqual(['purge-on-lapse done']);
    expect(owed('2026-04-15', renewed, `mandate:${doctor.mandate}`)).toEqual(['purge-on-lapse open']);
  });

  test('asks nothing down the tree of whoever says since that they held it by themselves', () => {
    const agreedTwice = [
      agreed(1, '2026-03-31', { onward: [doctor] }),
      agreed(2, '2026-12-31', { recipients: [doctor] }),
    ];
    const onward = [...agreedTwice, act(1, 1, nurse, worker), act(2, 1, worker, doctor, '2026-01-10')];
    const held = holding('2026-01-10T13:00:00.000Z');
    const key = `mandate:${doctor.mandate}`;
    expect(owed('2026-04-01', onward, key)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-04-01', [...onward, held], key)).toEqual([]);
    const judgements = new Judgements(henri(...onward, held), elsewhereFold.initial);
    const told = lapseChanges(judgements, recorded(held, onward.length + 2) as Recorded<PersonEvent>, []);
    expect(told.map(({ scope }) => scope['subject'])).toContain(`${ITEM} ${key}`);
  });

  test('asks nothing between, of what was told by its month, for what its discloser learnt within it', () => {
    const to = { recipients: [doctor] };
    const april = { ...civilDate('2026-04-01'), precision: 'month' } as const;
    const monthly = { ...act(1, 1, worker, doctor), effectiveAt: april };
    const told = [agreed(1, '2026-04-10', to), monthly, holding('2026-04-20T13:00:00.000Z')];
    const key = `mandate:${doctor.mandate}`;
    expect(owed('2026-04-12', told, key)).toEqual(['purge-on-lapse open']);
    expect(owed('2026-04-12', [...told, agreed(2, '2026-12-31', to, '2026-04-05')], key)).toEqual([]);
  });

  test('asks each way once where people pass it round and round', () => {
    const team = Array.from({ length: 20 }, (_, n) => ({
      kind: 'mandate' as const,
      mandate: id('Mandate', 20 + n),
      institution: SSIAD,
    }));
    const onward = team.map((one) => ({ ...one }));
    const rounds = Array.from({ length: 300 }, (_, n) =>
      act(
        10 + n,
        1,
        team[n % 20]! as typeof nurse,
        team[(n + 1) % 20]!,
        addDays(civilDate('2026-01-09'), n).date,
      ),
    );
    const passed = [agreed(1, '2026-12-31', { recipients: onward }), ...rounds];
    const renewed = [...passed, agreed(2, '2027-12-31', { recipients: onward }, '2026-12-01')];
    for (const one of team.slice(-2)) {
      expect(owed('2027-01-01', passed, `mandate:${one.mandate}`)).toEqual(['purge-on-lapse open']);
      expect(owed('2027-01-01', renewed, `mandate:${one.mandate}`)).toEqual([]);
    }
  });

  test('asks to acknowledge where another chain remains, until it is said so', () => {
    const other = { ...nurse, mandate: id<'Mandate'>('Mandate', 8) };
    const twice = [...shared, told(2, { discloser: other, purpose: asCode('social-follow-up') })];
    expect(owed('2026-04-01', twice)).toEqual(['acknowledge-lapse open']);
    expect(owed('2026-05-02', twice)).toEqual(['acknowledge-lapse overdue']);
    const data = { disclosure: id('Disclosure', 1), kind: 'acknowledge-lapse', by: worker.mandate };
    const said = (institution: typeof SSIAD): PersonEvent => ({
      type: 'DutyDischarged',
      data: { ...data, institution },
      ...at('2026-04-10'),
    });
    expect(owed('2026-04-10', [...twice, said(worker.institution)])).toEqual(['acknowledge-lapse done']);
    expect(owed('2026-04-10', [...twice, said(SSIAD)])).toEqual(['acknowledge-lapse open']);
    expect(owed('2026-04-10', [...twice, purged('2026-04-05')])).toEqual(['acknowledge-lapse done']);
  });
});

describe('what a parent agreed to', () => {
  test('lapses at majority, whatever day was agreed to', () => {
    const parent = { kind: 'representative', representative: id('Representative', 1) } as const;
    // Henri came of age on 12 March 1966.
    const young = [
      representedBy(1, { kind: 'parental-authority' }),
      agreed(1, '1970-12-31', { by: parent }, '1966-01-08'),
      act(1, 1, nurse, worker, '1966-01-09'),
    ];
    const own = [...young, agreed(2, '1970-12-31', {}, '1966-03-10')];
    expect(owed('1966-03-11', young)).toEqual([]);
    expect(owed('1966-03-12', young)).toEqual(['purge-on-lapse open']);
    expect(owed('1966-03-12', own)).toEqual([]);
    expect(owed('1971-01-01', own)).toEqual(['purge-on-lapse open']);
  });
});
