import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asId, parseId, streamName } from '#decider';
import { base64, utf8 } from '../bytes.js';
import { sha256 } from '../crypto.js';
import { mapRoot } from '../map/map.js';
import { parseEntryBundle } from '../merkle/bundle.js';
import { leafHash } from '../merkle/hashes.js';
import { proveInclusion } from '../merkle/prove.js';
import { rootOf } from '../merkle/tree.js';
import { verifyInclusion } from '../merkle/verify.js';
import { at, mapOf } from '../testing.js';
import { encodeEntry } from './encode-entry.js';
import { extendLog } from './extend.js';
import { batchesOf, batchId, integrate, type StoredEvent } from './integrate.js';
import { labelOf } from './label.js';
import { MemoryLog } from './memory-log.js';
import { parseEntry } from './parse-entry.js';
import { nextMapEntry } from './state.js';

const A = streamName('person', 'a');
const B = streamName('person', 'b');
const stored = (stream: typeof A, revision: number, more: Partial<StoredEvent> = {}): StoredEvent => ({
  stream,
  revision,
  commitment: sha256(utf8(`${stream} ${revision}`)),
  stored: utf8('bytes'),
  ...more,
});

/** Integrates and reads back, as the server does. */
function append(log: MemoryLog, events: readonly StoredEvent[]): void {
  const integrated = integrate(events, (label) => log.head(label));
  if (!integrated.ok) throw new Error(integrated.reason);
  extend(log, integrated.value.entries);
}

const FIRST = encodeEntry(nextMapEntry(new MemoryLog(), at('09:00')));

/** A log with its first map entry. */
function begun(): MemoryLog {
  const log = new MemoryLog();
  extend(log, [FIRST]);
  return log;
}

function extend(log: MemoryLog, entries: readonly Uint8Array[]): void {
  const extended = extendLog(log, entries);
  if (!extended.ok) throw new Error(extended.reason);
  log.commit(extended.value);
}

describe('the integrator', () => {
  test('chains the events of each label, across batches, in the order given', () => {
    const log = begun();
    append(log, [stored(A, 0), stored(B, 0), stored(A, 1)]);
    const next = integrate([stored(A, 2)], (label) => log.head(label));
    const entry = next.ok && parseEntry(next.value.entries[0]!);
    expect(entry && entry.ok && entry.value).toMatchObject({
      n: 2,
      label: labelOf(A),
      previous: log.head(labelOf(A))!.last,
    });
    expect(entry && entry.ok && entry.value.kind === 'event' && base64(entry.value.stored)).toBe(
      base64(sha256(utf8('bytes'))),
    );
    expect(log.head(labelOf(A))?.count).toBe(2);
    expect(log.head(labelOf(B))?.count).toBe(1);
  });

  test.each([
    ['a gap', [stored(A, 0), stored(A, 2)]],
    ['a repetition', [stored(A, 0), stored(A, 0)]],
    ['a start that is not 0', [stored(B, 1)]],
    ['the log itself', [stored(asId('log') as never, 0)]],
  ])('refuses %s', (_, events) => {
    expect(integrate(events, () => undefined).ok).toBe(false);
  });

  test('refuses what is behind or ahead of the log so far', () => {
    const head = () => ({ count: 5, last: sha256(utf8('last')) });
    expect([4, 6].filter((revision) => integrate([stored(A, revision)], head).ok)).toEqual([]);
    expect(integrate([stored(A, 5)], head).ok).toBe(true);
  });

  test('writes the mark of a deferral, and an erasure behind the event that completes it', () => {
    const deferral = { mark: 'deferral', until: at('12:00') } as const;
    const result = integrate(
      [stored(A, 0, { deferral }), stored(B, 0, { erased: labelOf(A) })],
      () => undefined,
    );
    const kinds =
      result.ok && result.value.entries.map((bytes) => parseEntry(bytes)).map((e) => e.ok && e.value);
    expect(kinds).toMatchObject([
      { kind: 'event', deferral },
      { kind: 'event' },
      { kind: 'erasure', label: labelOf(A) },
    ]);
  });

  test('cuts batches below the limit and names each by its bytes', () => {
    const entries = Array.from({ length: 40 }, (_, i) => new Uint8Array(65_535).fill(i));
    const batches = batchesOf(entries);
    expect(Math.max(...batches.map(({ length }) => length * (4 / 3)))).toBeLessThan(1024 * 1024);
    expect(batches.flatMap((batch) => parseEntryBundle(batch)!.map((e) => e[0]))).toEqual(
      entries.map((e) => e[0]),
    );
    expect(batchesOf([])).toEqual([]);
    const ids = batches.map(batchId);
    expect(ids.every((id) => parseId(id) === id)).toBe(true);
    expect(new Set(ids).size).toBe(batches.length);
    expect(batchId(batches[0]!)).toBe(batchId(batchesOf(entries)[0]!));
  });
});

