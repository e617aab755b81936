import { describe, expect, test } from '@jest/globals';
import { asId, streamName, type Instant } from '#decider';
import { base64, base64url, concat, parseUtf8, uint64be, utf8 } from '../bytes.js';
import { sha256 } from '../crypto.js';
import { ED25519, signerOf } from '../notes/keys.js';
import { at, seedOf } from '../testing.js';
import { canonicalJson } from './canonical.js';
import { commitmentOf, opens, parseStoredBody, storedBody, type CommittedEvent } from './commitment.js';
import { encodeEntry, keysEntry, verifyKeysEntry } from './encode-entry.js';
import { NO_PREVIOUS, type EventEntry, type LogEntry } from './entry.js';
import { labelOf, sealingContext } from './label.js';
import { parseEntry } from './parse-entry.js';

const hash = (text: string) => sha256(utf8(text));
const label = labelOf(streamName('person', 'x'));
const event: EventEntry = {
  kind: 'event',
  commitment: hash('c'),
  stored: hash('e'),
  label,
  n: 1,
  previous: hash('p'),
};
const first: EventEntry = { ...event, n: 0, previous: NO_PREVIOUS };
const until = at('12:00');
const keys = keysEntry(signerOf('a', ED25519, seedOf('a')), signerOf('a', ED25519, seedOf('b')), 7);

const entries: readonly (readonly [string, LogEntry])[] = [
  ['an event', event],
  ['a first event', first],
  ['a deferral', { ...first, deferral: { mark: 'deferral', until } }],
  ['a review of a deferral', { ...event, deferral: { mark: 'deferral-review', until } }],
  ['an end of a deferral', { ...event, deferral: { mark: 'deferral-end' } }],
  ['a first map', { kind: 'map', root: hash('root'), size: 0, at: until }],
  ['a map', { kind: 'map', root: hash('root'), size: 5, prev: 2, at: until }],
  ['a change of keys', keys],
  ['an erasure', { kind: 'erasure', label }],
];

describe('log entries', () => {
  test('have the one form of the format', () => {
    const [c, e, p] = ['c', 'e', 'p'].map((name) => base64url(hash(name)));
    expect(parseUtf8(encodeEntry(event))).toBe(
      `{"c":"${c}","e":"${e}","l":"${label}","n":1,"p":"${p}","v":1}`,
    );
    expect(parseUtf8(encodeEntry({ kind: 'map', root: hash('root'), size: 5, prev: 2, at: until }))).toBe(
      `{"at":"2026-03-02T12:00:00.000Z","prev":2,"root":"${base64url(hash('root'))}","size":5,"t":"map","v":1}`,
    );
    const zeros = 'A'.repeat(43);
    expect(parseUtf8(encodeEntry({ ...first, deferral: { mark: 'deferral', until } }))).toContain(
      `"n":0,"p":"${zeros}","t":"deferral","until":"${until}","v":1}`,
    );
    expect(parseUtf8(encodeEntry({ kind: 'erasure', label }))).toBe(`{"l":"${label}","t":"erasure","v":1}`);
  });

  test.each(entries)('are written as RFC 8785 writes their fields: %s', (_, entry) => {
    const text = parseUtf8(encodeEntry(entry))!;
    expect(parseUtf8(canonicalJson(JSON.parse(text)))).toBe(text);
  });

  test.each(entries)('come back as they were written: %s', (_, entry) => {
    const parsed = parseEntry(encodeEntry(entry));
    expect(parsed.ok && parsed.value).toMatchObject({ kind: entry.kind });
    expect(parsed.ok && base64(encodeEntry(parsed.value))).toBe(base64(encodeEntry(entry)));
  });

  test.each(entries)('are refused with a field more, less or of another kind: %s', (_, entry) => {
    const fields = JSON.parse(parseUtf8(encodeEntry(entry))!) as Record<string, unknown>;
    const bad: unknown[] = [{ ...fields, x: 1 }, { ...fields, v: 2 }, [fields], null, 1, 'text', {}];
    for (const name of Object.keys(fields)) {
      const { [name]: gone, ...rest } = fields;
      // Without its mark, what ends a deferral is an event like others.
      if (gone !== 'deferral-end') bad.push(rest);
      for (const value of [null, {}, '', 'A', `${String(gone)}=`, -1, 1.5, 2 ** 53])
        bad.push({ ...fields, [name]: value });
    }
    expect(bad.filter((value) => parseEntry(canonicalJson(value)).ok)).toEqual([]);
  });

  test.each(entries)('are refused in any other encoding: %s', (_, entry) => {
    const text = parseUtf8(encodeEntry(entry))!;
    const bad = [
      ` ${text}`,
      `${text}\n`,
      text.replace(',', ', '),
      text.replace('"v":1', '"v":1.0'),
      text.replace('"v":1', '"v":1e0'),
      text.replace('{', '{"v":1,'),
      text.replace('"v"', String.raw`"\u0076"`),
      text.slice(0, -1),
      `\ufeff${text}`,
    ];
    expect(bad.filter((other) => parseEntry(utf8(other)).ok)).toEqual([]);
    expect(parseEntry(concat(encodeEntry(entry), Uint8Array.of(0xff))).ok).toBe(false);
  });

  test('are refused where marks and numbers contradict each other', () => {
    const bad: LogEntry[] = [
      { ...event, previous: NO_PREVIOUS },
      { ...first, previous: hash('p') },
      { ...event, deferral: { mark: 'deferral', until } },
      { ...first, deferral: { mark: 'deferral-end' } },
      { ...first, deferral: { mark: 'deferral-review', until } },
      { ...first, deferral: { mark: 'deferral', until: '2026-03-02T12:00:00Z' as Instant } },
      { ...first, deferral: { mark: 'deferral', until: '2026-02-30T12:00:00.000Z' as Instant } },
      { ...first, deferral: { mark: 'deferral', until: '2026-03-02T13:00:00.000+01:00' as Instant } },
    ];
    expect(bad.filter((entry) => parseEntry(encodeEntry(entry)).ok)).toEqual([]);
    const fields = JSON.parse(parseUtf8(encodeEntry(event))!) as object;
    expect(parseEntry(canonicalJson({ ...fields, until })).ok).toBe(false);
    expect(parseEntry(canonicalJson({ ...fields, t: 'deferral-end', until })).ok).toBe(false);
  });

  test('have at most 65,535 bytes, and deep nesting is no fault', () => {
    expect(parseEntry(utf8('[')).ok).toBe(false);
    expect(parseEntry(utf8('['.repeat(30_000) + ']'.repeat(30_000))).ok).toBe(false);
    expect(parseEntry(new Uint8Array(65_536))).toEqual({
      ok: false,
      reason: 'the entry has more than 65,535 bytes',
    });
    expect(() => encodeEntry({ ...event, label: 'x'.repeat(65_535) as typeof label })).toThrow(RangeError);
  });

  test('change keys only when both sign', () => {
    expect(verifyKeysEntry(keys)).toBe(true);
    const { oldKey, newKey, oldSignature, newSignature } = keys;
    const bad = [
      { ...keys, size: 8 },
      { ...keys, oldKey: newKey },
      { ...keys, newKey: oldKey },
      { ...keys, oldSignature: newSignature },
      { ...keys, newSignature: oldSignature },
    ];
    expect(bad.filter(verifyKeysEntry)).toEqual([]);
  });
});

