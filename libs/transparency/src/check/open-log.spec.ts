import { beforeEach, describe, expect, test } from '@jest/globals';
import { ALICE, ALICE_ACCESS, at, logSigner, ORIGIN, policy, seedOf, TestLedger } from '../testing.js';
import { encodeEntry, keysEntry } from '../log/encode-entry.js';
import { extendLog } from '../log/extend.js';
import { MemoryLog } from '../log/memory-log.js';
import type { LogPolicy } from '../notes/checkpoint.js';
import { ED25519, signerOf } from '../notes/keys.js';
import { formatProof } from '../notes/tlog-proof.js';
import type { ProofBundle, SavedCheck } from './bundle.js';
import { checkPerson } from './check-person.js';
import { checkReceipt } from './check-receipt.js';
import { formatProofFile, parseProofFile } from './files.js';
import { openLog } from './open-log.js';
import { formatSavedCheck, parseSavedCheck } from './saved-file.js';

const [second, third, thief] = ['second', 'third', 'thief'].map((name) =>
  signerOf(ORIGIN, ED25519, seedOf(name)),
) as [typeof logSigner, typeof logSigner, typeof logSigner];
const trusting = (...keys: LogPolicy['logKeys']): LogPolicy => ({ ...policy, logKeys: keys });
const nobody = (trusted: LogPolicy): LogPolicy => ({ ...trusted, witnesses: [], quorum: 0 });
const STREAMS = [ALICE, ALICE_ACCESS];

let ledger: TestLedger;
beforeEach(() => {
  ledger = new TestLedger();
  ledger.closeMap(at('10:00'));
  ledger.record(ALICE, at('10:01'));
  ledger.closeMap(at('10:02'));
});

function grow(minute = 3): void {
  ledger.record(ALICE, at(`10:0${minute}`));
  ledger.closeMap(at(`10:0${minute + 1}`));
}

function check(bundle: ProofBundle, trusted: LogPolicy, saved?: SavedCheck) {
  const read = parseProofFile(formatProofFile(bundle));
  if (!read.ok) throw new Error(read.reason);
  const context = { policy: trusted, streams: STREAMS, now: at('10:10'), ...(saved && { saved }) };
  return checkPerson(read.value, context);
}

function failures(bundle: ProofBundle, trusted: LogPolicy, saved?: SavedCheck) {
  return check(bundle, trusted, saved)
    .checks.filter(({ verdict }) => verdict === 'failed')
    .map(({ sentence }) => sentence);
}

describe('a log that changed its key', () => {
  test('is followed by who trusts the old key, the new one, or one between', () => {
    ledger.changeKey(second);
    grow();
    ledger.changeKey(third);
    grow(5);
    for (const signers of [[third, second], [third]]) {
      ledger.signers = signers;
      for (const { key } of [logSigner, second, third])
        expect(check(ledger.bundle(STREAMS, at('10:06')), trusting(key)).verdict).toBe('complete');
    }
    const { publicKey } = third.key;
    expect(check(ledger.bundle(STREAMS, at('10:06')), policy).save).toMatchObject({ key: publicKey });
  });

  test('continues what was kept while the old key signed', () => {
    const { save } = check(ledger.bundle(STREAMS, at('10:02')), policy);
    ledger.changeKey(second);
    grow();
    ledger.signers = [second];
    const bundle = ledger.bundle(STREAMS, at('10:04'), save!.size);
    const kept = parseSavedCheck(formatSavedCheck(save!));
    expect(kept).toEqual({ ok: true, value: save });
    expect(check(bundle, policy, save)).toMatchObject({ verdict: 'complete' });
  });

  test('hands out receipts that who trusts the old key can check', () => {
    ledger.changeKey(second);
    grow();
    ledger.signers = [second];
    const { index, entry, proof } = ledger.prove(1);
    const text = formatProof({ index, proof, checkpoint: ledger.checkpoint(at('10:04')) });
    const { event, opening } = ledger.recorded[0]!;
    const { keys } = ledger.bundle(STREAMS, at('10:04'));
    const receipt = { proof: text, entry, event, opening };
    expect(checkReceipt({ ...receipt, keys: keys! }, policy).ok).toBe(true);
    expect(checkReceipt(receipt, policy)).toMatchObject({ ok: false });
    expect(checkReceipt({ ...receipt, keys: [ledger.prove(0)] }, policy)).toMatchObject({ ok: false });
  });

  test('is refused where a change is not as the log has it', () => {
    ledger.changeKey(second);
    grow();
    ledger.changeKey(third);
    grow(5);
    ledger.signers = [third];
    const bundle = ledger.bundle(STREAMS, at('10:06'));
    const [one, two] = bundle.keys! as [ProofBundle['map'], ProofBundle['map']];
    const flipped = one.entry.with(80, one.entry[80]! ^ 1);
    const bad: Record<string, ProofBundle['keys']> = {
      'in another order': [two, one],
      twice: [one, one, two],
      'another place': [{ ...one, index: one.index + 1 }, two],
      'another entry': [{ ...one, entry: flipped }, two],
      'no change': [ledger.prove(0), two],
      'the last left out': [one],
    };
    for (const [name, keys] of Object.entries(bad))
      expect([name, check({ ...bundle, keys: keys! }, trusting(second.key)).verdict]).toEqual([
        name,
        'failed',
      ]);
  });
});

