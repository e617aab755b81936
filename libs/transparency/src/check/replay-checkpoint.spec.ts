import { describe, expect, test } from '@jest/globals';
import { streamName, type Instant } from '#decider';
import { encodeEntry, keysEntry } from '../log/encode-entry.js';
import { labelOf } from '../log/label.js';
import { MemoryLog } from '../log/memory-log.js';
import { parseEntry } from '../log/parse-entry.js';
import { ED25519, signerOf } from '../notes/keys.js';
import { ALICE, at, BRUNO, logSigner, ORIGIN, seedOf, TestLedger } from '../testing.js';
import { replayCheckpoint } from './replay-checkpoint.js';

const DEFERRAL = streamName('deferral', 'd');

/** Hands the witness what is new, and lets it remember when it agrees. Undefined: it may cosign. */
function ask(
  witness: MemoryLog,
  ledger: TestLedger,
  now: Instant,
  forged?: Partial<{ size: number }>,
): string | undefined {
  const entries = ledger.entries.slice(witness.range.size);
  const checkpoint = { origin: ORIGIN, size: ledger.entries.length, root: ledger.root(), ...forged };
  const result = replayCheckpoint({ state: witness, entries, checkpoint, now });
  if (!result.ok) return result.reason;
  witness.commit(result.value);
  return undefined;
}

function started(): { readonly ledger: TestLedger; readonly witness: MemoryLog } {
  const [ledger, witness] = [new TestLedger(), new MemoryLog()];
  ledger.closeMap(at('10:00'));
  ledger.record(ALICE, at('10:00'));
  ledger.record(BRUNO, at('10:00'));
  ledger.closeMap(at('10:01'));
  expect(ask(witness, ledger, at('10:01'))).toBeUndefined();
  return { ledger, witness };
}

