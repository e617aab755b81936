import { describe, expect, test } from '@jest/globals';
import { streamName } from '#decider';
import { utf8 } from '../bytes.js';
import { sha256 } from '../crypto.js';
import { storedBody } from '../log/commitment.js';
import { encodeEntry } from '../log/encode-entry.js';
import { labelOf } from '../log/label.js';
import { parseEntry } from '../log/parse-entry.js';
import { leafHash } from '../merkle/hashes.js';
import { ALICE, ALICE_ACCESS, at, BRUNO, policy, TestLedger, witnessSigners } from '../testing.js';
import type { CheckContext, CheckName, ProofBundle, ProvedEvent } from './bundle.js';
import { checkPerson } from './check-person.js';

const NOW = at('10:30');
const OWN = [ALICE, ALICE_ACCESS];
const context: CheckContext = { policy, streams: OWN, now: NOW };

/** Alice has three events, Bruno two, nobody looked at Alice's; maps at 10:00, 10:05, 10:10, 10:20. */
function ledger(): TestLedger {
  const made = new TestLedger();
  made.closeMap(at('10:00'));
  made.record(ALICE, at('10:04'));
  made.record(BRUNO, at('10:04'));
  made.closeMap(at('10:05'));
  made.record(ALICE, at('10:09'));
  made.closeMap(at('10:10'));
  made.record(BRUNO, at('10:19'));
  made.record(ALICE, at('10:19'));
  made.closeMap(at('10:20'));
  return made;
}

const honest = () => ledger().bundle(OWN, at('10:21'));

function failures(bundle: ProofBundle, other: Partial<CheckContext> = {}): CheckName[] {
  const { verdict, checks, save } = checkPerson(bundle, { ...context, ...other });
  const failed = checks.filter((check) => check.verdict === 'failed').map(({ name }) => name);
  expect(verdict === 'failed').toBe(failed.length > 0);
  expect(save === undefined).toBe(failed.length > 0);
  return failed;
}

/** The bundle with Alice's own events replaced. */
function withEvents(
  bundle: ProofBundle,
  change: (events: readonly ProvedEvent[]) => ProvedEvent[],
): ProofBundle {
  const [own, ...rest] = bundle.streams;
  return { ...bundle, streams: [{ ...own!, events: change(own!.events) }, ...rest] };
}

