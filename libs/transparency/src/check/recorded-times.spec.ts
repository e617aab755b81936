import { describe, expect, test } from '@jest/globals';
import type { Instant } from '#decider';
import { ALICE, at, BRUNO, policy, TestLedger, witnessSigners } from '../testing.js';
import type { CheckContext, ProofBundle } from './bundle.js';
import { checkPerson } from './check-person.js';

const context: CheckContext = { policy, streams: [ALICE], now: at('12:00') };

/** Maps at 10:00 and 11:00 and 11:10; Alice's one event lies between the last two and says `recordedAt`. */
function bundleWith(recordedAt: Instant): ProofBundle {
  const made = new TestLedger();
  made.closeMap(at('10:00'));
  made.record(BRUNO, at('10:59'));
  made.closeMap(at('11:00'));
  made.record(ALICE, recordedAt);
  made.closeMap(at('11:10'));
  return made.bundle([ALICE], at('11:11'));
}

function result(bundle: ProofBundle, other: Partial<CheckContext> = {}) {
  const { checks } = checkPerson(bundle, { ...context, ...other });
  return checks
    .filter(({ verdict }) => verdict === 'failed' || verdict === 'warned')
    .map((check) => check.sentence);
}

const LATE =
  'the log counted nothing from 2026-03-02T11:00:00.000Z to 2026-03-02T11:10:00.000Z: it stood still, or the event is back-dated.';

describe('recorded times', () => {
  test.each([
    ['10:58', [`Event 0 says 2026-03-02T10:58:00.000Z, and ${LATE}`]],
    ['11:06', [`Event 0 says 2026-03-02T11:06:00.000Z, and ${LATE}`]],
    ['11:07', []],
    ['11:12', []],
    ['10:57', ['Event 0 is back-dated: it was logged after 2026-03-02T11:00:00.000Z.']],
    ['11:13', ['Event 0 is dated ahead: it was logged before 2026-03-02T11:10:00.000Z.']],
  ])('at %s between map entries of 11:00 and 11:10, two minutes tolerated', (time, sentences) => {
    expect(result(bundleWith(at(time)))).toEqual(sentences);
  });

  test('are dated by the map entries next to the event and by no others', () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(BRUNO, at('10:59'));
    made.closeMap(at('11:00'));
    made.record(ALICE, at('10:01'));
    made.closeMap(at('11:10'));
    made.record(BRUNO, at('11:11'));
    made.closeMap(at('11:12'));
    const shown = (...indices: number[]) => ({
      ...made.bundle([ALICE], at('11:13')),
      neighbours: indices.map((index) => made.prove(index)),
    });
    const missing = ['The file lacks the map entries around event 0.'];
    // The one of 10:00 would date it rightly; the one of 11:10 says that another stands between.
    for (const indices of [[0, 4], [0], [4], [2], []]) expect(result(shown(...indices))).toEqual(missing);
    expect(result(shown(2, 4))).toEqual([
      'Event 0 is back-dated: it was logged after 2026-03-02T11:00:00.000Z.',
    ]);
  });

  test('need the map entries around each event, in the log', () => {
    const bundle = bundleWith(at('11:09'));
    expect(result({ ...bundle, neighbours: [] })).toEqual(['The file lacks the map entries around event 0.']);
    const [first] = bundle.neighbours;
    const forged = { ...first!, index: first!.index + 1 };
    expect(result({ ...bundle, neighbours: [forged] })[0]).toBe('A map entry of the file is not in the log.');
  });

  test('are bounded by the closest map entries, whatever else the file shows and in whatever order', () => {
    const bundle = bundleWith(at('10:01'));
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(BRUNO, at('10:59'));
    made.closeMap(at('11:00'));
    made.record(ALICE, at('10:01'));
    made.closeMap(at('11:10'));
    made.closeMap(at('11:20'));
    const all = [0, 2, 4, 5].map((index) => made.prove(index));
    for (const neighbours of [all, all.toReversed()])
      expect(result({ ...made.bundle([ALICE], at('11:21')), neighbours })).toEqual(result(bundle));
    expect(result(bundle)).toEqual(['Event 0 is back-dated: it was logged after 2026-03-02T11:00:00.000Z.']);
  });

  test('are not taken from a map entry that stands elsewhere than it says', () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.entries.push(made.entries[0]!);
    made.record(ALICE, at('10:01'));
    made.closeMap(at('10:02'));
    const bundle = { ...made.bundle([ALICE], at('10:03')), neighbours: [made.prove(1)] };
    expect(result(bundle)[0]).toBe('A map entry of the file is not in the log.');
  });

  test('never go back within a stream', () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(ALICE, at('10:01'));
    made.record(ALICE, at('10:00'));
    made.closeMap(at('10:01'));
    expect(result(made.bundle([ALICE], at('10:02')))).toEqual([
      'Event 1 is dated before the event it follows.',
    ]);
  });

  test('are UTC with milliseconds', () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(ALICE, '2026-03-02T11:01:00+01:00' as Instant);
    made.closeMap(at('10:02'));
    expect(result(made.bundle([ALICE], at('10:02')))).toEqual([
      'Event 0 has no time in UTC with milliseconds.',
    ]);
  });
});

