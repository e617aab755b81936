import { describe, expect, test } from '@jest/globals';
import type { Instant, StreamName } from '#decider';
import { instantOf } from '#time';
import { sha256, type Hash } from '../crypto.js';
import { utf8 } from '../bytes.js';
import { labelOf, type Label, type LabelHead } from '../log/label.js';
import { MemoryLog } from '../log/memory-log.js';
import { verifyConsistency } from '../merkle/verify.js';
import { ALICE, ALICE_ACCESS, BRUNO, policy, TestLedger, witnessSigners } from '../testing.js';
import type { ProofBundle, SavedCheck } from './bundle.js';
import { checkPerson } from './check-person.js';
import { replayCheckpoint } from './replay-checkpoint.js';

const STREAMS = [ALICE, ALICE_ACCESS];
const START = Date.parse('2026-03-02T10:00:00.000Z');
const minute = (n: number): Instant => instantOf(START + n * 60_000);
const [first, second, replaying] = witnessSigners as [
  (typeof witnessSigners)[0],
  (typeof witnessSigners)[0],
  (typeof witnessSigners)[0],
];

/** Witnesses that remember, as they are in the world: two see that the tree grows, one replays. */
class Witnesses {
  private seen: { readonly size: number; readonly root: Hash } | undefined;
  private readonly log = new MemoryLog();

  /** Who cosigns the ledger's head at this time. */
  cosigners(ledger: TestLedger, now: Instant): typeof witnessSigners {
    const [size, root] = [ledger.entries.length, ledger.root()];
    if (!this.grew(ledger, size, root)) return [];
    this.seen = { size, root };
    const entries = ledger.entries.slice(this.log.range.size);
    const checkpoint = { origin: policy.origin, size, root };
    const replayed = replayCheckpoint({ state: this.log, entries, checkpoint, now });
    if (!replayed.ok) return [first, second];
    this.log.commit(replayed.value);
    return [first, second, replaying];
  }

  private grew(ledger: TestLedger, newSize: number, newRoot: Hash): boolean {
    if (!this.seen) return true;
    const { size: oldSize, root: oldRoot } = this.seen;
    if (oldSize > newSize) return false;
    const proof = ledger.consistency(oldSize);
    return verifyConsistency({ oldSize, oldRoot, newSize, newRoot, proof });
  }
}

/** A ledger with a past that its witnesses have seen and that Alice has checked. */
class Scene {
  ledger = new TestLedger();
  readonly witnesses = new Witnesses();
  saved: SavedCheck | undefined;
  now = 0;

  constructor(events = 4) {
    this.ledger.closeMap(minute(0));
    this.live(this.ledger, events);
    const verdict = this.check();
    if (verdict.verdict !== 'complete') throw new Error(verdict.sentences.join('; '));
    this.saved = verdict.save;
  }

  /** Honest events of Alice and Bruno, a checkpoint a minute. */
  live(ledger: TestLedger, events: number): void {
    for (let i = 0; i < events; i++) {
      this.now += 1;
      ledger.record(i % 2 === 0 ? ALICE : BRUNO, minute(this.now - 0.5));
      ledger.closeMap(minute(this.now));
    }
  }

  /** The past again, word for word, so that it can be told differently. */
  retold(tell: (ledger: TestLedger) => void): TestLedger {
    const other = new TestLedger();
    other.closeMap(minute(0));
    tell(other);
    return other;
  }

  /** What Alice finds in what she is handed: the bundle of the ledger, changed by the operator. */
  check(change: (bundle: ProofBundle) => ProofBundle = (bundle) => bundle, keep = true) {
    const at = minute(this.now);
    const cosigners = this.witnesses.cosigners(this.ledger, at);
    const size = this.saved && this.saved.size <= this.ledger.entries.length ? this.saved.size : undefined;
    const honest = {
      ...this.ledger.bundle(STREAMS, at, size),
      checkpoint: this.ledger.checkpoint(at, cosigners),
    };
    const saved = keep && this.saved ? { saved: this.saved } : {};
    const result = checkPerson(change(honest), { policy, streams: STREAMS, now: at, ...saved });
    const sentences = result.checks
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ sentence }) => sentence);
    return { ...result, sentences };
  }
}

type Script = readonly [
  name: string,
  play: (scene: Scene) => ((bundle: ProofBundle) => ProofBundle) | undefined,
];