describe('reading the log', () => {
  test('gives tree, labels and map, however the entries are cut, and proves each entry', () => {
    const streams = Array.from({ length: 6 }, (_, i) => streamName('person', `${i}`));
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 1, maxLength: 40 }), fc.nat(), (story, cut) => {
        const whole = new MemoryLog();
        const entries: Uint8Array[] = [];
        const put = (added: readonly Uint8Array[]) => {
          entries.push(...added);
          extend(whole, added);
        };
        for (const choice of [6, ...story, 6]) {
          if (choice === 6) put([encodeEntry(nextMapEntry(whole, at('10:00')))]);
          else {
            const stream = streams[choice]!;
            const revision = whole.head(labelOf(stream))?.count ?? 0;
            const made = integrate([stored(stream, revision)], (label) => whole.head(label));
            put(made.ok ? made.value.entries : []);
          }
        }
        const halves = new MemoryLog();
        extend(halves, entries.slice(0, cut % entries.length));
        extend(halves, entries.slice(cut % entries.length));
        const heads = new Map(
          streams.flatMap((s) => (whole.head(labelOf(s)) ? [[labelOf(s), whole.head(labelOf(s))!]] : [])),
        );
        const root = rootOf(halves.range);
        expect(base64(root)).toBe(base64(rootOf(whole.range)));
        expect(base64(mapRoot(halves))).toBe(base64(mapRoot(mapOf(heads))));
        expect([...halves.dirty()]).toEqual([]);
        const size = entries.length;
        for (const [index, bytes] of entries.entries()) {
          const proof = proveInclusion(index, size, halves);
          expect(verifyInclusion({ index, size, leaf: leafHash(bytes), proof, root })).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('refuses entries left out, repeated, swapped or unreadable', () => {
    const made = integrate([stored(A, 0), stored(A, 1), stored(B, 0)], () => undefined);
    const [a, b, c] = made.ok ? made.value.entries : [];
    const map = (size: number, prev: number) =>
      encodeEntry({ ...nextMapEntry(begun(), at('10:00')), size, prev });
    const bad = [
      [b!],
      [a!, a!],
      [b!, a!, c!],
      [a!, utf8('{}')],
      [a!, encodeEntry({ kind: 'map', root: sha256(c!), size: 2, prev: 0, at: at('10:00') })],
      [map(2, 0)],
      [map(1, 0), map(2, 0)],
      [FIRST],
    ];
    expect(bad.filter((entries) => extendLog(begun(), entries).ok)).toEqual([]);
    expect(extendLog(begun(), [a!, b!, c!]).ok).toBe(true);
    expect(extendLog(begun(), [map(1, 0), map(2, 1)]).ok).toBe(true);
  });

  test('refuses a log that does not start with its map entry', () => {
    const made = integrate([stored(A, 0)], () => undefined);
    const late = made.ok ? extendLog(new MemoryLog(), made.value.entries) : made;
    expect(late).toEqual({ ok: false, reason: 'entry 0: a log starts with a map entry' });
  });

  test('can only be committed in order', () => {
    const log = begun();
    const made = integrate([stored(A, 0)], () => undefined);
    const changes = extendLog(log, made.ok ? made.value.entries : []);
    if (!changes.ok) throw new Error(changes.reason);
    log.commit(changes.value);
    expect(() => log.commit(changes.value)).toThrow(RangeError);
    expect(() => log.node(3, 0)).toThrow(RangeError);
  });
});
