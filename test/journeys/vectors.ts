import { readFileSync, writeFileSync } from 'node:fs';
import { systemClock } from '#time';
import {
  formatProofFile,
  formatReceipt,
  formatSavedCheck,
  judgeProof,
  parsePolicy,
  parseProofFile,
  parseReceipt,
  parseVerifierKey,
  type ProofBundle,
  type ProvedEvent,
  type Receipt,
  type Result,
} from '#transparency';
import type { Witnessed } from './witnessed.js';

/** A file as it was handed out, or as somebody changed it, and what is asked about it. Paths. */
export interface Vector {
  readonly name: string;
  readonly kind: 'proof' | 'receipt';
  readonly file: string;
  readonly trust: 'policy' | 'log.vkey' | 'next.vkey';
  readonly saved?: string;
  readonly person?: string;
  readonly verdict: 'complete' | 'unaltered' | 'failed' | 'unreadable';
}

const STRANGER = '99999999-9999-4999-8999-999999999999';
const ZEROS = new Uint8Array(32);

/** Good files and bad ones, of which every reader says the same. */
export function vectorsOf({ at }: Witnessed): readonly Vector[] {
  const written = (name: string, text: string) => {
    const path = at(`${name.replaceAll(' ', '-')}.json`);
    writeFileSync(path, text);
    return path;
  };
  const bundle = value(parseProofFile(readFileSync(at('proof.json'), 'utf8')));
  const receipt = value(parseReceipt(readFileSync(at('receipt.json'), 'utf8')));
  const bad = (kind: Vector['kind'], name: string, text: string): Vector => {
    return { name, kind, file: written(name, text), trust: 'policy', verdict: 'failed' };
  };
  const proofs = Object.entries(badProofs(bundle)).map(([name, changes]) =>
    bad('proof', name, formatProofFile({ ...bundle, ...changes })),
  );
  const receipts = Object.entries(badReceipts(receipt)).map(([name, changes]) =>
    bad('receipt', name, formatReceipt({ ...receipt, ...changes })),
  );
  const good = { kind: 'proof', file: at('proof.json'), trust: 'policy' } as const;
  const kept = value(
    judgeProof(formatProofFile(bundle), {
      policy: value(parsePolicy(readFileSync(at('policy'), 'utf8'))),
      now: systemClock.now(),
    }),
  );
  const [saved, fork] = [
    written('kept', formatSavedCheck(kept.save!)),
    written('fork', formatSavedCheck({ ...kept.save!, root: ZEROS })),
  ];
  return [
    { ...good, name: 'a proof', verdict: 'complete' },
    { ...good, name: 'a proof by the key alone', trust: 'log.vkey', verdict: 'unaltered' },
    { ...good, name: 'a proof behind an earlier check', saved, verdict: 'complete' },
    { ...good, name: 'a proof behind a check of another log', saved: fork, verdict: 'failed' },
    { ...good, name: 'a proof for somebody else', person: STRANGER, verdict: 'failed' },
    { ...good, name: 'a receipt', kind: 'receipt', file: at('receipt.json'), verdict: 'unaltered' },
    ...proofs,
    ...receipts,
    ...afterAChangeOfKeys(at, bad),
    { ...good, name: 'a file that is none', file: written('none', '{}'), verdict: 'unreadable' },
  ];
}