const lastOf = (bundle: ProofBundle) => bundle.streams[0]!.events.at(-1)!;
const withStream = (bundle: ProofBundle, change: Partial<ProofBundle['streams'][0]>): ProofBundle => ({
  ...bundle,
  streams: [{ ...bundle.streams[0]!, ...change }, ...bundle.streams.slice(1)],
});
const without = (scene: Scene, label: Label): Map<Label, LabelHead> => {
  const heads = new Map(scene.ledger.heads);
  heads.delete(label);
  return heads;
};
const retell = (scene: Scene, tell: (ledger: TestLedger) => void) => {
  scene.now += 1;
  scene.ledger = scene.retold(tell);
  return undefined;
};

/** What the operator does to the log, with the signing key in hand. */
const REWRITES: readonly Script[] = [
  ['an event edited', (s) => retell(s, (l) => past(l, (n) => (n === 1 ? { payload: 'edited' } : {})))],
  [
    'an event of somebody else edited',
    (s) => retell(s, (l) => past(l, (n) => (n === 2 ? { payload: 'x' } : {}))),
  ],
  [
    'an actor exchanged',
    (s) => retell(s, (l) => past(l, (n) => (n === 1 ? { actor: { kind: 'client', id: 'x' } } : {}))),
  ],
  ['a type exchanged', (s) => retell(s, (l) => past(l, (n) => (n === 3 ? { type: 'Other' } : {})))],
  [
    'an event moved back in time',
    (s) => retell(s, (l) => past(l, (n) => (n === 3 ? { recordedAt: minute(0.5) } : {}))),
  ],
  ['an event deleted', (s) => retell(s, (l) => past(l, () => ({}), [1]))],
  ['the last event deleted', (s) => retell(s, (l) => past(l, () => ({}), [4]))],
  ['two events reordered', (s) => retell(s, (l) => past(l, () => ({}), [], [2, 1, 3, 4]))],
  ['everything deleted', (s) => retell(s, () => {})],
  ['a rollback by one event', (s) => retell(s, (l) => past(l, () => ({}), [3, 4]))],
  [
    'a rollback that grows again',
    (s) =>
      retell(s, (l) => {
        past(l, () => ({}), [3, 4]);
        s.live(l, 6);
      }),
  ],
  [
    'a fork before the last checkpoint',
    (s) =>
      retell(s, (l) => {
        past(l, () => ({}), [4]);
        l.record(BRUNO, minute(4), { payload: 'another story' });
        l.closeMap(minute(4));
        s.live(l, 2);
      }),
  ],
  [
    'a first map entry dated anew',
    (s) => {
      s.now += 1;
      s.ledger = new TestLedger();
      s.ledger.closeMap(minute(0.1));
      past(s.ledger);
      return undefined;
    },
  ],
];

/** What the operator writes into a log that only grows. */
const ADDITIONS: readonly Script[] = [
  ['an event back-dated by ten minutes', (s) => added(s, { recordedAt: minute(-10) })],
  ['an event back-dated by an hour', (s) => added(s, { recordedAt: minute(-60) })],
  ['an event dated ahead', (s) => added(s, { recordedAt: minute(30) })],
  ['an event that says another stream', (s) => added(s, { stream: BRUNO })],
  ['an event that says another place', (s) => added(s, { n: 7 }, { revision: 2 })],
  ['a map without the person', (s) => lied(s, without(s, labelOf(ALICE)))],
  [
    'a map from before the last event',
    (s) => {
      const heads = new Map(s.ledger.heads);
      s.now += 1;
      s.ledger.record(ALICE, minute(s.now));
      s.ledger.closeMap(minute(s.now), heads);
      return undefined;
    },
  ],
  ['an empty map', (s) => lied(s, new Map())],
  [
    'a map that counts an event too many',
    (s) => {
      const heads = new Map(s.ledger.heads);
      heads.set(labelOf(ALICE), { ...heads.get(labelOf(ALICE))!, count: 9 });
      return lied(s, heads);
    },
  ],
  [
    'a map with another last event',
    (s) => {
      const heads = new Map(s.ledger.heads);
      heads.set(labelOf(ALICE), { ...heads.get(labelOf(ALICE))!, last: sha256(utf8('x')) });
      return lied(s, heads);
    },
  ],
  [
    'a map that invents consultations',
    (s) =>
      lied(s, new Map([...s.ledger.heads, [labelOf(ALICE_ACCESS), { count: 1, last: sha256(utf8('x')) }]])),
  ],
  ['a map entry dated back', (s) => mapped(s, { at: minute(-30) })],
  ['a map entry dated ahead', (s) => mapped(s, { at: minute(90) })],
  ['a map entry that skips its neighbour', (s) => mapped(s, { prev: 0 })],
  ['a map entry of another size', (s) => mapped(s, { size: 1 })],
  ['an entry that repeats an event', (s) => raw(s, s.ledger.entries[1]!)],
  ['an entry that is none', (s) => raw(s, utf8('{}'))],
  [
    'a checkpoint without a map entry',
    (s) => {
      s.now += 1;
      s.ledger.record(ALICE, minute(s.now));
      return undefined;
    },
  ],
];