describe("a person's check", () => {
  test('finds an honest file complete and says every step in a sentence', () => {
    const { verdict, checks, save } = checkPerson(honest(), context);
    expect(verdict).toBe('complete');
    expect(checks.map(({ name, stream }) => (stream ? `${stream.split('-')[0]} ${name}` : name))).toEqual([
      'checkpoint',
      'witnesses',
      'replay',
      'freshness',
      'earlier-checkpoint',
      'map-entry',
      'neighbours',
      'streams',
      ...['person', 'access'].flatMap((kind) =>
        ['bucket', 'events', 'chain', 'inclusion', 'openings', 'earlier-events']
          .concat('recorded-times', 'logged-promptly')
          .map((name) => `${kind} ${name}`),
      ),
    ]);
    expect(checks.every(({ sentence }) => /^[A-Z].*\.$/.test(sentence))).toBe(true);
    expect(checks.find(({ name, stream }) => name === 'events' && stream === ALICE_ACCESS)?.sentence).toBe(
      'The map proves that this stream has no event.',
    );
    expect(save?.heads.get(ALICE)?.count).toBe(3);
  });

  test('says unaltered, never complete, when no replaying witness cosigned', () => {
    const bundle = { ...honest(), checkpoint: ledger().checkpoint(at('10:21'), witnessSigners.slice(0, 2)) };
    expect(checkPerson(bundle, context).verdict).toBe('unaltered');
  });

  test('fails below the quorum, and warns where none is asked for', () => {
    const bundle = { ...honest(), checkpoint: ledger().checkpoint(at('10:21'), witnessSigners.slice(2)) };
    expect(failures(bundle)).toEqual(['witnesses']);
    const alone = { ...honest(), checkpoint: ledger().checkpoint(at('10:21'), []) };
    const { verdict, checks } = checkPerson(alone, { ...context, policy: { ...policy, quorum: 0 } });
    expect(verdict).toBe('unaltered');
    expect(checks.filter((check) => check.verdict === 'warned').map(({ name }) => name)).toEqual([
      'witnesses',
      'replay',
    ]);
  });

  test('warns when the newest cosignature is older than 24 hours', () => {
    const { verdict, checks } = checkPerson(honest(), {
      ...context,
      now: at('10:30').replace('-02T', '-04T') as typeof NOW,
    });
    expect(verdict).toBe('complete');
    expect(checks.find(({ name }) => name === 'freshness')?.verdict).toBe('warned');
  });

  test('refuses a checkpoint of another log, unsigned, altered or not last in its map', () => {
    const bundle = honest();
    expect(failures(bundle, { policy: { ...policy, origin: 'other.example' } })).toEqual(['checkpoint']);
    expect(failures(bundle, { policy: { ...policy, logKeys: [] } })).toEqual(['checkpoint']);
    expect(failures({ ...bundle, checkpoint: bundle.checkpoint.replace('\n9\n', '\n8\n') })).toEqual([
      'checkpoint',
    ]);
    const open = ledger();
    open.record(BRUNO, at('10:21'));
    expect(failures(open.bundle(OWN, at('10:22')))).toEqual(['map-entry']);
    expect(failures({ ...bundle, map: ledger().prove(5) })).toEqual(['map-entry']);
  });

  test('catches an event left out: in the middle, at the end, altogether', () => {
    expect(failures(withEvents(honest(), ([a, , c]) => [a!, c!]))).toEqual(['events', 'chain', 'openings']);
    expect(failures(withEvents(honest(), (events) => events.slice(0, -1)))).toEqual(['events']);
    expect(failures(withEvents(honest(), () => []))).toEqual(['events']);
  });

  test('catches events swapped, altered, or of somebody else', () => {
    expect(failures(withEvents(honest(), ([a, b, c]) => [b!, a!, c!]))).toEqual([
      'chain',
      'openings',
      'recorded-times',
    ]);
    const altered = withEvents(honest(), ([a, ...rest]) => [
      { ...a!, event: { ...a!.event, payload: {} } },
      ...rest,
    ]);
    expect(failures(altered)).toEqual(['openings']);
    const [, bruno] = ledger().bundle([ALICE, BRUNO], at('10:21')).streams;
    expect(failures(withEvents(honest(), ([a, , c]) => [a!, bruno!.events[0]!, c!]))).toContain('openings');
    expect(failures(withEvents(honest(), ([a, , c]) => [a!, bruno!.events[0]!, c!]))).toContain('chain');
  });

  test.each([
    'id',
    'type',
    'schema',
    'recordedAt',
    'effectiveAt',
    'actor',
    'commandId',
    'correlationId',
    'causationId',
  ])('catches another %s', (column) => {
    const bundle = withEvents(honest(), ([a, ...rest]) => [
      { ...a!, event: { ...a!.event, [column]: column === 'recordedAt' ? at('10:05') : 'other' } },
      ...rest,
    ]);
    expect(failures(bundle)).toEqual(['openings']);
  });

  test('catches stored bytes that are not those that were logged', () => {
    const stored = storedBody(sha256(utf8('other')), {});
    expect(failures(withEvents(honest(), ([a, ...rest]) => [{ ...a!, stored }, ...rest]))).toEqual([
      'openings',
    ]);
  });

  test('catches a foreign event logged under the label of the person', () => {
    const made = ledger();
    made.record(ALICE, at('10:21'), { stream: BRUNO });
    made.closeMap(at('10:22'));
    expect(failures(made.bundle(OWN, at('10:23')))).toEqual(['openings']);
  });

  test('catches a stale map, whose root was not renewed', () => {
    const made = ledger();
    const before = new Map(made.heads);
    made.record(ALICE, at('10:21'));
    made.closeMap(at('10:22'), before);
    expect(failures(made.bundle(OWN, at('10:23')))).toEqual(['events']);
    expect(failures(withEvents(made.bundle(OWN, at('10:23')), (events) => events.slice(0, 3)))).toEqual([]);
    // What hides the event from the file is caught by the replaying witness, which refuses this map.
  });

  test('catches a map with fewer events than the log, once the person saw one more', () => {
    const made = ledger();
    const first = checkPerson(made.bundle(OWN, at('10:21')), context).save!;
    const label = labelOf(ALICE);
    const entry = made.recorded.findLast(({ stream }) => stream === ALICE)!;
    const fewer = new Map(made.heads).set(label, { count: 2, last: first.heads.get(ALICE)!.last });
    made.closeMap(at('10:22'), fewer);
    expect(entry.event.n).toBe(2);
    const bundle = withEvents(made.bundle(OWN, at('10:23'), first.size), (events) => events.slice(0, 2));
    expect(failures(bundle, { saved: first })).toEqual(['events', 'earlier-events']);
  });

  test('catches a bucket shown of another checkpoint, and one that is malformed', () => {
    const made = ledger();
    const old = made.streamProof(ALICE).bucket;
    made.record(ALICE, at('10:21'));
    made.closeMap(at('10:22'));
    const bundle = made.bundle(OWN, at('10:23'));
    const [own, access] = bundle.streams;
    const shown = {
      ...bundle,
      streams: [{ ...own!, bucket: old, events: own!.events.slice(0, 3) }, access!],
    };
    expect(failures(shown)).toEqual(['bucket']);
    const cut = { ...own!.bucket, contents: own!.bucket.contents.subarray(1) };
    expect(failures({ ...bundle, streams: [{ ...own!, bucket: cut }, access!] })).toEqual([
      'bucket',
      'events',
    ]);
  });

  test('catches an entry that is not in the log', () => {
    const forged = encodeEntry({
      kind: 'event',
      commitment: sha256(utf8('c')),
      stored: sha256(utf8('e')),
      label: labelOf(ALICE),
      n: 2,
      previous: sha256(utf8('p')),
    });
    const bundle = withEvents(honest(), ([a, b, c]) => [a!, b!, { ...c!, entry: forged }]);
    expect(failures(bundle)).toEqual(['events', 'chain', 'inclusion', 'openings']);
    const unreadable = withEvents(honest(), ([a, b, c]) => [a!, b!, { ...c!, entry: utf8('{}') }]);
    expect(failures(unreadable)).toEqual(['events', 'chain', 'inclusion', 'openings']);
  });

  test.each([
    ['under another label', { label: labelOf(BRUNO) }, 'The entry of event 3 is of another stream.'],
    ['with another number', { n: 4 }, 'Event 3 is missing: 4 stands in its place.'],
    ['behind another entry', { previous: sha256(utf8('p')) }, 'Event 3 does not follow the one before it.'],
  ])('catches an entry logged %s, though the map counts it', (_, change, sentence) => {
    const made = ledger();
    const index = made.record(ALICE, at('10:21'));
    const entry = parseEntry(made.entries[index]!);
    if (!entry.ok || entry.value.kind !== 'event') throw new Error('not an event');
    made.entries[index] = encodeEntry({ ...entry.value, ...change });
    made.heads.set(labelOf(ALICE), { count: 4, last: leafHash(made.entries[index]) });
    made.closeMap(at('10:22'));
    const bundle = made.bundle(OWN, at('10:23'));
    expect(failures(bundle)).toEqual(['chain']);
    expect(checkPerson(bundle, context).checks.map((check) => check.sentence)).toContain(sentence);
  });

  test('catches events logged in another order than they are numbered', () => {
    const made = new TestLedger();
    made.closeMap(at('10:00'));
    made.record(ALICE, at('10:01'));
    made.record(ALICE, at('10:01'));
    made.closeMap(at('10:02'));
    const [map, first, second] = made.entries.splice(0, 3) as [Uint8Array, Uint8Array, Uint8Array];
    made.entries.unshift(map, second, first);
    const bundle = withEvents(made.bundle(OWN, at('10:03')), ([a, b]) => [
      { ...a!, ...made.prove(2) },
      { ...b!, ...made.prove(1) },
    ]);
    expect(failures(bundle)).toEqual(['chain']);
  });

  test('asks for the deferrals that the person’s own stream hands over, and for no other', () => {
    const [ended, open] = [streamName('deferral', 'ended'), streamName('deferral', 'open')];
    const made = ledger();
    made.record(ended, at('10:20'));
    made.record(open, at('10:20'));
    made.record(ALICE, at('10:20'), { type: 'DeferralRevealed', payload: { deferral: 'ended' } });
    made.closeMap(at('10:21'));
    const shown = (...streams: (typeof ended)[]) => failures(made.bundle([...OWN, ...streams], at('10:22')));
    expect([shown(ended), shown(), shown(ended, open)]).toEqual([[], ['streams'], ['streams']]);
  });

  test('catches streams left out, shown twice, or not the person’s', () => {
    const bundle = honest();
    expect(failures({ ...bundle, streams: bundle.streams.slice(0, 1) })).toEqual(['streams']);
    expect(failures({ ...bundle, streams: [...bundle.streams, bundle.streams[0]!] })).toEqual(['streams']);
    expect(failures(ledger().bundle([...OWN, BRUNO], at('10:21')))).toEqual(['streams']);
    expect(failures(bundle, { streams: [...OWN, streamName('deferral', 'x')] })).toEqual(['streams']);
    const saved = checkPerson(bundle, context).save!;
    expect(failures({ ...bundle, streams: bundle.streams.slice(0, 1) }, { streams: [ALICE], saved })).toEqual(
      ['streams'],
    );
  });
});
