import { base64url, isCount, parseBase64url } from '../bytes.js';
import type { Hash } from '../crypto.js';
import { exactObject } from '../log/canonical.js';
import type { CommittedEvent, Opening } from '../log/commitment.js';
import { fail, ok, type Result } from '../result.js';
import type { History, ProofBundle, ProvedEntry, ProvedEvent, StreamProof } from './bundle.js';

const RECEIPT = 'sillage/receipt/1';
const PROOF = 'sillage/proof/1';
const KEYS = 'sillage/keys/1';

/** One event with the proof that it is in the log, for whoever has the event to show for it. */
export interface Receipt extends History {
  /** The text of a `.tlog-proof` (c2sp.org/tlog-proof@v1) of `entry`. */
  readonly proof: string;
  readonly entry: Uint8Array;
  readonly event: CommittedEvent;
  readonly opening: Opening;
}

/** Binaries are unpadded base64url; the event as its commitment covers it. */
export function formatReceipt({ proof, entry, event, opening, ...history }: Receipt): string {
  const fields = { proof, entry: base64url(entry), event: committed(event), opening: base64url(opening) };
  return `${JSON.stringify({ format: RECEIPT, ...fields, ...historyFields(history) }, null, 1)}\n`;
}

/** Whether the text says that it is one; `parseReceipt` reads it. */
export function isReceipt(text: string): boolean {
  return formatOf(text) === RECEIPT;
}

function formatOf(text: string): unknown {
  const value = parsed(text);
  return typeof value === 'object' && value !== null && 'format' in value ? value.format : undefined;
}

/** Reads the form only; `checkReceipt` judges. */
export function parseReceipt(text: string): Result<Receipt> {
  const fields = exactObject(parsed(text), ['format', 'proof', 'entry', 'event', 'opening'], HISTORY);
  if (fields?.['format'] !== RECEIPT) return fail('it is no receipt');
  const { proof, event } = fields;
  const [entry, opening] = [binary(fields['entry']), binary(fields['opening'])];
  const history = readHistory(fields);
  if (typeof proof !== 'string' || !entry || !opening || !isEvent(event) || !history)
    return fail('the receipt is malformed');
  return ok({ proof, entry, event, opening, ...history });
}

/** Everything about one person, as one file. Binaries are unpadded base64url. */
export function formatProofFile(bundle: ProofBundle): string {
  const { checkpoint, map, neighbours, streams, consistency } = bundle;
  return `${JSON.stringify({
    format: PROOF,
    checkpoint,
    map: entryFields(map),
    neighbours: neighbours.map(entryFields),
    streams: streams.map(({ stream, bucket, events }) => ({
      stream,
      bucket: { contents: base64url(bucket.contents), proof: bucket.proof.map(base64url) },
      events: events.map((proved) => ({
        ...entryFields(proved),
        event: committed(proved.event),
        opening: base64url(proved.opening),
        ...(proved.stored && { stored: base64url(proved.stored) }),
      })),
    })),
    ...historyFields(bundle),
    ...(consistency && { consistency: consistency.map(base64url) }),
  })}\n`;
}

/** Reads the form only; `checkPerson` judges. */
export function parseProofFile(text: string): Result<ProofBundle> {
  const names = ['format', 'checkpoint', 'map', 'neighbours', 'streams'];
  const fields = exactObject(parsed(text), names, [...HISTORY, 'consistency']);
  if (fields?.['format'] !== PROOF) return fail('it is no proof of a person');
  const { checkpoint } = fields;
  const map = readEntry(fields['map']);
  const neighbours = list(fields['neighbours'], readEntry);
  const streams = list(fields['streams'], readStream);
  const consistency = list(fields['consistency'] ?? [], binary);
  const history = readHistory(fields);
  if (typeof checkpoint !== 'string' || !map || !neighbours || !streams || !history || !consistency)
    return fail('the proof is malformed');
  const shown = Object.hasOwn(fields, 'consistency') && { consistency };
  return ok({ checkpoint, map, neighbours, streams, ...history, ...shown });
}

/** How a log came to its key and its name: a checkpoint, the changes of keys and the losses that it covers. */
export interface KeysFile extends History {
  readonly checkpoint: string;
  readonly keys: readonly ProvedEntry[];
}

export function formatKeysFile({ checkpoint, keys, losses }: KeysFile): string {
  return `${JSON.stringify({ format: KEYS, checkpoint, ...historyFields({ keys, ...(losses && { losses }) }) })}\n`;
}

