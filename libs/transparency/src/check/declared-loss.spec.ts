import { beforeEach, describe, expect, test } from '@jest/globals';
import { encodeEntry, lossEntry } from '../log/encode-entry.js';
import { extendLog } from '../log/extend.js';
import { MemoryLog } from '../log/memory-log.js';
import { parseEntry } from '../log/parse-entry.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import type { LossEntry } from '../log/entry.js';
import { ED25519, signerOf, verifierKey } from '../notes/keys.js';
import { formatProof } from '../notes/tlog-proof.js';
import { ALICE, ALICE_ACCESS, at, BRUNO, logSigner, ORIGIN, policy, seedOf, TestLedger } from '../testing.js';
import type { ProofBundle, SavedCheck } from './bundle.js';
import { formatKeysFile, formatProofFile, formatReceipt } from './files.js';
import { judgeFile, readSaved, readShown, type Asked } from './judge.js';
import { renamed } from './open-log.js';
import { replayCheckpoint } from './replay-checkpoint.js';
import { formatSavedCheck, parseSavedCheck } from './saved-file.js';

const AGAIN = 'again.example/log';
const asked: Asked = { policy, now: at('11:10') };
const STREAMS = [ALICE, ALICE_ACCESS];

let ledger: TestLedger;
let shown: Checkpoint;
/** Receipts that were given out before the loss, by the place of their event in `recorded`. */
let receipts: readonly string[];
let earlier: { readonly whole: SavedCheck; readonly beginning: SavedCheck };

/** Entries 0 to 7: map, Alice 0, Bruno 0, map, Alice 1, Bruno 1, Alice 2, map. */
beforeEach(() => {
  ledger = new TestLedger();
  ledger.closeMap(at('10:00'));
  ledger.record(ALICE, at('10:01'));
  ledger.record(BRUNO, at('10:01'));
  ledger.closeMap(at('10:02'));
  const beginning = kept();
  ledger.record(ALICE, at('10:03'));
  ledger.record(BRUNO, at('10:03'));
  ledger.record(ALICE, at('10:03'));
  ledger.closeMap(at('10:04'));
  earlier = { whole: kept(), beginning };
  shown = ledger.head();
  receipts = ledger.recorded.map((_, place) => receipt(place));
});

/** The ledger keeps `size` entries, and its operator says so; then Bruno and Alice go on. */
function lose(size: number, claim = size, declared = shown): void {
  ledger.cut(size);
  ledger.declareLoss(declared, AGAIN, claim);
  ledger.closeMap(at('11:00'));
  ledger.record(BRUNO, at('11:01'));
  ledger.record(ALICE, at('11:01'));
  ledger.closeMap(at('11:02'));
}

const file = (since?: number, change: Partial<ProofBundle> = {}) =>
  formatProofFile({ ...ledger.bundle(STREAMS, at('11:09'), since), ...change });

function receipt(place: number): string {
  const { index, event, opening } = ledger.recorded[place]!;
  const { entry, proof } = ledger.prove(index);
  const text = formatProof({ index, proof, checkpoint: ledger.checkpoint(at('11:09')) });
  const { losses } = ledger.bundle([], at('11:09'));
  return formatReceipt({ proof: text, entry, event, opening, ...(losses && { losses }) });
}

