import {
  base64,
  ED25519,
  encodeEntry,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  lossEntry,
  openLog,
  parseVerifierKey,
  signatureLine,
  signerOf,
  verifierKey,
  type Hash,
  type Loss,
  type Signer,
} from '#transparency';
import { encode, flip, spoiled, treeAround, type Case, type Draw } from './cases.js';

const [OLD, NEW] = ['ledger.example/log', 'again.example/log'];

interface Given {
  readonly note: string;
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
  readonly index: number;
  readonly entry: Uint8Array;
  readonly proof: readonly Uint8Array[];
  readonly key: string;
}

/** Declared losses, each in a tree of its own that goes on under the new name, and every way to spoil one. */
export function lossCases(draw: Draw): Case[] {
  return Array.from({ length: 60 }, (_, i) => {
    const seed = draw.hash();
    const [signer, thief] = [signerOf(OLD, ED25519, seed), signerOf(OLD, ED25519, draw.hash())];
    const index = 1 + draw.below(200);
    const around = { index, size: index + 2 + draw.below(100), by: signer, origin: NEW };
    const kept = draw.below(index + 1);
    const loss: Loss = {
      size: index,
      kept,
      oldOrigin: OLD,
      oldSize: kept + 1 + draw.below(100),
      oldRoot: draw.hash(),
      newOrigin: NEW,
    };
    const tree = (entry: Uint8Array, more: Partial<Around> = {}) =>
      treeWith(entry, { ...around, trusted: signer, ...more }, draw);
    const declared = lossEntry(signer, loss);
    const good = tree(encodeEntry(declared));
    const text = new TextDecoder().decode(good.entry);
    const edited = (from: string | RegExp, to: string) =>
      tree(new TextEncoder().encode(text.replace(from, to)));
    const variants: readonly (readonly [string, Given])[] = [
      ['good', good],
      ['under the old name', tree(good.entry, { origin: OLD })],
      ['under another name', tree(good.entry, { origin: 'third.example/log' })],
      ['a stranger signs the checkpoint', tree(good.entry, { by: thief })],
      ['by a key that is not trusted', tree(encodeEntry(lossEntry(thief, loss)))],
      ['another number kept', tree(encodeEntry({ ...declared, kept: kept === 0 ? 1 : kept - 1 }))],
      ['another old root', tree(encodeEntry({ ...declared, oldRoot: draw.hash() }))],
      ['another old size', tree(encodeEntry({ ...declared, oldSize: loss.oldSize + 1 }))],
      ['of another place', tree(encodeEntry(lossEntry(signer, { ...loss, size: index + 1 })))],
      ['of another version', edited('"v":1', '"v":2')],
      ['of another kind', edited('"t":"loss"', '"t":"keys"')],
      ['one more field', edited('"v":1', '"v":1,"x":1')],
      ['a bit of the entry', { ...good, entry: flip(good.entry, draw) }],
      ['another index', { ...good, index: index - 1 }],
      ...spoiled(good.proof as readonly Hash[], draw).map(
        ([name, proof]) => [name, { ...good, proof }] as const,
      ),
    ];
    return variants.map(([name, given]) => caseOf(`loss ${i}, ${name}`, given));
  }).flat();
}

interface Around {
  readonly index: number;
  readonly size: number;
  readonly by: Signer;
  readonly origin: string;
  readonly trusted: Signer;
}

function treeWith(entry: Uint8Array, { index, size, by, origin, trusted }: Around, draw: Draw): Given {
  const { root, proof } = treeAround(entry, index, size, draw);
  const text = formatCheckpoint({ origin, size, root });
  const key = verifierKey(origin, ED25519, by.key.publicKey);
  const note = formatNote(text, [signatureLine(text, { ...by, key })]);
  return { note, origin, size, root, index, entry, proof, key: formatVerifierKey(trusted.key) };
}

function caseOf(name: string, { note, origin, size, root, index, entry, proof, key }: Given): Case {
  const parsed = parseVerifierKey(key);
  if (!parsed.ok) throw new Error(parsed.reason);
  const policy = { origin: OLD, logKeys: [parsed.value], witnesses: [], quorum: 0 };
  const opened = openLog(note, policy, { losses: [{ index, entry, proof: proof as readonly Hash[] }] });
  return {
    kind: 'loss',
    name,
    expect: opened.ok ? 'accept' : 'reject',
    note,
    keys: [key],
    origin,
    size,
    root: base64(root),
    index,
    entry: base64(entry),
    proof: encode(proof),
  };
}
