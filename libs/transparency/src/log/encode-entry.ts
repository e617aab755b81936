import { unreachable } from '#decider';
import { base64url, concat, uint64be, utf8 } from '../bytes.js';
import { sha256Of, verifyEd25519 } from '../crypto.js';
import { MAX_ENTRY_BYTES } from '../merkle/bundle.js';
import type { Signer } from '../notes/keys.js';
import type { DeferralMark, KeysEntry, LogEntry, LossEntry } from './entry.js';

const KEYS_DOMAIN = utf8('sillage/keys/1');
const LOSS_DOMAIN = utf8('sillage/loss/1');

/** The bytes that the log hashes. Throws RangeError above 65,535. */
export function encodeEntry(entry: LogEntry): Uint8Array {
  const bytes = utf8(JSON.stringify(fieldsOf(entry)));
  if (bytes.length > MAX_ENTRY_BYTES) throw new RangeError(`an entry of ${bytes.length} bytes`);
  return bytes;
}

/**
 * MUST name fields in the order of their names: with texts that need no escape and whole numbers only, JSON.stringify
 * then writes what RFC 8785 asks for, at a fifth of the price. Every entry is written and read back by the million.
 */
function fieldsOf(entry: LogEntry): Record<string, unknown> {
  switch (entry.kind) {
    case 'event':
      return {
        c: base64url(entry.commitment),
        e: base64url(entry.stored),
        l: entry.label,
        n: entry.n,
        p: base64url(entry.previous),
        ...(entry.deferral && deferralFields(entry.deferral)),
        v: 1,
      };
    case 'map':
      return {
        at: entry.at,
        ...(entry.loss !== undefined && { loss: entry.loss }),
        ...(entry.prev !== undefined && { prev: entry.prev }),
        root: base64url(entry.root),
        size: entry.size,
        t: 'map',
        v: 1,
      };
    case 'keys':
      return {
        new: base64url(entry.newKey),
        newSignature: base64url(entry.newSignature),
        old: base64url(entry.oldKey),
        oldSignature: base64url(entry.oldSignature),
        size: entry.size,
        t: 'keys',
        v: 1,
      };
    case 'erasure':
      return { l: entry.label, t: 'erasure', v: 1 };
    case 'loss':
      return {
        key: base64url(entry.key),
        kept: entry.kept,
        newOrigin: entry.newOrigin,
        oldOrigin: entry.oldOrigin,
        oldRoot: base64url(entry.oldRoot),
        oldSize: entry.oldSize,
        ...(entry.prev !== undefined && { prev: entry.prev }),
        signature: base64url(entry.signature),
        size: entry.size,
        t: 'loss',
        v: 1,
      };
    default:
      return unreachable(entry);
  }
}

function deferralFields(deferral: DeferralMark): Record<string, unknown> {
  return deferral.mark === 'deferral-end'
    ? { t: deferral.mark }
    : { t: deferral.mark, until: deferral.until };
}

/** "sillage/keys/1" ‖ old key[32] ‖ new key[32] ‖ uint64be(size): what both keys sign. */
export function keysMessage(oldKey: Uint8Array, newKey: Uint8Array, size: number): Uint8Array {
  return concat(KEYS_DOMAIN, oldKey, newKey, uint64be(size));
}

/** `size`: how many entries the log has before this one. */
export function keysEntry(oldSigner: Signer, newSigner: Signer, size: number): KeysEntry {
  const [oldKey, newKey] = [oldSigner.key.publicKey, newSigner.key.publicKey];
  const message = keysMessage(oldKey, newKey, size);
  const [oldSignature, newSignature] = [oldSigner.sign(message), newSigner.sign(message)];
  return { kind: 'keys', oldKey, newKey, size, oldSignature, newSignature };
}

/** Whether both keys signed. That `size` is the entry's index is for the caller to compare. */
export function verifyKeysEntry({ oldKey, newKey, size, oldSignature, newSignature }: KeysEntry): boolean {
  const message = keysMessage(oldKey, newKey, size);
  return verifyEd25519(oldKey, message, oldSignature) && verifyEd25519(newKey, message, newSignature);
}

/** What a declared loss says, before it is signed. */
export type Loss = Omit<LossEntry, 'kind' | 'key' | 'signature'>;

/**
 * What the log's key signs: "sillage/loss/1" ‖ uint64be(size) ‖ uint64be(kept) ‖ uint64be(old size) ‖ old root[32] ‖
 * SHA-256(old origin) ‖ SHA-256(new origin). `prev` is told by the log.
 */
export function lossMessage({ size, kept, oldOrigin, oldSize, oldRoot, newOrigin }: Loss): Uint8Array {
  const counts = [size, kept, oldSize].map(uint64be);
  const names = [oldOrigin, newOrigin].map((name) => sha256Of(utf8(name)));
  return concat(LOSS_DOMAIN, ...counts, oldRoot, ...names);
}

export function lossEntry(signer: Signer, loss: Loss): LossEntry {
  return { kind: 'loss', ...loss, key: signer.key.publicKey, signature: signer.sign(lossMessage(loss)) };
}

/** Whether its key signed it. That this is the log's is for the caller to compare, and that `size` is its index. */
export function verifyLossEntry(loss: LossEntry): boolean {
  return verifyEd25519(loss.key, lossMessage(loss), loss.signature);
}