function judged(text: string, more: Partial<Asked> = {}) {
  const result = judgeFile(text, { ...asked, ...more });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/** What a check keeps, through its file. */
function kept(): SavedCheck {
  const read = parseSavedCheck(formatSavedCheck(judged(file()).save!));
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}

/** `GET /v1/log/keys`, with the proof of a place where somebody asked for it. */
function now(place?: number): Asked['shown'] {
  const { checkpoint, losses } = ledger.bundle([], at('11:09'));
  const text = formatKeysFile({ checkpoint, keys: [], ...(losses && { losses }) });
  const read = readShown(text, policy);
  if (!read.ok) throw new Error(read.reason);
  return { ...read.value, ...(place !== undefined && { proof: ledger.prove(place).proof }) };
}

function value(index: number) {
  const entry = parseEntry(ledger.entries[index]!);
  return entry.ok ? entry.value : undefined;
}

/** Checks that did not pass, but for freshness and the like. */
function told(text: string, more: Partial<Asked> = {}) {
  const { verdict, checks } = judged(text, more);
  const named = checks.filter((check) => ['failed', 'warned'].includes(check.verdict));
  return [verdict, ...named.map(({ name, verdict: found }) => `${name} ${found}`)];
}

describe('a log that declared a loss', () => {
  test('is followed by who trusts its old name or its new one, and is never complete', () => {
    lose(4);
    for (const trusted of [policy, renamed(policy, AGAIN)]) {
      const { verdict, checks, save } = judged(file(), { policy: trusted });
      expect(verdict).toBe('unaltered');
      expect(checks.find(({ name }) => name === 'loss')).toEqual({
        name: 'loss',
        verdict: 'warned',
        sentence: `The log declares that of its 8 entries under the name ${ORIGIN} those from 4 on were lost: what they held is here only where it was logged again.`,
      });
      expect(save?.origin).toBe(AGAIN);
      expect(told(receipt(0), { policy: trusted })).toEqual(['unaltered', 'loss warned']);
    }
    expect(judged(file(), { policy: renamed(policy, 'other.example') }).verdict).toBe('failed');
  });

  test('continues what it kept, and tells which events of a later check are gone', () => {
    lose(4);
    const { size } = earlier.beginning;
    expect(told(file(size), { saved: earlier.beginning })).toEqual(['unaltered', 'loss warned']);
    expect(told(file(), { saved: earlier.beginning })).toContain('earlier-checkpoint failed');
    expect(told(file(), { saved: earlier.whole })).toEqual([
      'unaltered',
      'earlier-checkpoint warned',
      'earlier-events warned',
      'loss warned',
    ]);
  });

  test('is complete for whom the declared checkpoint shows that nothing of theirs was lost', () => {
    lose(7);
    expect(told(file(), { saved: earlier.whole })).toEqual([
      'complete',
      'earlier-checkpoint warned',
      'logged-promptly warned',
    ]);
    expect(told(file(), { saved: { ...earlier.whole, heads: new Map() } })[0]).toBe('unaltered');
  });

  test('is not complete for whom an older checkpoint shows that they lost nothing until then', () => {
    ledger.closeMap(at('10:05'));
    shown = ledger.head();
    lose(7);
    expect(told(file(), { saved: earlier.whole })).toEqual([
      'unaltered',
      'earlier-checkpoint warned',
      'logged-promptly warned',
      'loss warned',
    ]);
  });

  test('can lose again, and every name of it is followed', () => {
    lose(4);
    const second = { ...ledger.head() };
    const save = kept();
    ledger.cut(6);
    ledger.declareLoss(second, 'third.example/log');
    ledger.closeMap(at('11:05'));
    expect(told(file())).toEqual(['unaltered', 'loss warned', 'loss warned']);
    expect(told(file(), { saved: save })).toContain('earlier-checkpoint warned');
    expect(told(file(earlier.beginning.size), { saved: earlier.beginning })).not.toContain(
      'earlier-checkpoint failed',
    );
    const [, newest] = ledger.bundle([], at('11:09')).losses!;
    const text = file(undefined, { losses: [newest!] });
    for (const trusted of [policy, renamed(policy, AGAIN), renamed(policy, 'third.example/log')])
      expect(told(text, { policy: trusted })).toEqual(['failed', 'checkpoint failed']);
  });
});

describe('a receipt of before a loss', () => {
  test('of an event that is lost is true, and names the loss', () => {
    lose(4);
    expect(told(receipts[2]!)).toEqual(['unaltered']);
    for (const trusted of [policy, renamed(policy, AGAIN)]) {
      const { verdict, checks } = judged(receipts[2]!, { shown: now(), policy: trusted });
      expect([verdict, checks.at(-1)]).toEqual([
        'unaltered',
        {
          name: 'loss',
          verdict: 'warned',
          sentence: `It was entry 4 of the log ${ORIGIN}, which declares that its entries from 4 on were lost: where it gives out no receipt of it as ${AGAIN}, the event is lost, not false.`,
        },
      ]);
    }
  });

  test('of an event that was kept stands in the log at its place', () => {
    lose(4);
    expect(judged(receipts[0]!, { shown: now(1) }).checks.at(-1)).toMatchObject({ verdict: 'passed' });
    expect(judged(receipts[0]!, { shown: now() }).checks.at(-1)).toMatchObject({ verdict: 'skipped' });
  });

  test('shows that nothing was lost where the log goes on as it was', () => {
    expect(judged(receipts[2]!, { shown: now(4) }).checks.at(-1)).toMatchObject({ verdict: 'passed' });
    ledger.cut(4);
    expect(told(receipts[2]!, { shown: now() })).toEqual(['failed', 'loss failed']);
  });
});

describe('a false declaration', () => {
  test('that names an older checkpoint than was shown is caught by whoever has a later one', () => {
    const older = { ...shown, size: 7, root: ledger.root(7) };
    lose(4, 4, older);
    expect(told(file(), { saved: earlier.whole })).toContain('earlier-checkpoint failed');
    expect(told(receipts[2]!, { shown: now() })).toEqual(['failed', 'loss failed']);
  });

  test('that names another root is caught by whoever has the checkpoint', () => {
    lose(4, 4, { ...shown, root: seedOf('another root') });
    expect(told(file(), { saved: earlier.whole })).toContain('earlier-checkpoint failed');
    expect(told(receipts[2]!, { shown: now() })).toEqual(['failed', 'loss failed']);
  });

  test('of having kept what was rewritten is caught by a check and by a receipt of it', () => {
    ledger.cut(1);
    ledger.record(ALICE, at('10:01'), { payload: { said: 'something else' } });
    ledger.record(BRUNO, at('10:01'));
    ledger.closeMap(at('10:02'));
    lose(4);
    expect(told(file(4), { saved: earlier.beginning })).toContain('earlier-checkpoint failed');
    expect(told(receipts[0]!, { shown: now(1) })).toEqual(['failed', 'loss failed']);
  });

  test('is not left out of any file: the map names the loss', () => {
    lose(4);
    const { losses: _, ...without } = ledger.bundle(STREAMS, at('11:09'));
    const text = formatProofFile(without);
    expect(judged(text, { policy: renamed(policy, AGAIN) }).checks).toContainEqual({
      name: 'loss',
      verdict: 'failed',
      sentence: 'The file leaves out a loss that the log declares.',
    });
    expect(judged(text).verdict).toBe('failed');
  });

  test('by another key than the one in use, or that nobody signed, is refused with its file', () => {
    const thief = signerOf(ORIGIN, ED25519, seedOf('thief'));
    const honest = ledger.signers;
    ledger.cut(4);
    ledger.signers = [thief];
    ledger.declareLoss(shown, AGAIN);
    ledger.closeMap(at('11:00'));
    ledger.signers = honest.map(({ key, ...signer }) => ({
      ...signer,
      key: verifierKey(AGAIN, ED25519, key.publicKey),
    }));
    const refused = (reason: string) => `The checkpoint is refused: ${reason}.`;
    const reasonOf = () => judged(file()).checks.at(-1)!.sentence;
    expect(reasonOf()).toBe(refused('a loss is not declared by the key that was in use'));
    ledger.entries[4] = encodeEntry({ ...(value(4) as LossEntry), key: logSigner.key.publicKey });
    expect(reasonOf()).toBe(refused('a declared loss is not in the log'));
  });

  test('is named by every map behind it, or the log is refused', () => {
    ledger.cut(4);
    ledger.declareLoss(shown, AGAIN);
    ledger.closeMap(at('11:00'), ledger.heads, { loss: 0 });
    const read = extendLog(new MemoryLog(), ledger.entries);
    expect(read).toMatchObject({
      ok: false,
      reason: 'entry 5: it does not name the loss that was declared last',
    });
  });

  test('by another key, or of another log, is refused by everybody who reads the log', () => {
    const thief = signerOf(ORIGIN, ED25519, seedOf('thief'));
    const loss = { size: 4, kept: 4, oldOrigin: ORIGIN, oldSize: 8, oldRoot: shown.root, newOrigin: AGAIN };
    const good = lossEntry(logSigner, loss);
    const next = { ...loss, size: 5, prev: 4, kept: 5, oldOrigin: AGAIN, newOrigin: 'third.example' };
    ledger.cut(4);
    const read = (...losses: (typeof good)[]) => {
      const result = extendLog(new MemoryLog(), [...ledger.entries, ...losses.map(encodeEntry)]);
      return result.ok || result.reason;
    };
    const entry = (index: number, problem: string) => `entry ${index}: ${problem}`;
    const byKey = 'the loss is not declared by the key in use';
    expect(read(good)).toBe(true);
    expect(read(good, lossEntry(logSigner, next))).toBe(true);
    expect(read({ ...good, oldRoot: seedOf('x') })).toBe(entry(4, byKey));
    expect(read({ ...good, kept: 3 })).toBe(entry(4, byKey));
    expect(read({ ...good, newOrigin: 'x' })).toBe(entry(4, byKey));
    expect(read(good, lossEntry(thief, next))).toBe(entry(5, byKey));
    expect(read(lossEntry(logSigner, { ...loss, size: 5 }))).toBe(
      entry(4, 'a loss declared after 5 entries'),
    );
    expect(read(lossEntry(logSigner, { ...loss, newOrigin: ORIGIN }))).toBe(
      entry(4, 'the new name was in use before'),
    );
    const { prev: _, ...unlinked } = next;
    expect(read(good, lossEntry(logSigner, unlinked))).toBe(
      entry(5, 'it does not name the loss that was declared before it'),
    );
    expect(read(good, lossEntry(logSigner, { ...next, oldOrigin: ORIGIN }))).toBe(
      entry(5, 'the loss is of another log'),
    );
    const none = encodeEntry(lossEntry(logSigner, { ...loss, oldSize: 4 }));
    expect(parseEntry(none)).toEqual({ ok: false, reason: 'the entry is of no known form' });
    expect(parseEntry(encodeEntry(good))).toEqual({ ok: true, value: good });
  });

  test('is cosigned by no replaying witness under a name that the log does not have', () => {
    lose(4);
    const checkpoint = ledger.head();
    const replay = (origin: string) =>
      replayCheckpoint({
        state: new MemoryLog(),
        entries: ledger.entries,
        checkpoint: { ...checkpoint, origin },
        now: at('11:02'),
      });
    expect(replay(AGAIN).ok).toBe(true);
    expect(replay(ORIGIN)).toEqual({ ok: false, reason: `the log goes on under the name ${AGAIN}` });
  });
});

describe('a checkpoint that was kept', () => {
  test('of an earlier name is read with the keys of the log, and judged by the file', () => {
    const note = (() => {
      const before = new TestLedger();
      before.closeMap(at('10:00'));
      return before.checkpoint(at('10:00'));
    })();
    const read = readSaved(note, renamed(policy, AGAIN));
    expect(read).toMatchObject({ ok: true, value: { origin: ORIGIN, size: 1 } });
    expect(readSaved(note, { ...policy, logKeys: [] }).ok).toBe(false);
  });
});
