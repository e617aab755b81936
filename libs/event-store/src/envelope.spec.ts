import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { asId, streamName, type Instant } from '#decider';
import { canonicalJson, commitmentTo } from '#transparency';
import { disclose, enclose, type ClearColumns, type StreamCipher } from './envelope.js';

const PLAIN: StreamCipher = { seal: (_, plain) => plain, open: (_, body) => body };

const clear: ClearColumns = {
  id: asId<'Event'>('00000000-0000-7000-8000-000000000001'),
  stream: streamName('person', '00000000-0000-4000-8000-000000000002'),
  revision: 7,
  type: 'DisclosureRecorded',
  schema: 2,
  recordedAt: '2026-01-09T10:00:00.000Z' as Instant,
  effectiveAt: { date: '2026-01-01', zone: 'Europe/Paris', precision: 'month' },
  actor: { kind: 'mandate', id: 'M1', assistedBy: 'M2' },
  commandId: asId<'Command'>('00000000-0000-8000-8000-000000000003'),
  correlationId: asId<'Correlation'>('00000000-0000-4000-8000-000000000004'),
  causationId: null,
};

/** RFC 8785, written again in the plainest way. */
function slowJcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(slowJcs).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((k) => `${JSON.stringify(k)}:${slowJcs((value as Record<string, unknown>)[k])}`).join(',')}}`;
}

/** `m` as trust.md writes it, all of it canonicalised at once. */
function slowCommitment({ revision: n, ...columns }: ClearColumns, payload: unknown, opening: Uint8Array) {
  const m = slowJcs({ ...columns, n, payload });
  const bytes = Buffer.concat([Buffer.from('sillage/c/1'), opening, Buffer.from(m, 'utf8')]);
  return createHash('sha256').update(bytes).digest('hex');
}

function commitment(columns: ClearColumns, payload: unknown, opening: Uint8Array): string {
  return Buffer.from(
    commitmentTo(opening, { ...columns, n: columns.revision }, canonicalJson(payload)),
  ).toString('hex');
}

describe('the commitment', () => {
  const opening = new Uint8Array(32).fill(5);
  const text = fc.string({ unit: 'grapheme' });
  const payloads = fc.dictionary(
    text.filter((key) => key !== '__proto__'),
    fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
  );

  it('is the hash that a plain reading of the specification gives', () => {
    const property = fc.property(payloads, fc.nat(), text, (payload, revision, type) => {
      const columns = { ...clear, revision, type };
      expect(commitment(columns, payload, opening)).toBe(slowCommitment(columns, payload, opening));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it('stays what it was: stored events carry it', () => {
    expect(commitment(clear, { item: 'é' }, opening)).toMatchInlineSnapshot(
      `"2dacc4bb43b490baaf59c809fdb86900ce6b1d524e3b8d5234a8f7d2d64583e8"`,
    );
  });

  it.each<[keyof ClearColumns, Partial<ClearColumns>]>([
    ['id', { id: asId<'Event'>('00000000-0000-7000-8000-00000000000f') }],
    ['stream', { stream: streamName('person', 'x') }],
    ['revision', { revision: 8 }],
    ['type', { type: 'DisclosureRefused' }],
    ['schema', { schema: 1 }],
    ['recordedAt', { recordedAt: '2026-01-09T10:00:00.001Z' as Instant }],
    ['effectiveAt', { effectiveAt: { date: '2026-01-01', zone: 'Europe/Paris', precision: 'day' } }],
    ['actor', { actor: { kind: 'mandate', id: 'M1' } }],
    ['commandId', { commandId: asId<'Command'>('00000000-0000-8000-8000-00000000000f') }],
    ['correlationId', { correlationId: asId<'Correlation'>('00000000-0000-4000-8000-00000000000f') }],
    ['causationId', { causationId: clear.id }],
  ])('changes when the column %s is changed', (_, change) => {
    expect(commitment({ ...clear, ...change }, {}, opening)).not.toBe(commitment(clear, {}, opening));
  });

  it('changes with the payload and with the opening', () => {
    const usual = commitment(clear, { item: 'lamp' }, opening);
    expect(commitment(clear, { item: 'vase' }, opening)).not.toBe(usual);
    expect(commitment(clear, { item: 'lamp' }, new Uint8Array(32))).not.toBe(usual);
  });
});

describe('the envelope', () => {
  it('gives back what was enclosed, with the opening that proves it', () => {
    const payload = { names: ['Zoé', '𝄞'], count: 3, nothing: null, nested: { b: 1, a: [true] } };
    const event = enclose(clear, payload, PLAIN);
    const opened = disclose(event, PLAIN);
    expect(opened.payload).toEqual(payload);
    expect(opened.opening).toHaveLength(32);
    expect(Buffer.from(event.commitment).toString('hex')).toBe(commitment(clear, payload, opened.opening));
  });

  it('stores the canonical JSON of opening and payload, and nothing else', () => {
    const { body } = enclose(clear, { b: 1, a: 2 }, PLAIN);
    expect(Buffer.from(body).toString()).toMatch(/^\{"opening":"[\w-]{43}","payload":\{"a":2,"b":1\}\}$/);
    expect(Buffer.from(body).toString()).toBe(slowJcs(JSON.parse(Buffer.from(body).toString())));
  });

  it('is another each time, so that equal facts cannot be told to be equal', () => {
    const [first, second] = [enclose(clear, {}, PLAIN), enclose(clear, {}, PLAIN)];
    expect(Buffer.from(first.commitment).equals(second.commitment)).toBe(false);
  });

  it('is sealed for its own revision', () => {
    const revisions: number[] = [];
    const spy: StreamCipher = {
      seal: (revision, plain) => (revisions.push(revision), plain),
      open: (revision, body) => (revisions.push(revision), body),
    };
    disclose(enclose(clear, {}, spy), spy);
    expect(revisions).toEqual([7, 7]);
  });

  it('takes no text that is not Unicode: no other program could hash it alike', () => {
    expect(() => enclose(clear, { name: '\ud800' }, PLAIN)).toThrow('surrogate');
  });
});
