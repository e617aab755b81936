import {
  base64,
  ED25519,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  keysEntry,
  openLog,
  parseVerifierKey,
  signatureLine,
  signerOf,
  type Hash,
  type Signer,
} from '#transparency';
import { encode, flip, spoiled, treeAround, type Case, type Draw } from './cases.js';

const ORIGIN = 'ledger.example/log';

interface Given {
  readonly note: string;
  readonly size: number;
  readonly root: Hash;
  readonly index: number;
  readonly entry: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly key: string;
}

/** Changes of the log's key, each in a tree of its own, and every way to spoil one. */
export function keyCases(draw: Draw): Case[] {
  return Array.from({ length: 60 }, (_, i) => {
    const [old, next, thief] = ['old', 'next', 'thief'].map(() => signerOf(ORIGIN, ED25519, draw.hash())) as [
      Signer,
      Signer,
      Signer,
    ];
    const index = 1 + draw.below(200);
    const size = index + 1 + draw.below(100);
    const good = treeWith(encodeEntry(keysEntry(old, next, index)), { old, by: [next], index, size }, draw);
    const tree = (entry: Uint8Array, by: readonly Signer[] = [next]) =>
      treeWith(entry, { old, by, index, size }, draw);
    const text = new TextDecoder().decode(good.entry);
    const edited = (from: string | RegExp, to: string) =>
      tree(new TextEncoder().encode(text.replace(from, to)));
    const swapped = { ...keysEntry(old, next, index), newKey: thief.key.publicKey };
    const variants: readonly (readonly [string, Given])[] = [
      ['good', good],
      ['good', tree(good.entry, [next, old])],
      ['the old key signs alone', tree(good.entry, [old])],
      ['a stranger signs', tree(good.entry, [thief])],
      ['the new key is a thief’s', tree(encodeEntry(swapped), [thief])],
      ['by a key that is not trusted', tree(encodeEntry(keysEntry(thief, next, index)))],
      ['of another place', tree(encodeEntry(keysEntry(old, next, index - 1)))],
      ['of another version', edited('"v":1', '"v":2')],
      ['of another kind', edited('"t":"keys"', '"t":"map"')],
      ['a signature left out', edited(/"oldSignature":"[^"]*",/, '')],
      ['one more field', edited('"v":1', '"v":1,"x":1')],
      ['a bit of the entry', { ...good, entry: flip(good.entry, draw) }],
      ['another index', { ...good, index: index - 1 }],
      ...spoiled(good.proof as readonly Hash[], draw).map(
        ([name, proof]) => [name, { ...good, proof }] as const,
      ),
    ];
    return variants.map(([name, given]) => caseOf(`change ${i}, ${name}`, given));
  }).flat();
}

interface Around {
  readonly old: Signer;
  readonly by: readonly Signer[];
  readonly index: number;
  readonly size: number;
}

function treeWith(entry: Uint8Array, { old, by, index, size }: Around, draw: Draw): Given {
  const { root, proof } = treeAround(entry, index, size, draw);
  const text = formatCheckpoint({ origin: ORIGIN, size, root });
  const note = formatNote(
    text,
    by.map((signer) => signatureLine(text, signer)),
  );
  return { note, size, root, index, entry, proof, key: formatVerifierKey(old.key) };
}

function caseOf(name: string, { note, size, root, index, entry, proof, key }: Given): Case {
  const parsed = parseVerifierKey(key);
  if (!parsed.ok) throw new Error(parsed.reason);
  const policy = { origin: ORIGIN, logKeys: [parsed.value], witnesses: [], quorum: 0 };
  const opened = openLog(note, policy, { keys: [{ index, entry, proof: proof as readonly Hash[] }] });
  return {
    kind: 'rotation',
    name,
    expect: opened.ok ? 'accept' : 'reject',
    note,
    keys: [key],
    origin: ORIGIN,
    size,
    root: base64(root),
    index,
    entry: base64(entry),
    proof: encode(proof),
  };
}