/** Reads the form only; `openLog` judges. */
export function parseKeysFile(text: string): Result<KeysFile> {
  const fields = exactObject(parsed(text), ['format', 'checkpoint', 'keys'], HISTORY);
  const checkpoint = fields?.['checkpoint'];
  const { keys, ...losses } = (fields && readHistory(fields)) ?? {};
  return fields?.['format'] === KEYS && typeof checkpoint === 'string' && keys
    ? ok({ checkpoint, keys, ...losses })
    : fail('the file of the keys is malformed');
}

/** Whether the text says that it is one. */
export function isKeysFile(text: string): boolean {
  return formatOf(text) === KEYS;
}

const HISTORY = ['keys', 'losses'] as const;

function historyFields({ keys, losses }: History) {
  return {
    ...(keys && { keys: keys.map(entryFields) }),
    ...(losses && { losses: losses.map(entryFields) }),
  };
}

/** Undefined where a field is there and malformed. */
function readHistory(fields: Readonly<Record<string, unknown>>): History | undefined {
  const there = HISTORY.filter((name) => Object.hasOwn(fields, name));
  const read = there.map((name) => [name, list(fields[name], readEntry)] as const);
  return read.every(([, entries]) => entries !== undefined)
    ? (Object.fromEntries(read) as History)
    : undefined;
}

function committed(event: CommittedEvent): CommittedEvent {
  const { id, type, schema, stream, n, recordedAt, effectiveAt, actor } = event;
  const { commandId, correlationId, causationId, payload } = event;
  const clear = { id, type, schema, stream, n, recordedAt, effectiveAt, actor };
  return { ...clear, commandId, correlationId, causationId, payload };
}

function entryFields({ index, entry, proof }: ProvedEntry) {
  return { index, entry: base64url(entry), proof: proof.map(base64url) };
}

function readStream(value: unknown): StreamProof | undefined {
  const fields = exactObject(value, ['stream', 'bucket', 'events']);
  const bucket = exactObject(fields?.['bucket'], ['contents', 'proof']);
  const [contents, proof] = [binary(bucket?.['contents']), list(bucket?.['proof'], binary)];
  const events = list(fields?.['events'], readProvedEvent);
  const stream = fields?.['stream'];
  if (typeof stream !== 'string' || !contents || !proof || !events) return undefined;
  return { stream: stream as StreamProof['stream'], bucket: { contents, proof }, events };
}

function readProvedEvent(value: unknown): ProvedEvent | undefined {
  const names = ['index', 'entry', 'proof', 'event', 'opening'];
  const fields = exactObject(value, names, ['stored']);
  if (fields === undefined) return undefined;
  const { index, entry, proof } = fields;
  const [place, opening] = [readEntry({ index, entry, proof }), binary(fields['opening'])];
  const [event, stored] = [fields['event'], binary(fields['stored'] ?? '')];
  if (!place || !opening || !stored || !isEvent(event)) return undefined;
  return { ...place, event, opening, ...(Object.hasOwn(fields, 'stored') && { stored }) };
}

function readEntry(value: unknown): ProvedEntry | undefined {
  const fields = exactObject(value, ['index', 'entry', 'proof']);
  const [entry, proof] = [binary(fields?.['entry']), list(fields?.['proof'], binary)];
  const index = fields?.['index'];
  return isCount(index) && entry && proof ? { index, entry, proof } : undefined;
}

function list<Value>(
  values: unknown,
  read: (value: unknown) => Value | undefined,
): readonly Value[] | undefined {
  if (!Array.isArray(values)) return undefined;
  const items = values.map(read);
  return items.every((item) => item !== undefined) ? (items as Value[]) : undefined;
}

const CLEAR = ['id', 'type', 'schema', 'stream', 'n', 'recordedAt', 'effectiveAt', 'actor'];
const EVENT = [...CLEAR, 'commandId', 'correlationId', 'causationId', 'payload'];

/** Just the fields that the commitment binds: another one would look proved and is not. */
function isEvent(value: unknown): value is CommittedEvent {
  const event = exactObject(value, EVENT);
  return typeof event?.['stream'] === 'string' && isCount(event['n']);
}

function binary(value: unknown): Hash | undefined {
  return typeof value === 'string' ? parseBase64url(value) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