describe('a key that was replaced and then stolen', () => {
  test('signs nothing for who is shown the change, with or without witnesses', () => {
    ledger.changeKey(second);
    grow();
    ledger.signers = [logSigner];
    const bundle = ledger.bundle(STREAMS, at('10:04'));
    for (const trusted of [policy, nobody(policy), trusting(logSigner.key, second.key)])
      expect(failures(bundle, trusted)).toEqual([
        'The checkpoint is refused: the log did not sign it with the key it changed to.',
      ]);
  });

  test('signs nothing for who kept a check since, where the change is hidden', () => {
    ledger.changeKey(second);
    grow();
    const { save } = check(ledger.bundle(STREAMS, at('10:04')), nobody(policy));
    grow(5);
    ledger.signers = [logSigner];
    const { keys: _, ...hidden } = ledger.bundle(STREAMS, at('10:06'), save!.size);
    expect(failures(hidden, nobody(policy), save)).toEqual([
      'The log signed with another key at the earlier check, and that one did not hand over.',
    ]);
  });

  test('hands over to nobody: witnesses did not see it, and it had handed over before', () => {
    ledger.changeKey(thief);
    grow();
    ledger.signers = [thief];
    const fork = { ...ledger.bundle(STREAMS, at('10:04')), checkpoint: ledger.checkpoint(at('10:04'), []) };
    expect(failures(fork, policy)).toContainEqual(expect.stringContaining('Only 0 of the 2 witnesses'));
    expect(failures(fork, trusting(second.key))).toEqual([
      'The checkpoint is refused: the log changed its key, and none of its keys is trusted.',
    ]);
    const again = new TestLedger();
    again.closeMap(at('10:00'));
    again.changeKey(second);
    again.changeKey(thief, logSigner);
    again.closeMap(at('10:01'));
    expect(openLog(again.checkpoint(at('10:01')), policy, again.bundle([], at('10:01')))).toEqual({
      ok: false,
      reason: 'a change of keys is not by the key that was in use',
    });
  });

  test('hands over to nobody by an entry that one of the two did not sign, or of another place', () => {
    const entry = (index: number) => keysEntry(logSigner, thief, index);
    const forged = [
      (index: number) => ({ ...entry(index), oldSignature: entry(index).newSignature }),
      (index: number) => ({ ...entry(index), newSignature: entry(index).oldSignature }),
      (index: number) => ({ ...entry(index), newKey: second.key.publicKey }),
      (index: number) => entry(index - 1),
    ];
    for (const make of forged) {
      const fork = new TestLedger();
      fork.closeMap(at('10:00'));
      fork.entries.push(encodeEntry(make(fork.entries.length)));
      fork.closeMap(at('10:01'));
      fork.signers = [thief, second, logSigner];
      const reason = 'a change of keys is not in the log';
      expect(openLog(fork.checkpoint(at('10:01')), policy, { keys: [fork.prove(1)] })).toEqual({
        ok: false,
        reason,
      });
    }
  });

  test('is refused by everybody who reads the log', () => {
    const read = (...changes: readonly (readonly [typeof logSigner, typeof logSigner, number?])[]) => {
      const log = new TestLedger();
      log.closeMap(at('10:00'));
      for (const [old, next, size = log.entries.length] of changes)
        log.entries.push(encodeEntry(keysEntry(old, next, size)));
      return extendLog(new MemoryLog(), log.entries);
    };
    expect(read([logSigner, second], [second, third])).toMatchObject({ ok: true });
    for (const [changes, reason] of [
      [
        [
          [logSigner, second],
          [logSigner, thief],
        ],
        'entry 2: the change of keys is not by the key in use',
      ],
      [
        [
          [logSigner, second],
          [second, logSigner],
        ],
        'entry 2: the new key was in use before',
      ],
      [[[logSigner, logSigner]], 'entry 1: the new key was in use before'],
      [[[logSigner, second, 2]], 'entry 1: a change of keys after 2 entries'],
    ] as const)
      expect(read(...changes)).toEqual({ ok: false, reason });
  });
});