describe('a replaying witness', () => {
  test('cosigns an honest log, checkpoint by checkpoint or several at once, and the same one again', () => {
    const { ledger, witness } = started();
    ledger.record(ALICE, at('10:02'));
    ledger.closeMap(at('10:02'));
    ledger.record(ALICE, at('10:03'));
    ledger.closeMap(at('10:03'));
    expect(ask(witness, ledger, at('10:04'))).toBeUndefined();
    expect(witness.head(labelOf(ALICE))?.count).toBe(3);
    expect(ask(witness, ledger, at('11:00'))).toBeUndefined();
  });

  test('refuses a stale map, a map with fewer events, and one with a label left out', () => {
    const lies = [
      (ledger: TestLedger) => new Map(ledger.heads),
      (ledger: TestLedger) => new Map([...ledger.heads].slice(1)),
      () => new Map(),
    ];
    for (const lie of lies) {
      const { ledger, witness } = started();
      const heads = lie(ledger);
      ledger.record(ALICE, at('10:02'));
      ledger.closeMap(at('10:02'), heads);
      expect(ask(witness, ledger, at('10:02'))).toBe(
        'entry 5: its map is not the map of the entries before it',
      );
      expect(witness.range.size).toBe(4);
    }
  });

  test('refuses a map entry that stands elsewhere than it says', () => {
    const { ledger, witness } = started();
    const map = parseEntry(ledger.entries[3]!);
    if (!map.ok) throw new Error(map.reason);
    ledger.entries.push(encodeEntry(map.value));
    expect(ask(witness, ledger, at('10:01'))).toBe('entry 4: a map of 3 entries');
  });

  test('refuses entries that do not make the checkpoint, rewritten, short, or without a map at the end', () => {
    const { ledger, witness } = started();
    ledger.record(ALICE, at('10:02'));
    expect(ask(witness, ledger, at('10:02'))).toBe('the last entry is not a map entry');
    ledger.closeMap(at('10:02'));
    expect(ask(witness, ledger, at('10:02'), { size: 7 })).toBe('the checkpoint is of 7 entries, not 6');
    const fork = new TestLedger();
    fork.closeMap(at('10:00'));
    fork.record(ALICE, at('10:00'), { payload: 'rewritten' });
    fork.record(BRUNO, at('10:00'));
    fork.closeMap(at('10:01'));
    fork.record(ALICE, at('10:02'));
    fork.closeMap(at('10:02'));
    expect(ask(witness, fork, at('10:02'))).toBe('entry 4: it does not name the last entry of its label');
    expect(ask(witness, ledger, at('10:02'))).toBeUndefined();
  });

  test('refuses a hidden rewrite behind an honest tail by the root', () => {
    const { ledger, witness } = started();
    const first = ledger.entries.length;
    ledger.record(streamName('person', 'new'), at('10:02'));
    ledger.closeMap(at('10:02'));
    const entries = ledger.entries.slice(first);
    const rewritten = new TestLedger();
    rewritten.closeMap(at('09:00'));
    rewritten.record(ALICE, at('10:00'));
    rewritten.record(BRUNO, at('10:00'));
    rewritten.closeMap(at('10:01'));
    rewritten.entries.push(...entries);
    expect(ask(witness, rewritten, at('10:02'))).toBe("the entries do not make the checkpoint's root");
  });

  test.each([
    ['10:05', '10:04', undefined],
    ['10:05', '10:06', undefined],
    ['10:05', '10:03', 'the last map entry is dated 2026-03-02T10:03:00.000Z, over a minute ago'],
    ['10:05', '10:07', 'a map entry is dated 2026-03-02T10:07:00.000Z, in the future'],
  ])('at %s, asked about a map entry of %s, answers %s', (now, dated, answer) => {
    const { ledger, witness } = started();
    ledger.record(ALICE, at('10:04'));
    ledger.closeMap(at(dated));
    expect(ask(witness, ledger, at(now))).toBe(answer);
  });

  test('refuses map entries whose times go back, even between two checkpoints it sees', () => {
    const { ledger, witness } = started();
    ledger.closeMap(at('09:00'));
    ledger.closeMap(at('10:02'));
    expect(ask(witness, ledger, at('10:02'))).toBe(
      'the map entry of 2026-03-02T09:00:00.000Z follows one of 2026-03-02T10:01:00.000Z',
    );
  });

  test('demands that a deferral ends, is reviewed or erased by its date', () => {
    const mark = { deferral: { mark: 'deferral', until: at('10:10') } } as const;
    const remedies: readonly ((ledger: TestLedger) => void)[] = [
      (ledger) => ledger.record(DEFERRAL, at('10:10'), {}, { deferral: { mark: 'deferral-end' } }),
      (ledger) =>
        ledger.record(
          DEFERRAL,
          at('10:10'),
          {},
          { deferral: { mark: 'deferral-review', until: at('10:40') } },
        ),
      (ledger) => ledger.record(streamName('erasures'), at('10:10'), {}, { erased: labelOf(DEFERRAL) }),
    ];
    for (const remedy of remedies) {
      const { ledger, witness } = started();
      ledger.record(DEFERRAL, at('10:02'), {}, mark);
      ledger.closeMap(at('10:02'));
      expect(ask(witness, ledger, at('10:02'))).toBeUndefined();
      expect([...witness.deferrals.keys()]).toEqual([labelOf(DEFERRAL)]);
      expect(ask(witness, ledger, at('10:11'))).toBe(
        '1 deferral(s) had to end or be reviewed by 2026-03-02T10:10:00.000Z',
      );
      remedy(ledger);
      ledger.closeMap(at('10:11'));
      expect(ask(witness, ledger, at('10:11'))).toBeUndefined();
    }
  });

  test('keeps the labels of erasures', () => {
    const { ledger, witness } = started();
    ledger.record(streamName('erasures'), at('10:02'), {}, { erased: labelOf(ALICE) });
    ledger.closeMap(at('10:02'));
    expect(ask(witness, ledger, at('10:02'))).toBeUndefined();
    expect([...witness.erased]).toEqual([labelOf(ALICE)]);
  });

  test('refuses a change of keys that both keys did not sign for this place', () => {
    const next = signerOf(ORIGIN, ED25519, seedOf('next'));
    const { ledger, witness } = started();
    const good = keysEntry(logSigner, next, ledger.entries.length);
    const bad = [keysEntry(logSigner, next, 9), { ...good, newSignature: good.oldSignature }];
    for (const entry of bad) {
      ledger.entries.push(encodeEntry(entry));
      ledger.closeMap(at('10:02'));
      expect(ask(witness, ledger, at('10:02'))).toMatch(
        /^entry 4: (a change of keys after 9|the two keys did not)/,
      );
      ledger.entries.splice(-2);
    }
    ledger.entries.push(encodeEntry(good));
    ledger.closeMap(at('10:02'));
    expect(ask(witness, ledger, at('10:02'))).toBeUndefined();
  });
});
