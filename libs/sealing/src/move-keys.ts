import { timingSafeEqual } from 'node:crypto';
import type { StreamName } from '#decider';
import type { KeyStore, OwnedKey } from './key-store.js';
import type { RootKey } from './root-key.js';
import { assertOpens } from './rotate.js';

/** Two key stores that should hold the same keys do not. Said in one sentence. */
export class KeysDiffer extends Error {
  override readonly name = 'KeysDiffer';
}

/** Keys, and what wraps them. */
export interface HeldKeys {
  readonly store: KeyStore;
  readonly root: RootKey;
}

/**
 * Copies every key, wrapped under the other root key, with what it seals and what was erased, then compares the two. What
 * was erased comes first: no key is ever made for it. Cut off anywhere, it is repeated; nothing is taken from `from`.
 * No server may change the keys meanwhile.
 * @returns how many keys
 * @throws KeysDiffer, RootKeyRefused, KeysUnavailable
 */
export async function moveKeys(from: HeldKeys, to: HeldKeys): Promise<number> {
  await assertOpens(from.root, from.store);
  await assertOpens(to.root, to.store);
  // The newest version of the root key is remembered there too: an older one wraps nothing.
  await to.store.rewrap(to.root.epoch, async (key) => to.root.wrap(await unwrapped(to, key), key.owner));
  for (const [owner, streams] of await erasures(from.store)) await to.store.erase(owner, streams);
  for await (const key of keysIn(from.store)) {
    const { owner } = key;
    await to.store.putIfAbsent(owner, await to.root.wrap(await unwrapped(from, key), owner));
    for (const stream of await from.store.streamsOf(owner)) await to.store.mapStream(stream, owner);
  }
  return compareKeys(from, to);
}

/** @returns how many keys both hold @throws KeysDiffer */
async function compareKeys(from: HeldKeys, to: HeldKeys): Promise<number> {
  let keys = 0;
  for await (const key of keysIn(from.store)) {
    const there = await to.store.get(key.owner);
    const [one, other] = [
      await unwrapped(from, key),
      there && (await unwrapped(to, { ...there, owner: key.owner })),
    ];
    if (!other || !timingSafeEqual(one, other)) throw different('a key is not the same in both');
    const streams = [await from.store.streamsOf(key.owner), await to.store.streamsOf(key.owner)];
    if (!sameNames(streams[0]!, streams[1]!)) throw different('a key seals other streams');
    keys++;
  }
  for await (const { owner } of keysIn(to.store))
    if (!(await from.store.get(owner))) throw different('there is a key too many');
  const erased = [await erasures(from.store), await erasures(to.store)] as const;
  for (const owner of new Set(erased.flatMap((one) => [...one.keys()])))
    if (!sameNames(erased[0].get(owner) ?? [], erased[1].get(owner) ?? []))
      throw different('what was erased is not the same in both');
  return keys;
}

/** Streams that were erased, by whose they were. */
async function erasures(store: KeyStore): Promise<ReadonlyMap<string, readonly StreamName[]>> {
  const owners = new Map<string, StreamName[]>();
  for (const stream of await store.erasedStreams()) {
    const owner = (await store.ownerOf(stream))!;
    owners.set(owner, [...(owners.get(owner) ?? []), stream]);
  }
  return owners;
}

async function* keysIn(store: KeyStore): AsyncGenerator<OwnedKey, void> {
  let page: readonly OwnedKey[] = await store.keysAfter('');
  while (page.length > 0) {
    yield* page;
    page = await store.keysAfter(page.at(-1)!.owner);
  }
}

function unwrapped({ root }: HeldKeys, { wrapped, owner, epoch }: OwnedKey): Promise<Uint8Array> {
  return root.unwrap(wrapped, owner, epoch);
}

function sameNames(one: readonly StreamName[], other: readonly StreamName[]): boolean {
  return one.length === other.length && one.every((name, i) => name === other[i]);
}

function different(what: string): KeysDiffer {
  return new KeysDiffer(
    `The keys were not moved: ${what}. Stop every server and repeat it, into an empty place where it stays so.`,
  );
}