/** The log's key was changed; `policy` and `log.vkey` name the one before. */
function afterAChangeOfKeys(
  at: Witnessed['at'],
  bad: (kind: Vector['kind'], name: string, text: string) => Vector,
): readonly Vector[] {
  const bundle = value(parseProofFile(readFileSync(at('changed.json'), 'utf8')));
  const receipt = value(parseReceipt(readFileSync(at('changed-receipt.json'), 'utf8')));
  const [change] = bundle.keys!;
  const { checkpoint, keys: _, ...hidden } = bundle;
  const good = { kind: 'proof', file: at('changed.json'), trust: 'policy' } as const;
  const proofs: Record<string, ProofBundle> = {
    'a changed key that did not sign': { ...bundle, checkpoint: without('next.vkey', checkpoint, at) },
    'a change of keys at another place': { ...bundle, keys: [{ ...change!, index: change!.index + 1 }] },
    'a change of keys twice': { ...bundle, keys: [change!, change!] },
    'a change of keys that is a map entry': { ...bundle, keys: [bundle.map] },
    'a change of keys that is altered': {
      ...bundle,
      keys: [{ ...change!, entry: change!.entry.with(20, change!.entry[20]! ^ 1) }],
    },
    'a hidden change of keys without the old key': {
      ...hidden,
      checkpoint: without('log.vkey', checkpoint, at),
    },
  };
  const alone = { ...bundle, checkpoint: without('log.vkey', checkpoint, at) };
  return [
    { ...good, name: 'a proof after a change of keys', verdict: 'complete' },
    { ...good, name: 'the same by the new key', trust: 'next.vkey', verdict: 'unaltered' },
    { ...bad('proof', 'the same by the new key alone', formatProofFile(alone)), verdict: 'complete' },
    {
      ...bad(
        'receipt',
        'a receipt after a change of keys',
        formatReceipt({ ...receipt, proof: without('log.vkey', receipt.proof, at) }),
      ),
      verdict: 'unaltered',
    },
    ...Object.entries(proofs).map(([name, file]) => bad('proof', name, formatProofFile(file))),
    bad(
      'receipt',
      'a receipt whose changed key did not sign',
      formatReceipt({ ...receipt, proof: without('next.vkey', receipt.proof, at) }),
    ),
  ];
}

/** The note without the signature by the key in the file. */
function without(vkey: string, note: string, at: Witnessed['at']): string {
  const key = value(parseVerifierKey(readFileSync(at(vkey), 'utf8').trim()));
  const id = Buffer.alloc(4);
  id.writeUInt32BE(key.id);
  const own = (line: string) =>
    line.startsWith(`— ${key.name} `) && Buffer.from(line.split(' ')[2]!, 'base64').subarray(0, 4).equals(id);
  return note
    .split('\n')
    .filter((line) => !own(line))
    .join('\n');
}

function badProofs({ checkpoint, map, streams }: ProofBundle): Record<string, Partial<ProofBundle>> {
  const [own, ...others] = streams as [ProofBundle['streams'][0]];
  const first = own.events[0]!;
  const withFirst = (changes: Partial<ProvedEvent>) => ({
    streams: [{ ...own, events: [{ ...first, ...changes }, ...own.events.slice(1)] }, ...others],
  });
  const event = { ...first.event, payload: { ...(first.event.payload as object), familyName: 'X' } };
  const backDated = { ...first.event, recordedAt: '2020-01-01T00:00:00.000Z' as typeof event.recordedAt };
  return {
    'a proof with another name': withFirst({ event }),
    'a proof that is back-dated': withFirst({ event: backDated }),
    'a proof without its last event': { streams: [{ ...own, events: own.events.slice(0, -1) }, ...others] },
    'a proof without a stream': { streams: [own] },
    'a proof of another map': { map: { ...map, index: 0 } },
    'a proof by another path': withFirst({ proof: [...first.proof.slice(1), ZEROS] }),
    'a proof that nobody cosigned': { checkpoint: `${checkpoint.split('\n').slice(0, 5).join('\n')}\n` },
    'a proof with a wrong signature': { checkpoint: forged(checkpoint) },
  };
}

function badReceipts({ event, proof }: Receipt): Record<string, Partial<Receipt>> {
  return {
    'a receipt of another event': { event: { ...event, n: 1 } },
    'a receipt with another opening': { opening: ZEROS },
    'a receipt with a wrong signature': { proof: forged(proof) },
  };
}

/** The first signature, the log's, with one digit changed. */
function forged(note: string): string {
  const at = /^— \S+ \S{20}/m.exec(note)!;
  const place = at.index + at[0].length;
  return note.slice(0, place) + (note[place] === 'A' ? 'B' : 'A') + note.slice(place + 1);
}

function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}