/** What the operator hands out from an honest log. */
const HANDOUTS: readonly Script[] = [
  ['a filtered view', () => (b) => withStream(b, { events: b.streams[0]!.events.slice(1) })],
  ['a short tail', () => (b) => withStream(b, { events: b.streams[0]!.events.slice(0, -1) })],
  [
    'an event in the place of another',
    () => (b) => withStream(b, { events: b.streams[0]!.events.toReversed() }),
  ],
  ['another payload', () => (b) => withLast(b, { event: { ...lastOf(b).event, payload: 'x' } })],
  ['another time', () => (b) => withLast(b, { event: { ...lastOf(b).event, recordedAt: minute(0) } })],
  ['another opening', () => (b) => withLast(b, { opening: sha256(utf8('x')) })],
  ['the bucket of somebody else', () => (b) => withStream(b, { bucket: b.streams[1]!.bucket })],
  ['no stream', () => (b) => ({ ...b, streams: b.streams.slice(1) })],
  ['no consultations', () => (b) => ({ ...b, streams: b.streams.slice(0, 1) })],
  ['a stream twice', () => (b) => ({ ...b, streams: [...b.streams, b.streams[0]!] })],
  ['an older map entry', (s) => () => older(s)],
  ['no neighbours', () => (b) => ({ ...b, neighbours: [] })],
  ['neighbours of other events', () => (b) => ({ ...b, neighbours: b.neighbours.slice(-1) })],
  [
    'no proof of growth',
    (s) => {
      s.live(s.ledger, 2);
      return ({ consistency: _, ...b }) => b;
    },
  ],
  ['too few witnesses', (s) => (b) => ({ ...b, checkpoint: s.ledger.checkpoint(minute(s.now), [first]) })],
  [
    'a checkpoint of another log',
    () => (b) => ({ ...b, checkpoint: b.checkpoint.replace(policy.origin, 'other.example') }),
  ],
];

/** The four events that Scene records, minute by minute, told with changes, without some, or in another order. */
function past(
  ledger: TestLedger,
  change: (n: number) => Parameters<TestLedger['record']>[2] = () => ({}),
  leftOut: readonly number[] = [],
  order: readonly number[] = [1, 2, 3, 4],
): void {
  for (const [i, n] of order.entries()) {
    if (!leftOut.includes(n)) ledger.record(n % 2 === 1 ? ALICE : BRUNO, minute(i + 0.5), change(n));
    ledger.closeMap(minute(i + 1));
  }
}

function added(scene: Scene, ...event: Tail<Parameters<TestLedger['record']>>) {
  scene.now += 1;
  scene.ledger.record(ALICE, minute(scene.now), ...event);
  scene.ledger.closeMap(minute(scene.now));
  return undefined;
}

type Tail<All extends readonly unknown[]> = All extends readonly [unknown, unknown, ...infer Rest]
  ? Rest
  : [];

function lied(scene: Scene, heads: ReadonlyMap<Label, LabelHead>) {
  scene.now += 1;
  scene.ledger.closeMap(minute(scene.now), heads);
  return undefined;
}

function mapped(scene: Scene, changes: Parameters<TestLedger['closeMap']>[2]) {
  scene.now += 1;
  scene.ledger.record(ALICE, minute(scene.now));
  scene.ledger.closeMap(minute(scene.now), undefined, changes);
  return undefined;
}