describe('commitments', () => {
  const opening = hash('opening');
  const committed: CommittedEvent = {
    id: asId<'Event'>('00000000-0000-7000-8000-000000000001'),
    type: 'PersonRegistered',
    schema: 1,
    stream: streamName('person', 'x'),
    n: 0,
    recordedAt: at('10:00'),
    effectiveAt: { date: '2026-03-02', zone: 'Europe/Paris', precision: 'day' },
    actor: { kind: 'mandate', id: 'm' },
    commandId: asId<'Command'>('00000000-0000-8000-8000-000000000002'),
    correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000003'),
    causationId: null,
    payload: { name: 'é', list: [1, null] },
  };

  test('are the hash of domain, opening and the canonical fields, written out here', () => {
    const message =
      '{"actor":{"id":"m","kind":"mandate"},"causationId":null,"commandId":"00000000-0000-8000-8000-000000000002",' +
      '"correlationId":"00000000-0000-4000-8000-000000000003",' +
      '"effectiveAt":{"date":"2026-03-02","precision":"day","zone":"Europe/Paris"},' +
      '"id":"00000000-0000-7000-8000-000000000001","n":0,"payload":{"list":[1,null],"name":"é"},' +
      '"recordedAt":"2026-03-02T10:00:00.000Z","schema":1,"stream":"person-x","type":"PersonRegistered"}';
    const expected = sha256(concat(utf8('sillage/c/1'), opening, utf8(message)));
    expect(base64(commitmentOf(opening, committed))).toBe(base64(expected));
  });

  test('leave out what is not listed, and cover all that is', () => {
    const commitment = commitmentOf(opening, committed);
    expect(opens(commitment, opening, { ...committed, position: 12 } as CommittedEvent)).toBe(true);
    for (const field of Object.keys(committed))
      expect(opens(commitment, opening, { ...committed, [field]: 'other' })).toBe(false);
    expect(opens(commitment, hash('other'), committed)).toBe(false);
  });

  test('do not open with anything that cannot be encoded', () => {
    const commitment = commitmentOf(opening, committed);
    expect(opens(commitment, opening.subarray(1), committed)).toBe(false);
    expect(opens(commitment, opening, { ...committed, payload: Number.NaN })).toBe(false);
    expect(opens(commitment, opening, { ...committed, payload: '\ud800' })).toBe(false);
    expect(() => commitmentOf(opening.subarray(1), committed)).toThrow(RangeError);
  });

  test('have their opening stored beside the payload, in one form', () => {
    const body = storedBody(opening, { b: 1, a: [] });
    expect(parseUtf8(body)).toBe(`{"opening":"${base64url(opening)}","payload":{"a":[],"b":1}}`);
    expect(parseStoredBody(body)).toEqual({ opening, payload: { b: 1, a: [] } });
    const bad = [
      '{}',
      `{"opening":"${base64url(opening)}"}`,
      '{"opening":"AA","payload":1}',
      ` ${parseUtf8(body)}`,
    ];
    expect(bad.filter((text) => parseStoredBody(utf8(text)))).toEqual([]);
  });

  test('are sealed in the context of their label and number', () => {
    expect(base64(sealingContext(label, 258))).toBe(
      base64(concat(Buffer.from(label, 'base64url'), uint64be(258))),
    );
    expect(() => sealingContext(label, -1)).toThrow(RangeError);
  });
});