describe('a log that stood still', () => {
  /** Maps at 10:00 and 10:40, at 11:00 and 11:30; events in both gaps. */
  function twoGaps(): TestLedger {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    for (const time of ['10:01', '10:02', '10:39']) made.record(ALICE, at(time));
    made.closeMap(at('10:40'));
    made.record(BRUNO, at('10:59'));
    made.closeMap(at('11:00'));
    made.record(ALICE, at('11:01'));
    made.closeMap(at('11:30'));
    return made;
  }

  test('is told once for each gap, which is named with the first event in it, and fails nothing', () => {
    const { verdict, checks, save } = checkPerson(twoGaps().bundle([ALICE], at('11:31')), context);
    expect(checks.filter(({ name }) => name === 'logged-promptly')).toEqual([
      expect.objectContaining({
        verdict: 'warned',
        sentence:
          'Event 0 says 2026-03-02T10:01:00.000Z, and the log counted nothing from 2026-03-02T10:00:00.000Z to 2026-03-02T10:40:00.000Z: it stood still, or the event is back-dated. So with 1 more.',
      }),
      expect.objectContaining({
        verdict: 'warned',
        sentence:
          'Event 3 says 2026-03-02T11:01:00.000Z, and the log counted nothing from 2026-03-02T11:00:00.000Z to 2026-03-02T11:30:00.000Z: it stood still, or the event is back-dated.',
      }),
    ]);
    expect(verdict).toBe('complete');
    expect(save?.heads.get(ALICE)?.count).toBe(4);
  });

  test('fails the check where the replaying witness that the policy names did not cosign', () => {
    const made = twoGaps();
    const checkpoint = made.checkpoint(at('11:31'), witnessSigners.slice(0, 2));
    const bundle = { ...made.bundle([ALICE], at('11:31')), checkpoint };
    const { verdict, checks } = checkPerson(bundle, context);
    expect(verdict).toBe('failed');
    expect(checks.filter((check) => check.verdict === 'failed').map(({ name }) => name)).toEqual([
      'logged-promptly',
      'logged-promptly',
    ]);
    const plain = { ...policy, witnesses: policy.witnesses.slice(0, 2) };
    expect(checkPerson(bundle, { ...context, policy: plain }).verdict).toBe('unaltered');
  });
});

describe('an earlier check', () => {
  const first = () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(ALICE, at('10:01'));
    made.closeMap(at('10:02'));
    return made;
  };

  test('is continued by an honest log', () => {
    const made = first();
    const saved = checkPerson(made.bundle([ALICE], at('10:02')), context).save!;
    made.record(ALICE, at('10:05'));
    made.closeMap(at('10:06'));
    const { verdict, checks } = checkPerson(made.bundle([ALICE], at('10:06'), saved.size), {
      ...context,
      saved,
    });
    expect(verdict).toBe('complete');
    expect(checks.every((check) => check.verdict === 'passed')).toBe(true);
  });

  test('catches a log rolled back, forked, or shown without proof', () => {
    const made = first();
    made.record(ALICE, at('10:05'));
    made.closeMap(at('10:06'));
    const saved = checkPerson(made.bundle([ALICE], at('10:06')), context).save!;
    expect(result(first().bundle([ALICE], at('10:07')), { saved })).toEqual([
      'The log has 3 entries now and had 5 at the earlier check.',
      'The 2 events of the earlier check are not there as they were.',
    ]);
    const fork = first();
    fork.record(ALICE, at('10:05'), { payload: 'another story' });
    fork.closeMap(at('10:06'));
    const forked = [
      'The log was not shown to continue the one of the earlier check.',
      'The 2 events of the earlier check are not there as they were.',
    ];
    expect(result(fork.bundle([ALICE], at('10:07')), { saved })).toEqual(forked);
    made.closeMap(at('10:08'));
    expect(result(made.bundle([ALICE], at('10:08')), { saved })).toEqual(forked.slice(0, 1));
  });
});