function raw(scene: Scene, entry: Uint8Array) {
  scene.now += 1;
  scene.ledger.entries.push(entry);
  scene.ledger.closeMap(minute(scene.now));
  return undefined;
}

function older(scene: Scene): ProofBundle {
  const bundle = scene.ledger.bundle(STREAMS, minute(scene.now));
  return { ...bundle, map: bundle.neighbours[0]! };
}

function withLast(bundle: ProofBundle, change: Partial<ReturnType<typeof lastOf>>): ProofBundle {
  const events = bundle.streams[0]!.events;
  return withStream(bundle, { events: [...events.slice(0, -1), { ...events.at(-1)!, ...change }] });
}

describe('an operator who holds the signing key', () => {
  test.each([...REWRITES, ...ADDITIONS, ...HANDOUTS])('is caught: %s', (_, play) => {
    const scene = new Scene();
    const change = play(scene);
    expect(scene.check(change).verdict).not.toBe('complete');
  });

  test.each(REWRITES)('is caught by what the person saved alone: %s', (_, play) => {
    const scene = new Scene();
    play(scene);
    const at = minute(scene.now);
    const size = Math.min(scene.saved!.size, scene.ledger.entries.length);
    const bundle = scene.ledger.bundle(STREAMS, at, size);
    const verdict = checkPerson(bundle, { policy, streams: STREAMS, now: at, saved: scene.saved! });
    expect(verdict.verdict).toBe('failed');
  });

  test('is not accused where all is honest', () => {
    const scene = new Scene();
    scene.live(scene.ledger, 6);
    expect(scene.check().sentences).toEqual([]);
    expect(scene.check((bundle) => bundle, false).verdict).toBe('complete');
  });
});

describe('a hidden disclosure', () => {
  const HIDING: readonly ((scene: Scene, heads: Map<Label, LabelHead>, at: number) => void)[] = [
    // A filtered view, a short tail: the log and its map are honest, the file is not.
    (scene) => scene.ledger.closeMap(minute(scene.now)),
    // A stale map, kept from before the disclosure.
    (scene, heads) => scene.ledger.closeMap(minute(scene.now), heads),
    // A map with fewer events than the log, brought up to date for everybody else.
    (scene, heads) =>
      scene.ledger.closeMap(minute(scene.now), new Map([...scene.ledger.heads, ...fewer(heads, ALICE)])),
  ];

  test.each(Array.from({ length: 50 }, (_, run) => run))(
    'is found in run %i, by a first check and by a later one',
    (run) => {
      const scene = new Scene(2 + (run % 5));
      const heads = new Map(scene.ledger.heads);
      const hidden = scene.ledger.recorded.filter(({ stream }) => stream === ALICE).length;
      scene.now += 1;
      scene.ledger.record(ALICE, minute(scene.now - 0.5), { payload: `disclosed in secret ${run}` });
      if (run % 2 === 0) scene.ledger.record(BRUNO, minute(scene.now - 0.4));
      HIDING[run % HIDING.length]!(scene, heads, scene.now);
      if (run % 4 === 0) scene.live(scene.ledger, 2);
      const hide = (bundle: ProofBundle) =>
        withStream(bundle, { events: bundle.streams[0]!.events.filter((_, n) => n !== hidden) });
      for (const keep of [true, false]) expect(scene.check(hide, keep).verdict).not.toBe('complete');
    },
  );

  test.each(Array.from({ length: 50 }, (_, run) => run))('that is back-dated is found in run %i', (run) => {
    const scene = new Scene(2 + (run % 5));
    const backMinutes = 3.5 + run;
    scene.now += 60 * (run % 2);
    if (run % 2 === 1) {
      scene.ledger.record(BRUNO, minute(scene.now - 0.5));
      scene.ledger.closeMap(minute(scene.now));
    }
    scene.now += 1;
    scene.ledger.record(ALICE, minute(scene.now - backMinutes));
    scene.ledger.closeMap(minute(scene.now));
    expect(scene.check((bundle) => bundle, false)).toMatchObject({ verdict: 'failed' });
  });
});

function fewer(heads: ReadonlyMap<Label, LabelHead>, stream: StreamName): [Label, LabelHead][] {
  const head = heads.get(labelOf(stream));
  return head ? [[labelOf(stream), head]] : [];
}
