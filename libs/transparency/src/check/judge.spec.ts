import { describe, expect, test } from '@jest/globals';
import { formatProof } from '../notes/tlog-proof.js';
import { ALICE, ALICE_ACCESS, at, BRUNO, policy, TestLedger } from '../testing.js';
import { formatProofFile, formatReceipt } from './files.js';
import { judgeFile, judgeProof, readSaved, type Asked } from './judge.js';
import { formatSavedCheck } from './saved-file.js';

const asked: Asked = { policy, now: at('12:00') };

function ledger(): TestLedger {
  const made = new TestLedger();
  made.closeMap(at('10:00'));
  made.record(ALICE, at('10:01'));
  made.record(BRUNO, at('10:01'));
  made.closeMap(at('10:02'));
  return made;
}

const proof = (made: TestLedger, since?: number) =>
  formatProofFile(made.bundle([ALICE, ALICE_ACCESS], at('11:59'), since));

function receipt(made: TestLedger, place = 0): string {
  const { index, event, opening } = made.recorded[place]!;
  const { entry, proof: path } = made.prove(index);
  const text = formatProof({ index, proof: path, checkpoint: made.checkpoint(at('11:59')) });
  return formatReceipt({ proof: text, entry, event, opening });
}

function judged(text: string, other: Partial<Asked> = {}) {
  const result = judgeFile(text, { ...asked, ...other });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

describe('judge a file', () => {
  test('finds by itself whether it is a proof or a receipt, and says what happened by it', () => {
    const made = ledger();
    expect(judged(proof(made))).toMatchObject({ verdict: 'complete', events: [{ stream: ALICE, n: 0 }] });
    expect(judged(receipt(made))).toMatchObject({ verdict: 'unaltered', events: [{ stream: ALICE, n: 0 }] });
  });

  test('fails a receipt of another event, and says why', () => {
    const text = receipt(ledger()).replace('"n": 0', '"n": 1');
    expect(judged(text)).toMatchObject({
      verdict: 'failed',
      checks: [
        {
          name: 'receipt',
          verdict: 'failed',
          sentence: 'It was refused because the entry is of another event.',
        },
      ],
    });
  });

  test('asks whose file it is where it names no person', () => {
    const text = formatProofFile(ledger().bundle([ALICE_ACCESS], at('11:59')));
    expect(judgeProof(text, asked)).toEqual({
      ok: false,
      reason: 'the file names no person: say whose it is',
    });
    expect(judged(text, { person: '11111111-1111-4111-8111-111111111111' }).verdict).toBe('failed');
  });

  test('says of what is no such file that it cannot be read', () => {
    for (const text of ['', '{}', '[]', 'null', '{"format":"sillage/receipt/1"}', '{"format":1}'])
      expect(judgeFile(text, asked).ok).toBe(false);
  });
});

describe('what was kept', () => {
  const saved = (text: string) => {
    const result = readSaved(text, policy);
    if (!result.ok) throw new Error(result.reason);
    return { saved: result.value };
  };

  test('is a check or a checkpoint, and both catch a log that was rewritten', () => {
    const [made, fork] = [ledger(), ledger()];
    const kept = [formatSavedCheck(judged(proof(made)).save!), made.checkpoint(at('10:03'))];
    const size = made.entries.length;
    for (const [each, payload] of [
      [made, 'one story'],
      [fork, 'another story'],
    ] as const) {
      each.record(ALICE, at('10:05'), { payload });
      each.closeMap(at('10:06'));
    }
    for (const text of kept) expect(judged(proof(made, size), saved(text)).verdict).toBe('complete');
    const later = saved(made.checkpoint(at('10:07')));
    expect(judged(proof(fork), later).checks.find(({ name }) => name === 'earlier-checkpoint')).toMatchObject(
      { verdict: 'failed' },
    );
    expect(judged(receipt(fork), later)).toMatchObject({ verdict: 'failed' });
    expect(judged(receipt(made), later)).toMatchObject({ verdict: 'unaltered' });
    expect(judged(receipt(made), saved(kept[1]!)).checks.at(-1)).toMatchObject({ verdict: 'skipped' });
  });

  test('is refused unless the log that is trusted signed it', () => {
    const note = ledger().checkpoint(at('10:03'));
    expect(readSaved(note.replace('ledger', 'lodger'), policy).ok).toBe(false);
    expect(readSaved('{"format":"sillage/proof/1"}', policy).ok).toBe(false);
  });
});
